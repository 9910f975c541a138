"""What signed minutes say: the whole of a deliberation, as it is sealed under a fingerprint."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition import EditionTemplate
from storage.reads.sitting import votes_of
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Template
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.tables.results import Calibration, Decision, Standing
from storage.tables.sessions import Ballot


async def document_of(
    session: AsyncSession,
    cycle: Cycle,
    template: EditionTemplate,
    decisions: Mapping[str, Decision],
    request: Request,
) -> dict[str, object]:
    """The decisions of every category with the ranking that they rest on, and who sat."""
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
        "equalisation": await _equalisation(session, cycle.id),
        "summary": str(request.payload.get("summary", "")),
        "present": [str(each) for each in request.payload.get("present", [])],
        "jurors": await _jurors(session, cycle.id),
        "votes": [_vote(each) for each in await votes_of(session, cycle.id)],
        "categories": [
            await _category(session, cycle.id, code, decision)
            for code, decision in sorted(decisions.items())
        ],
    }


async def _equalisation(session: AsyncSession, cycle_id: UUID) -> dict[str, object]:
    """By what rules, from which notes and with which seed the adjusted ranking was made, if it was."""
    kept = await session.get(Calibration, cycle_id)
    if kept is None:
        return {}
    return {name: kept.document[name] for name in ("rules", "input", "seed", "versions")}


async def _jurors(session: AsyncSession, cycle_id: UUID) -> list[dict[str, object]]:
    rows = await session.execute(
        select(col(Juror.id), col(Juror.status), col(Juror.is_chair))
        .where(col(Juror.cycle_id) == cycle_id)
        .order_by(col(Juror.id))
    )
    return [{"juror": str(row.id), "status": row.status, "is_chair": row.is_chair} for row in rows]


def _vote(ballot: Ballot) -> dict[str, object]:
    """A vote by its counts: nobody's voice is kept."""
    return {
        "number": ballot.number,
        "category": ballot.category,
        "application": str(ballot.application_id),
        "at": ballot.closed_at.isoformat() if ballot.closed_at else None,
        "yes": ballot.yes,
        "no": ballot.no,
        "abstained": ballot.abstained,
        "casting": ballot.cast,
        "present": ballot.present,
        "aside": ballot.aside,
        "adopted": bool(ballot.is_adopted),
    }


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
                "adjusted_rank": row.Standing.adjusted.get("rank"),
            }
            for row in rows
        ],
    }
