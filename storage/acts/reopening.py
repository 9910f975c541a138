"""A draft that had lapsed is a draft again, because the call takes applications again."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Act, Status, moved
from domain.phases import Phase
from domain.wire.application import ApplicationState, LapseDraft
from storage.acts.applications import state_of
from storage.acts.case import close_case, opened, write
from storage.acts.lapsed import hold_back, is_replaced


async def reopen(session: AsyncSession, draft: LapseDraft) -> ApplicationState:
    """Reopen it, unless it stands elsewhere, the call has closed again, or another took its place."""
    case = await opened(session, draft.application, None, draft.at)
    before = Status(case.application.status)
    is_open = case.cycle.phase == Phase.OPEN and draft.at < case.calendar.closes_at
    if before is not Status.LAPSED or not is_open or await is_replaced(session, case):
        return await state_of(session, case)
    await close_case(session, case, Act.REOPEN, before, moved(before, Act.REOPEN))
    # A notice that it had lapsed would only mislead.
    await hold_back(session, case, ["draft_lapsed"])
    await write(
        session,
        case,
        "draft_reopened",
        key=f"draft_reopened:{case.application.id}:{case.cycle.calendar_version}",
        closes_at=case.calendar.closes_at,
    )
    return await state_of(session, case)
