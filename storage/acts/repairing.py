"""Repairing the deal of a cycle: who leaves, what changes hands, who is told, in one transaction."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.assignment.repair import Repair, repair
from domain.dealing import OUT_OF_DATE, DealKind, check_leavers, check_repair
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.cycle import RepairDeal, Repaired
from storage.acts.cycles import locked
from storage.acts.deal_records import Made, record_deal
from storage.acts.dealing import AT_ONCE, give_cards, write_to_readers
from storage.acts.second_readings import order_second_readings
from storage.acts.service import Service, write_to_juror
from storage.deal_table import Laid, laid_table, repair_key, seed_of
from storage.journal import write_line
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.templates import calendar_in

Pairs = Collection[tuple[str, str]]


async def repair_deal(session: AsyncSession, asked: RepairDeal) -> Repaired:
    """Repair by a request, as its preview said; the same request again only says who left."""
    cycle = await locked(session, asked.cycle)
    request = await the_request(session, asked.request)
    left = tuple(sorted(request.payload["leaving"]))
    answer = Repaired(left, calls_the_reserve=bool(request.payload.get("reserve")))
    if request.settled:
        return answer
    check_repair(Phase(cycle.phase))
    if asked.arrived_at > calendar_in(cycle).evaluation_until:
        raise Refusal(N_("L'évaluation est close : plus personne ne lirait ces dossiers."))
    await order_second_readings(session, cycle, request, asked.arrived_at)
    laid = await laid_table(session, cycle)
    leavers = [each.juror for each in laid.chairs if str(each.juror.id) in left]
    check_leavers(
        are_known=len(leavers) == len(left), has_chair=any(each.is_chair for each in leavers)
    )
    table = laid.for_repair(left)
    found = await asyncio.to_thread(repair, table, laid.dealt, seed_of(cycle))
    if repair_key(found) != request.payload["key"]:
        raise Refusal(OUT_OF_DATE)
    await _apply(session, cycle, laid, leavers, found, asked)
    made = Made(
        table,
        found.deal,
        DealKind.REPAIR,
        len(found.added),
        len(found.moved),
        UUID(asked.request),
    )
    record = record_deal(session, cycle.id, made, asked.arrived_at)
    request.settled = True
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="repair_deal",
        at=asked.arrived_at,
        after=f"left={len(left)} moved={len(found.moved)} cards={len(found.added)} "
        f"short={record.short} seed={record.seed} {record.fingerprint[:16]}",
        reason=str(request.payload.get("reason") or ""),
        request=request,
        cycle_id=cycle.id,
    )
    return answer


async def _apply(  # noqa: PLR0913, PLR0917  (what a repair touches)
    session: AsyncSession,
    cycle: Cycle,
    laid: Laid,
    leavers: Sequence[Juror],
    found: Repair,
    asked: RepairDeal,
) -> None:
    await _set_aside(session, cycle, {*found.orphaned} & laid.begun, asked)
    await _take_back(session, cycle, [*found.moved, *({*found.orphaned} - laid.begun)])
    cycle.dealt_at = asked.arrived_at
    await give_cards(session, cycle, found.added)
    jurors = [each.juror for each in laid.chairs]
    await write_to_readers(session, cycle, jurors, found.added)
    for juror in leavers:
        juror.status = JurorStatus.RELEASED
        await _write(session, cycle, juror, "juror_released", asked)
    lost = Counter(juror for _, juror in found.moved)
    for juror in jurors:
        if count := lost[str(juror.id)]:
            await _write(session, cycle, juror, "jury_cards_moved", asked, count=count)


async def _write(
    session: AsyncSession,
    cycle: Cycle,
    juror: Juror,
    kind: str,
    asked: RepairDeal,
    **facts: object,
) -> None:
    await write_to_juror(
        session,
        Service(juror, cycle, calendar_in(cycle), None),
        kind,
        key=asked.request,
        mailing=f"deal:{cycle.id}",
        **facts,
    )


async def _take_back(session: AsyncSession, cycle: Cycle, pairs: Pairs) -> None:
    """Remove the cards of these pairs, on which nobody has written anything."""
    for some in _batches(pairs):
        await session.execute(
            delete(Card).where(
                col(Card.cycle_id) == cycle.id,
                tuple_(col(Card.application_id), col(Card.juror_id)).in_(some),
                col(Card.status) == CardStatus.TO_SCORE,
            )
        )


async def _set_aside(session: AsyncSession, cycle: Cycle, pairs: Pairs, asked: RepairDeal) -> None:
    """Keep what those who leave had begun to write, out of every count."""
    for some in _batches(pairs):
        await session.execute(
            update(Card)
            .where(
                col(Card.cycle_id) == cycle.id,
                tuple_(col(Card.application_id), col(Card.juror_id)).in_(some),
                col(Card.status) == CardStatus.TO_SCORE,
            )
            .values(status=CardStatus.RECUSED, closed_at=asked.arrived_at)
        )


def _batches(pairs: Pairs) -> list[list[tuple[UUID, UUID]]]:
    every = [(UUID(file), UUID(juror)) for file, juror in sorted(pairs)]
    return [every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)]
