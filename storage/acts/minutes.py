"""The chair's signature: the jury's decisions become the minutes, with their fingerprint."""

import json
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.grand_prize import grand_prize_of
from domain.levels import Level
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.cycle import CycleState, SignMinutes
from storage.acts.cycles import locked
from storage.acts.grand_prize import check_grand_prize, sealed_prize
from storage.acts.minutes_check import Signing, check_signing
from storage.acts.minutes_document import document_of
from storage.journal import write_line
from storage.requests import the_request
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from storage.tables.results import Decision, Minutes
from storage.templates import calendar_in, template_of


async def sign_minutes(session: AsyncSession, asked: SignMinutes) -> CycleState:
    """Seal the decisions of every category that has files; the same request again changes nothing."""
    cycle = await locked(session, asked.cycle)
    request = await the_request(session, asked.request)
    if not request.settled:
        await _seal(session, cycle, request, asked)
    return CycleState(Phase(cycle.phase), calendar_in(cycle).publishes_at)


async def _seal(session: AsyncSession, cycle: Cycle, request: Request, asked: SignMinutes) -> None:
    if cycle.phase != Phase.DELIBERATION:
        raise Refusal(N_("Le procès-verbal ne se signe que pendant la délibération."))
    template = await template_of(session, cycle)
    decisions = await _decisions(session, cycle.id)
    prize = grand_prize_of(template, Level(cycle.level))
    given = decisions.pop(prize.code, None) if prize else None
    await check_signing(session, Signing(cycle.id, template.jury, decisions, request))
    document = await document_of(session, cycle, template, decisions, request)
    if prize:
        check_grand_prize(given, decisions.values())
        document["grand_prize"] = await sealed_prize(session, prize, given)
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    session.add(
        Minutes(
            cycle_id=cycle.id,
            document=document,
            fingerprint=sha256(canonical.encode()).hexdigest(),
            signed_by=request.by_person,
            signed_at=asked.arrived_at,
        )
    )
    before, cycle.phase = cycle.phase, Phase.DECIDED
    cycle.entered_at = asked.arrived_at
    request.settled = True
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="sign_minutes",
        at=asked.arrived_at,
        before=before,
        after=Phase.DECIDED,
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )


async def _decisions(session: AsyncSession, cycle_id: UUID) -> dict[str, Decision]:
    rows = await session.execute(select(Decision).where(col(Decision.cycle_id) == cycle_id))
    return {decision.category: decision for decision in rows.scalars()}
