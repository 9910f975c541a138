"""Give the chair of a jury to somebody who sits in it, or who was asked to."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.phases import ENDED, Phase
from domain.refusals import N_, Refusal
from storage.journal import write_line
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror

SITTING = frozenset({JurorStatus.INVITED, JurorStatus.ACCEPTED})
# The minutes are signed, and the chair's name with them.
TOO_LATE = ENDED | {Phase.DECIDED, Phase.PUBLISHED}


async def name_chair(
    session: AsyncSession, cycle_id: UUID, juror_id: UUID | None, request_id: UUID
) -> None:
    """Move the chair to that juror, with a line in the journal; the same request again does nothing."""
    cycle = await session.get_one(Cycle, cycle_id, with_for_update=True, populate_existing=True)
    request = await the_request(session, str(request_id))
    if request.settled:
        return
    if Phase(cycle.phase) in TOO_LATE:
        raise Refusal(N_("Le procès-verbal est signé : la présidence ne change plus."))
    jurors = (await session.execute(select(Juror).where(col(Juror.cycle_id) == cycle_id))).scalars()
    seats = {juror.id: juror for juror in jurors}
    chosen = seats.get(juror_id) if juror_id else None
    if chosen is None or JurorStatus(chosen.status) not in SITTING:
        raise Refusal(N_("Choisissez une personne qui siège, ou qui est invitée à siéger."))
    for juror in seats.values():
        juror.is_chair = juror is chosen
    request.settled = True
    write_line(
        session,
        subject=f"juror:{chosen.id}",
        act="name_chair",
        at=(await session.execute(select(func.clock_timestamp()))).scalar_one(),
        request=request,
        cycle_id=cycle_id,
    )
