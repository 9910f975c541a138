"""The agreement of a second person to send results, given under embargo."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.mailings import APPROVE, check_approvable, check_second_person
from domain.phases import Phase
from domain.wire.asked import Asked
from storage.acts.cycles import locked
from storage.acts.mailings import agreement_print, release_of
from storage.acts.waiting import still_waiting
from storage.journal import write_line
from storage.requests import the_request, write_request
from storage.tables.records import Request


async def approve(
    session: AsyncSession, cycle_id: UUID, by_person: UUID, request_id: UUID, *, may_be_alone: bool
) -> Asked:
    """Write the agreement down, to the decisions as they stand; publication settles it."""
    cycle = await locked(session, str(cycle_id))
    check_approvable(Phase(cycle.phase))
    seen = await agreement_print(session, cycle_id)
    asked = await write_request(
        session,
        request_id=request_id,
        kind=APPROVE,
        subject=f"cycle:{cycle_id}",
        by_person=by_person,
        payload={"print": seen, "may_be_alone": may_be_alone},
    )
    request = await the_request(session, asked.request)
    release = await release_of(session, cycle_id, request)
    check_second_person(release)
    write_line(
        session,
        subject=f"cycle:{cycle_id}",
        act=APPROVE if not release.is_alone else f"{APPROVE}_alone",
        request=request,
        cycle_id=cycle_id,
    )
    return asked


async def agreement_on(session: AsyncSession, cycle_id: UUID) -> Request | None:
    """The agreement that waits for the embargo, if it is to the decisions as they stand."""
    waiting = await still_waiting(session, f"cycle:{cycle_id}", [APPROVE])
    if not waiting:
        return None
    seen = await agreement_print(session, cycle_id)
    return next((each for each in waiting if each.payload.get("print") == seen), None)
