"""The chair's signature: the jury's decisions become the minutes, with their fingerprint."""

import json
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition import EditionTemplate
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.wire.cycle import CycleState, SignMinutes
from storage.acts.cycles import locked
from storage.journal import write_line
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Template
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.tables.results import Decision, Minutes, Standing
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
    await _check(session, cycle, decisions)
    document = await _document(session, cycle, template, decisions, request)
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


async def _check(session: AsyncSession, cycle: Cycle, decisions: dict[str, Decision]) -> None:
    """Every category with files is decided, for files of that category, and with words where asked."""
    standings: dict[str, set[UUID]] = {}
    for row in await session.execute(
        select(col(Standing.category), col(Standing.application_id)).where(
            col(Standing.cycle_id) == cycle.id
        )
    ):
        standings.setdefault(row.category, set()).add(row.application_id)
    for category, files in sorted(standings.items()):
        decision = decisions.get(category)
        if decision is None:
            raise Refusal(
                N_("La catégorie %(category)s n’est pas encore décidée."), category=category
            )
        if decision.awards and decision.laureate_id not in files:
            raise Refusal(
                N_("L’organisation choisie dans la catégorie %(category)s n’y est pas classée."),
                category=category,
            )
        if not decision.awards and not decision.reason.strip():
            raise Refusal(
                N_("Dites pourquoi la catégorie %(category)s n’est pas décernée."),
                category=category,
            )


async def _document(
    session: AsyncSession,
    cycle: Cycle,
    template: EditionTemplate,
    decisions: dict[str, Decision],
    request: Request,
) -> dict[str, object]:
    frozen = await session.get_one(Template, cycle.template_id)
    return {
        "cycle": cycle.code,
        "name": cycle.name,
        "template": {
            "code": frozen.code,
            "version": frozen.version,
            "fingerprint": frozen.fingerprint,
        },
        "calendar_version": cycle.calendar_version,
        "tie_rule": list(template.jury.tie_rule),
        "summary": str(request.payload.get("summary", "")),
        "present": [str(each) for each in request.payload.get("present", [])],
        "jurors": await _jurors(session, cycle.id),
        "categories": [
            await _category(session, cycle.id, code, decision)
            for code, decision in sorted(decisions.items())
        ],
    }


async def _jurors(session: AsyncSession, cycle_id: UUID) -> list[dict[str, object]]:
    rows = await session.execute(
        select(col(Juror.id), col(Juror.status), col(Juror.is_chair))
        .where(col(Juror.cycle_id) == cycle_id)
        .order_by(col(Juror.id))
    )
    return [{"juror": str(row.id), "status": row.status, "is_chair": row.is_chair} for row in rows]


async def _category(
    session: AsyncSession, cycle_id: UUID, code: str, decision: Decision
) -> dict[str, object]:
    rows = await session.execute(
        select(Standing, col(Application.company), col(Application.number), col(Application.siret))
        .join(Application, col(Application.id) == col(Standing.application_id))
        .where(col(Standing.cycle_id) == cycle_id, col(Standing.category) == code)
        .order_by(col(Standing.place))
    )
    return {
        "code": code,
        "awards": decision.awards,
        "laureate": str(decision.laureate_id) if decision.laureate_id else None,
        "nominees": decision.nominees,
        "reason": decision.reason,
        "ranking": [
            {
                "application": str(row.Standing.application_id),
                "company": row.company,
                "number": row.number,
                "siret": row.siret,
                "rank": row.Standing.rank,
                "mean": str(row.Standing.mean) if row.Standing.mean is not None else None,
                "valid_cards": row.Standing.valid_cards,
                "flags": row.Standing.flags,
            }
            for row in rows
        ],
    }
