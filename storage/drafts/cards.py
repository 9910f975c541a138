"""The draft of a score card, written by its juror until it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Standing
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror


@dataclass(frozen=True, slots=True)
class CardDraft:
    """What a juror wrote on a card, over the draft that was kept at ``over``, if any was."""

    juror_id: UUID
    card_id: UUID
    marks: Mapping[str, int]
    comments: Mapping[str, str]
    over: datetime | None


async def save_card(session: AsyncSession, draft: CardDraft) -> datetime | None:
    """Keep marks and comments, and say when; None when the card does not take them.

    It does not once it is closed, nor over a newer draft that says something else. The conditions
    are part of the statement, so that a draft never crosses a seal.
    """
    marks, comments = dict(draft.marks), dict(draft.comments)
    saved = await session.execute(
        update(Card)
        .where(
            col(Card.id) == draft.card_id,
            col(Card.juror_id) == draft.juror_id,
            col(Card.status) == CardStatus.TO_SCORE,
            _evaluation_is_open(),
            _may_read(draft.juror_id),
            _is_latest(draft),
        )
        .values(marks=marks, comments=comments, saved_at=func.clock_timestamp())
        .returning(col(Card.saved_at))
    )
    return saved.scalar_one_or_none()


def _is_latest(draft: CardDraft) -> ColumnElement[bool]:
    """Nothing newer was kept, or the very same was: an autosave that crossed a button."""
    is_the_same = (col(Card.marks) == dict(draft.marks)) & (
        col(Card.comments) == dict(draft.comments)
    )
    return col(Card.saved_at).is_not_distinct_from(draft.over) | is_the_same


def _evaluation_is_open() -> ColumnElement[bool]:
    return (
        select(col(Cycle.id))
        .where(col(Cycle.id) == col(Card.cycle_id), col(Cycle.phase) == Phase.EVALUATION)
        .exists()
    )


def _may_read(juror_id: UUID) -> ColumnElement[bool]:
    """The juror sits, has declared their conflicts, and does not stand aside from the file."""
    sits = select(col(Juror.id)).where(
        col(Juror.id) == juror_id,
        col(Juror.status) == JurorStatus.ACCEPTED,
        col(Juror.conflicts_declared_at).is_not(None),
    )
    aside = select(col(Conflict.id)).where(
        col(Conflict.juror_id) == juror_id,
        col(Conflict.application_id) == col(Card.application_id),
        col(Conflict.standing) != Standing.DISMISSED,
    )
    return sits.exists() & ~aside.exists()
