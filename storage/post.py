"""The post, as the ledger sees it: which letters are to send, who took them, what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Integer,
    Interval,
    ScalarSelect,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    column,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.refusals import N_
from storage.database import Executor
from storage.ledger import LetterState
from storage.piles import Pile, Shared, shares
from storage.tables.letters import Letter
from storage.tables.people import Person

# A letter is sent again after this many doubtful attempts, where its kind allows it; then a person decides.
DOUBTS = 2
BEFORE_ALL = UUID(int=0)
INTERRUPTED = N_("L’envoi a été interrompu : cette lettre est peut-être partie, peut-être pas.")


@dataclass(frozen=True, slots=True)
class Planned:
    """A letter to send, and the domain that will receive it."""

    id: UUID
    domain: str


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
    person_id: UUID
    subject: str
    cycle_id: UUID | None
    does_without: bool

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
    executor: Executor, pile: Pile, after: UUID | None, limit: int
) -> Sequence[Planned]:
    """The next letters to send, in the order of their ids."""
    told = {"value": pile.value, "after": after or BEFORE_ALL, "most": limit}
    return [Planned(*row) for row in await executor.execute(_planned(pile.by), told)]


async def claim(executor: Executor, letters: Sequence[UUID], token: str) -> dict[UUID, Claimed]:
    """Take planned letters for one attempt each, without those that others took or that were cancelled."""
    taken = await executor.execute(_CLAIM, {"letters": letters, "token": token})
    return {row.id: Claimed(*row) for row in taken}


async def mark_sent(executor: Executor, letters: Sequence[Claimed]) -> None:
    """The server took them; true even when a slow attempt says so after its lease."""
    tokens = [each.attempt.partition(":")[2] for each in letters]
    told = {"letters": [each.id for each in letters], "tokens": tokens}
    await executor.execute(_MARK_SENT, told)


async def settle(session: AsyncSession, letter: Claimed, state: LetterState, words: str) -> None:
    """It certainly did not leave: where it stands now, and why in words."""
    await session.execute(
        update(Letter)
        .where(
            col(Letter.id) == letter.id,
            col(Letter.state) == LetterState.SENDING,
            col(Letter.attempt) == letter.attempt,
        )
        .values(state=state, error=words)
    )


async def doubt(
    session: AsyncSession, letter: Claimed, words: str, repeatable: Collection[str]
) -> None:
    """Nobody knows whether it left: send it again where its kind allows, or let a person decide."""
    row = await session.get(Letter, letter.id, with_for_update=True, populate_existing=True)
    if row is not None and row.state == LetterState.SENDING and row.attempt == letter.attempt:
        _in_doubt(row, words, repeatable)


async def has_abandoned(executor: Executor, pile: Pile, lease: timedelta) -> bool:
    """Whether an attempt has outlived its lease: most often none has, and nothing is locked."""
    found = await executor.execute(_has_abandoned(pile.by), {"value": pile.value, "lease": lease})
    return found.scalar_one()


async def doubt_the_abandoned(
    session: AsyncSession, pile: Pile, lease: timedelta, repeatable: Collection[str]
) -> int:
    """The same, for every letter of a pile whose attempt has outlived its lease."""
    told = {"value": pile.value, "lease": lease}
    abandoned = await session.scalars(_abandoned(pile.by).with_for_update(skip_locked=True), told)
    rows = abandoned.all()
    for row in rows:
        _in_doubt(row, INTERRUPTED, repeatable)
    return len(rows)


async def plan_again(session: AsyncSession, letter_id: UUID) -> bool:
    """A person decided: an uncertain, failed or bounced letter is planned anew; tells whether it was one."""
    planned = await session.scalars(
        update(Letter)
        .where(
            col(Letter.id) == letter_id,
            col(Letter.state).in_([LetterState.UNCERTAIN, LetterState.FAILED, LetterState.BOUNCED]),
        )
        .values(state=LetterState.PLANNED, attempt=None, error=None)
        .returning(col(Letter.id))
    )
    return planned.one_or_none() is not None


async def count(executor: Executor, pile: Pile) -> Count:
    """Where a pile stands, by the clock of the database."""
    return Count(*(await executor.execute(_count(pile.by), {"value": pile.value})).one())


def _in_doubt(letter: Letter, words: str, repeatable: Collection[str]) -> None:
    # An attempt is written « doubts before it:token »; the token stays, so that a late answer is heard.
    doubts, _, token = (letter.attempt or "0:").partition(":")
    again = letter.kind in repeatable and int(doubts) < DOUBTS
    letter.state = LetterState.PLANNED if again else LetterState.UNCERTAIN
    letter.attempt = f"{int(doubts) + 1}:{token}"
    letter.error = words


# Statements are built once: for each letter their making would cost more than their execution.


@cache
def _planned(by: Shared) -> Select[UUID, str]:
    return (
        select(col(Letter.id), func.lower(func.substring(col(Person.email), "[^@]*$")))
        .join(Person, col(Person.id) == col(Letter.person_id))
        .where(
            shares(by),
            col(Letter.state) == LetterState.PLANNED,
            col(Letter.id) > bindparam("after", type_=Uuid()),
        )
        .order_by(col(Letter.id))
        .limit(bindparam("most", type_=Integer()))
    )


@cache
def _abandoned(by: Shared) -> Select[Letter]:
    return select(Letter).where(
        shares(by),
        col(Letter.state) == LetterState.SENDING,
        col(Letter.claimed_at) < func.clock_timestamp() - bindparam("lease", type_=Interval()),
    )


@cache
def _has_abandoned(by: Shared) -> Select[bool]:
    return select(_abandoned(by).exists())


@cache
def _count(by: Shared) -> Select[int, int, int, datetime | None, datetime]:
    state, every = col(Letter.state), func.count()
    held = state == LetterState.SENDING
    return select(
        every.filter(state == LetterState.SENT),
        every.filter(state == LetterState.PLANNED),
        every.filter(held),
        func.min(col(Letter.claimed_at)).filter(held),
        func.clock_timestamp(),
    ).where(shares(by))


def _first_of_thread() -> ScalarSelect[str]:
    """The key of the first letter to the same person about the same subject."""
    first = aliased(Letter)
    return (
        select(col(first.key))
        .where(
            col(first.person_id) == col(Letter.person_id),
            col(first.subject) == col(Letter.subject),
            col(first.state).not_in(
                [LetterState.CANCELLED, LetterState.FAILED, LetterState.BOUNCED]
            ),
        )
        .order_by(col(first.planned_at), col(first.id))
        .limit(1)
        .correlate(Letter)
        .scalar_subquery()
    )


_DOUBTS = func.split_part(func.coalesce(col(Letter.attempt), "0:"), ":", 1)
# Locked in the order of their ids and never waited for: two that take the same letters part in peace.
_TO_TAKE = (
    select(col(Letter.id))
    .where(
        col(Letter.id) == any_(bindparam("letters", type_=ARRAY(Uuid()))),
        col(Letter.state) == LetterState.PLANNED,
    )
    .order_by(col(Letter.id))
    .with_for_update(skip_locked=True)
    .cte("to_take")
)
_CLAIM = (
    update(Letter)
    .where(
        col(Letter.id) == _TO_TAKE.c.id,
        col(Person.id) == col(Letter.person_id),
    )
    .values(
        state=LetterState.SENDING,
        attempt=_DOUBTS.concat(":").concat(bindparam("token", type_=Text())),
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
        col(Letter.person_id),
        col(Letter.subject),
        col(Letter.cycle_id),
        col(Person.reminders_off_at).is_not(None),
    )
    .execution_options(synchronize_session=False)
)
_SENT = (
    func.unnest(bindparam("letters", type_=ARRAY(Uuid())), bindparam("tokens", type_=ARRAY(Text())))
    .table_valued(column("id", Uuid()), column("token", Text()))
    .render_derived("sent")
)
_MARK_SENT = (
    update(Letter)
    .where(
        col(Letter.id) == _SENT.c.id,
        func.split_part(col(Letter.attempt), ":", 2) == _SENT.c.token,
    )
    .values(state=LetterState.SENT, sent_at=func.clock_timestamp(), error=None)
    .execution_options(synchronize_session=False)
)
