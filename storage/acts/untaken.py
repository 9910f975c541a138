"""Letters that somebody waits for, and that nobody took to the post."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, and_, cast, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.waiting import PATIENCE, Place
from storage.ledger import LetterState
from storage.tables.letters import Letter

LINK = "login_link"
# The others are sent by the workflow that planned them, which waits for the post by itself.
ONE_BY_ONE = (
    LINK,
    "member_invited",
    "charter_role_named",
    "charter_signature_requested",
    "vote_confirmation",
    "request_refused",
)


async def untaken_letters(
    session: AsyncSession, after: Place | None, limit: int
) -> Sequence[tuple[str, Place]]:
    """The next letters that were planned, or planned again by a person, and never tried since."""
    planned_at, its_id = col(Letter.planned_at), col(Letter.id)
    asked_again = col(Letter.claimed_at).is_not(None)
    untaken = select(col(Letter.key), planned_at, its_id).where(
        _untaken(), or_(col(Letter.kind).in_(ONE_BY_ONE), asked_again)
    )
    if after is not None:
        untaken = untaken.where(tuple_(planned_at, its_id) > after)
    rows = await session.execute(untaken.order_by(planned_at, its_id).limit(limit))
    return [(row.key, _place(row.planned_at, row.id)) for row in rows]


async def cancel_dead_links(session: AsyncSession) -> None:
    """A link to sign in that has run out would only mislead: its letter does not leave."""
    ends = cast(col(Letter.facts)["expires_at"].astext, DateTime(timezone=True))
    await session.execute(
        update(Letter)
        .where(_untaken(), col(Letter.kind) == LINK, ends < func.clock_timestamp())
        .values(state=LetterState.CANCELLED)
    )


def _untaken() -> ColumnElement[bool]:
    return and_(
        col(Letter.state) == LetterState.PLANNED,
        col(Letter.attempt).is_(None),
        col(Letter.planned_at) < func.clock_timestamp() - PATIENCE,
    )


def _place(planned_at: datetime, its_id: UUID) -> Place:
    return planned_at, its_id
