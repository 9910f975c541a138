"""What stops a request before it is answered; each becomes a page, or a problem document."""

from collections.abc import Sequence

from fastapi import HTTPException, status

from domain.mistakes import Mistake
from domain.refusals import N_


class NotFound(Exception):  # noqa: N818  (an answer, not a fault)
    """There is no such thing, or nothing that this person may know of."""


class Forbidden(Exception):  # noqa: N818  (an answer, not a fault)
    """The person is known, and may not; ``sentence`` is French and says why."""

    def __init__(self, sentence: str = N_("Vous n'avez pas accès à cette page.")) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class SignInNeeded(Exception):  # noqa: N818  (an answer, not a fault)
    """Nobody is signed in, and somebody must be."""


class FormNotOurs(Exception):  # noqa: N818  (an answer, not a fault)
    """A form came back without the token that we put in it; ``typed`` is what it said."""

    def __init__(self, typed: Sequence[tuple[str, str]]) -> None:
        self.typed = tuple(typed)
        super().__init__("the token of the form is missing or wrong")


class TokenRefused(Exception):  # noqa: N818  (an answer, not a fault)
    """A program came without a token that still holds."""


class TooLarge(HTTPException):
    """More was sent than is read; raised while reading, hence an HTTP exception."""

    def __init__(self, limit: int) -> None:
        self.facts = {"megabytes": limit // 1_000_000}
        super().__init__(status.HTTP_413_CONTENT_TOO_LARGE)


class TooManyParts(Mistake):
    """More fields or files were sent at once than any page has."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Cet envoi a plus de fichiers ou de champs que n'en a aucune page : rien n'a été enregistré."
            )
        )
