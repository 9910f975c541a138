"""A draft that had lapsed is a draft again, because the call takes applications again."""

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status, moved
from domain.phases import Phase
from domain.wire.application import ApplicationState, LapseDraft
from storage.acts.applications import state_of
from storage.acts.case import Case, close_case, opened, write
from storage.ledger import LetterState
from storage.tables.applications import Application
from storage.tables.letters import Letter

GONE = (Status.LAPSED, Status.WITHDRAWN)


async def reopen(session: AsyncSession, draft: LapseDraft) -> ApplicationState:
    """Reopen it, unless it stands elsewhere, the call has closed again, or another took its place."""
    case = await opened(session, draft.application, None, draft.at)
    before = Status(case.application.status)
    is_open = case.cycle.phase == Phase.OPEN and draft.at < case.calendar.closes_at
    if before is not Status.LAPSED or not is_open or await _is_replaced(session, case):
        return await state_of(session, case)
    await close_case(session, case, Act.REOPEN, before, moved(before, Act.REOPEN))
    await _hold_back_the_notice(session, case)
    await write(
        session,
        case,
        "draft_reopened",
        key=f"draft_reopened:{case.application.id}:{case.cycle.calendar_version}",
        closes_at=case.calendar.closes_at,
    )
    return await state_of(session, case)


async def _is_replaced(session: AsyncSession, case: Case) -> bool:
    """Whether the company has begun another file in the same category meanwhile."""
    other = exists().where(
        col(Application.cycle_id) == case.cycle.id,
        col(Application.siret) == case.application.siret,
        col(Application.category) == case.application.category,
        col(Application.status).not_in(GONE),
    )
    return bool((await session.execute(select(other))).scalar_one())


async def _hold_back_the_notice(session: AsyncSession, case: Case) -> None:
    """A notice that it had lapsed, and that has not left yet, would only mislead."""
    await session.execute(
        update(Letter)
        .where(
            col(Letter.subject) == case.subject,
            col(Letter.kind) == "draft_lapsed",
            col(Letter.state) == LetterState.PLANNED,
        )
        .values(state=LetterState.CANCELLED)
    )
