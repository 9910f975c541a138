"""Carries one letter: claim it in the ledger, hand it over, write down what became of it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid4

import structlog
from sqlalchemy.exc import DBAPIError

from activities.letters.agenda import About, event
from activities.letters.facts import UNSAYABLE
from activities.letters.kinds import DISPENSABLE, REPEATABLE
from activities.letters.mailer import BEFORE_DATA, DATA, Mailer
from activities.letters.outcomes import (
    AwayError,
    BouncedError,
    LaterError,
    NotSentError,
    RefusedError,
    UnansweredError,
)
from activities.letters.parcel import Label, Parcel, pack
from activities.letters.rendering import Writer, language_of
from activities.letters.together import Together
from domain.erasure import is_nowhere
from domain.refusals import N_
from storage import post
from storage.database import Database
from storage.ledger import LetterState
from storage.post import Claimed

# Longer than any attempt that still lives may hold a letter; afterwards the attempt counts as dead.
LEASE = timedelta(seconds=BEFORE_DATA + DATA + 15)
PAUSES = (0.5, 2.0, 5.0)
ERASED = N_("Cette personne a fait effacer ses données : plus rien ne lui est envoyé.")
UNWRITABLE = N_("Cette lettre n’a pas pu être rédigée : son modèle est à corriger.")
DONE_WITHOUT = N_("Cette personne ne veut plus de rappels.")

log = structlog.get_logger()


class Fate(StrEnum):
    """What became of a letter in one attempt."""

    TAKEN = "taken"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    WAITING = "waiting"
    IN_DOUBT = "in_doubt"
    CANCELLED = "cancelled"
    SERVER_AWAY = "server_away"


# Where a letter stands that did not leave.
UNSENT = {
    Fate.FAILED: LetterState.FAILED,
    Fate.BOUNCED: LetterState.BOUNCED,
    Fate.CANCELLED: LetterState.CANCELLED,
    Fate.WAITING: LetterState.PLANNED,
    Fate.SERVER_AWAY: LetterState.PLANNED,
}
NOT_SENT: dict[type[NotSentError], Fate] = {
    AwayError: Fate.SERVER_AWAY,
    LaterError: Fate.WAITING,
    RefusedError: Fate.FAILED,
    BouncedError: Fate.BOUNCED,
}


class Carrier:
    """Carries letters of the ledger to the server, one at a time."""

    def __init__(self, database: Database, mailer: Mailer, writer: Writer) -> None:
        self._database = database
        self._mailer = mailer
        self._writer = writer
        self._claims = Together(self._claim)
        self._marks = Together(self._mark_sent)

    async def carry(self, letter_id: UUID, *, last_chance: bool = False) -> Fate:
        """Carry a letter unless somebody else has it; on its last chance « later » means no."""
        async with self._mailer.turn:
            # Before the claim, by the clock of this process: the lease starts later, so ends later.
            give_up = asyncio.get_running_loop().time() + BEFORE_DATA
            letter = await self._claims.ask(letter_id)
            if letter is None:
                return Fate.TAKEN
            fate, words = await self._hand_over(letter, give_up)
            if fate is Fate.WAITING and last_chance:
                fate = Fate.FAILED
            # In its turn too: whoever is killed leaves no more letters in doubt than it had turns.
            await self._write_down(letter, fate, words)
        if fate is not Fate.SENT:
            # What left is said by the pile, in one line.
            log.info("letter_not_sent", fate=fate, key=letter.key, kind=letter.kind, words=words)
        return fate

    async def _hand_over(self, letter: Claimed, give_up: float) -> tuple[Fate, str]:
        if is_nowhere(letter.email):
            return Fate.FAILED, ERASED
        if letter.does_without and letter.kind in DISPENSABLE:
            return Fate.CANCELLED, DONE_WITHOUT
        try:
            await self._mailer.send(self._parcel(letter), give_up)
        except NotSentError as error:
            return NOT_SENT[type(error)], error.words
        except UnansweredError as error:
            return Fate.IN_DOUBT, error.words
        return Fate.SENT, ""

    async def _write_down(self, letter: Claimed, fate: Fate, words: str) -> None:
        """Insist a little: a database that restarts must not make a sent letter doubtful."""
        for pause in PAUSES:
            try:
                await self._mark(letter, fate, words)
            except (DBAPIError, OSError):
                await asyncio.sleep(pause)
            else:
                return
        await self._mark(letter, fate, words)

    async def _mark(self, letter: Claimed, fate: Fate, words: str) -> None:
        if fate is Fate.SENT:
            await self._marks.ask(letter)
            return
        async with self._database.transaction() as session:
            if fate is Fate.IN_DOUBT:
                await post.doubt(session, letter, words, REPEATABLE)
            else:
                await post.settle(session, letter, UNSENT[fate], words)

    async def _claim(self, letters: Sequence[UUID]) -> list[Claimed | None]:
        async with self._database.statement() as connection:
            taken = await post.claim(connection, letters, uuid4().hex)
        # A letter asked for twice at the same moment is taken once.
        return [taken.pop(letter, None) for letter in letters]

    async def _mark_sent(self, letters: Sequence[Claimed]) -> Sequence[Claimed]:
        async with self._database.statement() as connection:
            await post.mark_sent(connection, letters)
        return letters

    def _parcel(self, letter: Claimed) -> Parcel:
        language = language_of(letter.language)
        label = Label(
            key=letter.key,
            thread=letter.thread,
            email=letter.email,
            name=letter.name,
            language=language,
            at=letter.claimed_at,
            unsubscribe=self._unsubscribe(letter),
        )
        try:
            written = self._writer.write(letter.kind, language, letter.name, letter.facts)
        except UNSAYABLE as error:
            # It leaves once the template is mended: what waits is seen, what is lost is not.
            log.exception("letter_unwritable", kind=letter.kind, error=type(error).__qualname__)
            raise LaterError(UNWRITABLE) from error
        cycle, domain = str(letter.cycle_id or ""), self._writer.sender.domain
        about = About(str(letter.person_id), letter.subject, cycle, domain)
        dated = event(letter.kind, letter.facts, about, written.subject, letter.claimed_at)
        return pack(written, label, self._writer.sender, self._writer.contact, dated)

    def _unsubscribe(self, letter: Claimed) -> str:
        return self._writer.unsubscribe(letter.person_id) if letter.kind in DISPENSABLE else ""
