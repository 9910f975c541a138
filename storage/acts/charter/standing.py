"""Where a company stands with the charter, as the trophies ask it: at the instant of a closing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.states import ENTERING, IN_ORDER, State
from domain.eligibility import CharterStanding
from domain.wire import names
from storage.charters import CHARTER
from storage.tables.charter import Adherence
from storage.tables.records import JournalLine

UNDER_REVIEW = ENTERING - {State.DRAFT}


async def standing_at(session: AsyncSession, siren: str, instant: datetime) -> CharterStanding:
    """The standing at that instant; a file that was under review follows what was decided since."""
    adherence = await _latest(session, siren)
    if adherence is None:
        return CharterStanding.NONE
    now = State(adherence.state)
    then = now if adherence.since <= instant else await _state_at(session, adherence, instant)
    if then in IN_ORDER:
        return CharterStanding.IN_ORDER
    if then not in UNDER_REVIEW:
        return CharterStanding.NONE
    if now in UNDER_REVIEW:
        return CharterStanding.FILED
    return CharterStanding.IN_ORDER if adherence.accepted_on else CharterStanding.REFUSED


async def _latest(session: AsyncSession, siren: str) -> Adherence | None:
    found = await session.execute(
        select(Adherence)
        .where(col(Adherence.charter_code) == CHARTER, col(Adherence.siren) == siren)
        .order_by(col(Adherence.created_at).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def _state_at(session: AsyncSession, adherence: Adherence, instant: datetime) -> State:
    """The state that the journal gives at an instant; a draft before its first line."""
    found = await session.execute(
        select(col(JournalLine.after))
        .where(
            col(JournalLine.subject) == names.adherence_subject(str(adherence.id)),
            col(JournalLine.at) <= instant,
        )
        .order_by(col(JournalLine.id).desc())
        .limit(1)
    )
    state = found.scalar_one_or_none()
    return State(state) if state else State.DRAFT
