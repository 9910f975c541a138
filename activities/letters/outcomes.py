"""What may be concluded from each way that a sending ends."""

import re

from aiosmtplib import SMTPException, SMTPResponseException

from domain.refusals import N_

TEMPORARY, PERMANENT, BEYOND = 400, 500, 600
# « Closing » and « authenticate first » speak of the connection, whenever they are said.
OF_THE_SERVER = frozenset({421, 530})
LONGEST = 300
AN_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@,;:]+>?")

NO_ANSWER = N_("Le serveur de courrier n’a pas répondu après avoir reçu la lettre.")
UNREACHABLE = N_("Le serveur de courrier ne répond pas.")


class NotSentError(Exception):
    """The letter certainly did not leave; ``words`` say why."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


class AwayError(NotSentError):
    """The server cannot be spoken to, whatever the letter: every letter waits."""


class LaterError(NotSentError):
    """The server wants this letter later: this letter waits."""


class RefusedError(NotSentError):
    """The server will never take this letter."""


class BouncedError(RefusedError):
    """The server itself said that it never will."""


class UnansweredError(Exception):
    """The letter was handed over and the answer was lost: it may have left, or not."""

    words = NO_ANSWER


def about_server(error: Exception) -> AwayError:
    """Conclude from a failure before any recipient was named: it is the server's, not the letter's."""
    return AwayError(_words_of(error))


def about_letter(error: SMTPResponseException) -> NotSentError:
    """Conclude from what the server answered to a recipient or to the letter itself."""
    words = _words_of(error)
    if error.code in OF_THE_SERVER or not is_a_refusal(error):
        return AwayError(words)
    return BouncedError(words) if error.code >= PERMANENT else LaterError(words)


def is_a_refusal(error: SMTPResponseException) -> bool:
    """Whether the server clearly said no; anything else that was garbled says nothing."""
    return TEMPORARY <= error.code < BEYOND


def _words_of(error: Exception) -> str:
    """The server's own words, without the addresses that it repeats: they outlive the person here."""
    if isinstance(error, SMTPResponseException):
        said = f"{error.code} {error.message}".encode("utf-8", "replace").decode()
        return AN_ADDRESS.sub("<…>", " ".join(said.split()))[:LONGEST]
    if isinstance(error, SMTPException) and not isinstance(error, OSError | TimeoutError):
        return AN_ADDRESS.sub("<…>", str(error.message))[:LONGEST]
    return UNREACHABLE
