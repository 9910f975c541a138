"""The post, as the ledger sees it: which letters are to send, who took them, what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.refusals import N_
from storage.ledger import LetterState
from storage.tables.letters import Letter
from storage.tables.people import Person

# A letter is sent again after this many doubtful attempts, where its kind allows it; then a person decides.
DOUBTS = 2
INTERRUPTED = N_("L’envoi a été interrompu : cette lettre est peut-être partie, peut-être pas.")

Pile = ColumnElement[bool]


def with_key(key: str) -> Pile:
    """The one letter of that business key."""
    return col(Letter.key) == key


def about(subject: str) -> Pile:
    """The letters about a subject."""
    return col(Letter.subject) == subject


def of_mailing(mailing: str) -> Pile:
    """The letters of a mailing."""
    return col(Letter.mailing) == mailing


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that one attempt took, with its reader, and the key of the first of its thread."""

    id: UUID
    key: str
    kind: str
    facts: dict[str, Any]
    attempt: str
    claimed_at: datetime
    email: str
    name: str
    language: str
    first_key: str

    @property
    def thread(self) -> str | None:
        """The key of the letter that this one follows, if any."""
        return None if self.first_key == self.key else self.first_key


@dataclass(frozen=True, slots=True)
class Count:
    """How many letters of a pile left, how many wait, and how many somebody holds until when."""

    sent: int
    planned: int
    held: int
    held_since: datetime | None
    now: datetime


async def next_planned(
    session: AsyncSession, pile: Pile, after: UUID | None, limit: int
) -> Sequence[UUID]:
    """The next letters to send, in the order of their ids."""
    planned = select(col(Letter.id)).where(pile, col(Letter.state) == LetterState.PLANNED)
    if after is not None:
        planned = planned.where(col(Letter.id) > after)
    return (await session.scalars(planned.order_by(col(Letter.id)).limit(limit))).all()


async def claim(session: AsyncSession, letter_id: UUID, token: str) -> Claimed | None:
    """Take a planned letter for one attempt; nothing when another took it, or it was cancelled."""
    doubts = func.split_part(func.coalesce(col(Letter.attempt), "0:"), ":", 1)
    taken = await session.execute(
        update(Letter)
        .where(
            col(Letter.id) == letter_id,
            col(Letter.state) == LetterState.PLANNED,
            col(Person.id) == col(Letter.person_id),
        )
        .values(
            state=LetterState.SENDING,
            attempt=doubts.concat(f":{token}"),
            claimed_at=func.clock_timestamp(),
        )
        .returning(
            col(Letter.id),
            col(Letter.key),
            col(Letter.kind),
            col(Letter.facts),
            col(Letter.attempt),
            col(Letter.claimed_at),
            col(Person.email),
            col(Person.name),
            col(Person.language),
            _first_of_thread(),
        )
        .execution_options(synchronize_session=False)
    )
    row = taken.one_or_none()
    return Claimed(*row) if row else None


async def mark_sent(session: AsyncSession, letter: Claimed) -> None:
    """The server took it; true even when a slow attempt says so after its lease."""
    await session.execute(
        update(Letter)
        .where(col(Letter.id) == letter.id, _same_attempt(letter))
        .values(state=LetterState.SENT, sent_at=func.clock_timestamp(), error=None)
    )


async def mark_failed(session: AsyncSession, letter: Claimed, words: str) -> None:
    """The server refused it for good, with these words."""
    await _settle(session, letter, LetterState.FAILED, words)


async def put_back(session: AsyncSession, letter: Claimed, words: str) -> None:
    """It certainly did not leave: it is planned again."""
    await _settle(session, letter, LetterState.PLANNED, words)


async def doubt(
    session: AsyncSession, letter: Claimed, words: str, repeatable: Collection[str]
) -> None:
    """Nobody knows whether it left: send it again where its kind allows, or let a person decide."""
    row = await session.get(Letter, letter.id, with_for_update=True, populate_existing=True)
    if row is not None and row.state == LetterState.SENDING and row.attempt == letter.attempt:
        _in_doubt(row, words, repeatable)


async def doubt_the_abandoned(
    session: AsyncSession, pile: Pile, lease: timedelta, repeatable: Collection[str]
) -> int:
    """The same, for every letter of a pile whose attempt has outlived its lease."""
    abandoned = await session.scalars(
        select(Letter)
        .where(
            pile,
            col(Letter.state) == LetterState.SENDING,
            col(Letter.claimed_at) < func.clock_timestamp() - lease,
        )
        .with_for_update(skip_locked=True)
    )
    rows = abandoned.all()
    for row in rows:
        _in_doubt(row, INTERRUPTED, repeatable)
    return len(rows)


async def plan_again(session: AsyncSession, letter_id: UUID) -> bool:
    """A person decided: an uncertain or failed letter is planned anew; tells whether it was one."""
    planned = await session.scalars(
        update(Letter)
        .where(
            col(Letter.id) == letter_id,
            col(Letter.state).in_([LetterState.UNCERTAIN, LetterState.FAILED]),
        )
        .values(state=LetterState.PLANNED, attempt=None, error=None)
        .returning(col(Letter.id))
    )
    return planned.one_or_none() is not None


async def count(session: AsyncSession, pile: Pile) -> Count:
    """Where a pile stands, by the clock of the database."""
    state, every = col(Letter.state), func.count()
    held = state == LetterState.SENDING
    row = (
        await session.execute(
            select(
                every.filter(state == LetterState.SENT),
                every.filter(state == LetterState.PLANNED),
                every.filter(held),
                func.min(col(Letter.claimed_at)).filter(held),
                func.clock_timestamp(),
            ).where(pile)
        )
    ).one()
    return Count(*row)


def _in_doubt(letter: Letter, words: str, repeatable: Collection[str]) -> None:
    # An attempt is written « doubts before it:token »; the token stays, so that a late answer is heard.
    doubts, _, token = (letter.attempt or "0:").partition(":")
    again = letter.kind in repeatable and int(doubts) < DOUBTS
    letter.state = LetterState.PLANNED if again else LetterState.UNCERTAIN
    letter.attempt = f"{int(doubts) + 1}:{token}"
    letter.error = words


async def _settle(session: AsyncSession, letter: Claimed, state: LetterState, words: str) -> None:
    await session.execute(
        update(Letter)
        .where(
            col(Letter.id) == letter.id,
            col(Letter.state) == LetterState.SENDING,
            col(Letter.attempt) == letter.attempt,
        )
        .values(state=state, error=words)
    )


def _same_attempt(letter: Claimed) -> ColumnElement[bool]:
    token = letter.attempt.partition(":")[2]
    return func.split_part(col(Letter.attempt), ":", 2) == token


def _first_of_thread() -> ScalarSelect[str]:
    """The key of the first letter to the same person about the same subject."""
    first = aliased(Letter)
    return (
        select(col(first.key))
        .where(
            col(first.person_id) == col(Letter.person_id),
            col(first.subject) == col(Letter.subject),
            col(first.state).not_in([LetterState.CANCELLED, LetterState.FAILED]),
        )
        .order_by(col(first.planned_at), col(first.id))
        .limit(1)
        .correlate(Letter)
        .scalar_subquery()
    )
