"""Hands letters over by SMTP, and says what became of each."""

import asyncio
from functools import partial

from aiosmtplib import SMTP, SMTPException, SMTPRecipientRefused, SMTPResponseException

from activities.letters.lines import Lines
from activities.letters.outcomes import (
    UNREACHABLE,
    AwayError,
    RefusedError,
    UnansweredError,
    about_letter,
    about_server,
    is_a_refusal,
)
from activities.letters.parcel import Parcel, own_address
from domain.refusals import N_
from settings import Settings

CONNECTIONS = 8
# Seconds to be connected and to have the recipient accepted, then for the letter itself.
BEFORE_DATA = 20.0
DATA = 30.0
NO_INTERNATIONAL = N_("Le serveur de courrier n’accepte pas les adresses accentuées.")


class Mailer:
    """One submission server; ``turn`` is held by whoever sends, so that nobody claims and then queues."""

    def __init__(self, settings: Settings) -> None:
        self.turn = asyncio.Semaphore(CONNECTIONS)
        self._lines = Lines(settings, own_address(settings.mail_sender).domain)

    async def send(self, parcel: Parcel, give_up: float) -> None:
        """Hand a letter over, and return once the server has taken charge of it.

        Raises a ``NotSentError`` when it certainly did not leave, also because the clock of the loop
        passed ``give_up`` before the letter itself was under way; an ``UnansweredError`` when nobody
        can know.
        """
        clock, begin = asyncio.get_running_loop().time, partial(_begin, parcel=parcel)
        try:
            async with asyncio.timeout_at(give_up) as patience, self._lines.line(begin) as server:
                await _address(server, parcel)
                # A process frozen until now may have lost its claim to another: it goes no further.
                if clock() > give_up:
                    raise AwayError(UNREACHABLE)
                patience.reschedule(None)
                await _hand_over(server, parcel)
        except TimeoutError as error:
            raise AwayError(UNREACHABLE) from error

    async def close(self) -> None:
        """Take leave of the server."""
        await self._lines.close()


async def _begin(server: SMTP, parcel: Parcel) -> None:
    """Name the sender; until the letter itself is under way a failure harms nothing."""
    if parcel.international and not server.supports_extension("smtputf8"):
        raise RefusedError(NO_INTERNATIONAL)
    options = ["SMTPUTF8"] if parcel.international else []
    await server.mail(parcel.sender, options=options, encoding=_encoding(parcel))


async def _address(server: SMTP, parcel: Parcel) -> None:
    """Name the recipient."""
    try:
        await server.rcpt(parcel.recipient, encoding=_encoding(parcel))
    except SMTPRecipientRefused as error:
        raise about_letter(error) from error
    except (SMTPException, OSError) as error:
        raise about_server(error) from error


def _encoding(parcel: Parcel) -> str:
    return "utf-8" if parcel.international else "ascii"


async def _hand_over(server: SMTP, parcel: Parcel) -> None:
    """Give the letter itself; only an answer tells whether it was taken."""
    try:
        async with asyncio.timeout(DATA):
            await server.data(parcel.content, timeout=DATA)
    except SMTPResponseException as error:
        if is_a_refusal(error):
            raise about_letter(error) from error
        raise UnansweredError from error
    except (SMTPException, OSError, TimeoutError) as error:
        raise UnansweredError from error
