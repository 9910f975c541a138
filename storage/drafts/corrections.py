"""A correction of a palmarès, as somebody proposes it to a second person."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.corrections import ALONE, CorrectionStep, check_correctable, lapses_at
from domain.palmares import corrected
from domain.phases import Phase
from domain.refusals import Refusal
from storage.acts.correction_letters import ask_to_confirm, others_who_organise
from storage.acts.corrections import amendment_of, latest_of
from storage.acts.cycles import locked
from storage.journal import write_line
from storage.tables.corrections import Correction


async def propose(session: AsyncSession, correction: Correction, at: datetime) -> Correction:
    """Write a correction down, if the palmarès allows it; the same id twice is the same proposal."""
    earlier = await session.get(Correction, correction.id)
    if earlier is not None:
        return earlier
    cycle = await locked(session, str(correction.cycle_id))
    check_correctable(Phase(cycle.phase))
    latest = await latest_of(session, cycle.id)
    corrected(latest.document, await amendment_of(session, correction), at)
    if not await others_who_organise(session, cycle.id, correction.proposed_by):
        raise Refusal(ALONE)
    correction.based_on, correction.until = latest.version, lapses_at(at)
    session.add(correction)
    await session.flush()
    write_line(
        session,
        subject=f"correction:{correction.id}",
        act="propose_correction",
        after=CorrectionStep.PROPOSED,
        reason=correction.reason,
        by_person=correction.proposed_by,
        cycle_id=cycle.id,
    )
    await ask_to_confirm(session, cycle, correction)
    return correction
