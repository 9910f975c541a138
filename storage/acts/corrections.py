"""What a second person does of a correction: a new version is published, or nothing changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.corrections import (
    STALE,
    CorrectionAct,
    CorrectionKind,
    CorrectionStep,
    Signature,
    check_answerable,
    check_second_person,
)
from domain.palmares import Amendment, Document, corrected, masked, version_of
from domain.refusals import Refusal
from domain.wire.correction import CorrectionState, LapseCorrection, SettleCorrection
from storage.acts.correction_letters import (
    tell_everyone,
    tell_the_author,
)
from storage.acts.cycles import locked
from storage.acts.publication import shown
from storage.acts.refused_late import refuse_late
from storage.acts.waiting import still_waiting
from storage.journal import write_line
from storage.reads.deliberation import is_awardable
from storage.reads.gone import still_there
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.tables.results import Palmares, Standing

TAKES_A_PLACE = frozenset({CorrectionKind.REPLACED, CorrectionKind.NOMINATED})


async def settle(session: AsyncSession, asked: SettleCorrection) -> CorrectionState:
    """Publish the corrected version, or leave the palmarès as it is; the same request twice is once."""
    correction = await session.get_one(Correction, UUID(asked.correction), with_for_update=True)
    request = await the_request(session, asked.request)
    if request.settled:
        return CorrectionState(CorrectionStep(correction.step))
    check_answerable(CorrectionStep(correction.step))
    by = Signature(str(correction.proposed_by), str(request.by_person))
    check_second_person(asked.act, by)
    cycle = await locked(session, str(correction.cycle_id))
    if asked.act is CorrectionAct.CONFIRM:
        await _publish(session, cycle, correction, asked.arrived_at)
    correction.note = str(request.payload.get("reason", ""))
    correction.decided_by = request.by_person
    step = (
        CorrectionStep.PUBLISHED if asked.act is CorrectionAct.CONFIRM else CorrectionStep.DISMISSED
    )
    await _close(session, correction, step, asked.arrived_at, request)
    return CorrectionState(step)


async def lapse(session: AsyncSession, late: LapseCorrection) -> CorrectionState:
    """Settle an answer that arrived in time and still waits; else close the proposal."""
    correction = await session.get_one(Correction, UUID(late.correction), with_for_update=True)
    subject = f"correction:{late.correction}"
    for request in await still_waiting(session, subject, list(CorrectionAct), late.at):
        act = CorrectionAct(request.kind)
        try:
            return await settle(
                session,
                SettleCorrection(late.correction, act, str(request.id), request.arrived_at),
            )
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
    if correction.step == CorrectionStep.PROPOSED:
        await _close(session, correction, CorrectionStep.LAPSED, late.at, None)
    return CorrectionState(CorrectionStep(correction.step))


async def latest_of(session: AsyncSession, cycle_id: UUID) -> Palmares:
    """The version that the public reads."""
    rows = await session.execute(
        select(Palmares)
        .where(col(Palmares.cycle_id) == cycle_id)
        .order_by(col(Palmares.version).desc())
        .limit(1)
    )
    return rows.scalar_one()


async def amendment_of(session: AsyncSession, correction: Correction) -> Amendment:
    """The correction as it applies; a file takes a place only if it may be distinguished now."""
    return (await amendments_of(session, [correction]))[correction.id]


async def amendments_of(
    session: AsyncSession, corrections: Sequence[Correction]
) -> Mapping[UUID, Amendment]:
    """The same for several, whatever their number, by one question."""
    files = {
        each.application_id
        for each in corrections
        if each.application_id and each.kind in TAKES_A_PLACE
    }
    placed = await _awardable_among(session, files)
    return {
        each.id: Amendment(
            CorrectionKind(each.kind),
            each.category,
            each.reason,
            str(each.application_id or ""),
            named=placed.get((each.cycle_id, each.category, each.application_id)),
            company=each.company,
            title=each.title,
        )
        for each in corrections
    }


async def _awardable_among(
    session: AsyncSession, files: Collection[UUID]
) -> Mapping[tuple[UUID, str, UUID | None], Document]:
    """What a palmarès would say of those that may be distinguished, by cycle, category and id."""
    if not files:
        return {}
    rows = await session.execute(
        select(Application, Standing)
        .join(Standing, col(Standing.application_id) == col(Application.id))
        .where(col(Application.id).in_(files), still_there())
    )
    return {
        (standing.cycle_id, standing.category, file.id): shown(file)
        for file, standing in rows
        if is_awardable(standing)
    }


async def _publish(
    session: AsyncSession, cycle: Cycle, correction: Correction, at: datetime
) -> None:
    latest = await latest_of(session, cycle.id)
    if latest.version != correction.based_on:
        raise Refusal(STALE)
    before = latest.document
    after = corrected(before, await amendment_of(session, correction), at)
    if correction.kind == CorrectionKind.ERASED:
        await _mask(session, correction, at)
    correction.version = version_of(after)
    session.add(
        Palmares(cycle_id=cycle.id, version=correction.version, document=after, published_at=at)
    )
    await tell_everyone(session, cycle, correction, before)


async def _mask(session: AsyncSession, correction: Correction, at: datetime) -> None:
    """An erased name is read in no version that is kept."""
    rows = await session.scalars(
        select(Palmares).where(col(Palmares.cycle_id) == correction.cycle_id)
    )
    for each in rows.all():
        document = masked(each.document, str(correction.application_id), at)
        await session.execute(
            update(Palmares).where(col(Palmares.id) == each.id).values(document=document)
        )
    await session.execute(
        update(Correction)
        .where(col(Correction.application_id) == correction.application_id)
        .values(company="", title="")
    )


async def _close(
    session: AsyncSession,
    correction: Correction,
    step: CorrectionStep,
    at: datetime,
    request: Request | None,
) -> None:
    before, correction.step = correction.step, step
    correction.decided_at = at
    if request is not None:
        request.settled = True
    write_line(
        session,
        subject=f"correction:{correction.id}",
        act=request.kind if request else "lapse_correction",
        at=at,
        before=before,
        after=step,
        reason=correction.note,
        request=request,
        cycle_id=correction.cycle_id,
    )
    if step is not CorrectionStep.PUBLISHED:
        await tell_the_author(session, correction)
