"""The draft of a score card, written by its juror until it is closed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror


async def save_card(
    session: AsyncSession,
    *,
    juror_id: UUID,
    card_id: UUID,
    marks: Mapping[str, int],
    comments: Mapping[str, str],
) -> datetime | None:
    """Keep marks and comments, and say when; None when the card no longer takes them.

    The conditions are part of the statement, so that a draft never crosses a seal.
    """
    saved = await session.execute(
        update(Card)
        .where(
            col(Card.id) == card_id,
            col(Card.juror_id) == juror_id,
            col(Card.status) == CardStatus.TO_SCORE,
            _evaluation_is_open(),
            _may_read(juror_id),
        )
        .values(marks=dict(marks), comments=dict(comments), saved_at=func.clock_timestamp())
        .returning(col(Card.saved_at))
    )
    return saved.scalar_one_or_none()


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
    )
    return sits.exists() & ~aside.exists()
