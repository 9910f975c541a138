"""What must hold before minutes are sealed, whatever page or program asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.deliberation import (
    NOT_THE_CHAIR,
    QUORUM,
    UNSETTLED,
    VOTE_OPEN,
    NamedFile,
    Outcome,
    objection_to,
)
from domain.judging import JuryRules
from domain.jurors import JurorStatus
from domain.refusals import Refusal
from storage.reads.decisions import chosen, files_by_category, is_ranked
from storage.reads.sitting import is_voting
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.tables.results import Decision


@dataclass(frozen=True, slots=True)
class Signing:
    """The decisions of a cycle about to be sealed, by what rules, and who asks for it."""

    cycle_id: UUID
    rules: JuryRules
    decisions: Mapping[str, Decision]
    request: Request


async def check_signing(session: AsyncSession, signing: Signing) -> None:
    """Refuse unless the chair signs a settled ranking, sound decisions, and with a quorum."""
    sitting = await _sitting(session, signing.cycle_id)
    if not sitting.get(signing.request.by_person, Seated("", is_chair=False)).is_chair:
        raise Refusal(NOT_THE_CHAIR)
    if not await is_ranked(session, signing.cycle_id):
        raise Refusal(UNSETTLED)
    if await is_voting(session, signing.cycle_id):
        raise Refusal(VOTE_OPEN)
    await _check_decisions(session, signing)
    present = {str(each) for each in signing.request.payload.get("present", [])}
    if len(present & {each.juror for each in sitting.values()}) < signing.rules.quorum:
        raise Refusal(QUORUM, quorum=signing.rules.quorum)


@dataclass(frozen=True, slots=True)
class Seated:
    """A juror in service, and whether they preside."""

    juror: str
    is_chair: bool


async def _sitting(session: AsyncSession, cycle_id: UUID) -> Mapping[UUID, Seated]:
    rows = await session.execute(
        select(col(Juror.person_id), col(Juror.id), col(Juror.is_chair)).where(
            col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED
        )
    )
    return {row.person_id: Seated(str(row.id), row.is_chair) for row in rows}


async def _check_decisions(session: AsyncSession, signing: Signing) -> None:
    """Every category with files is decided, and what is decided may be, as files stand now."""
    named = {each for decision in signing.decisions.values() for each in _ids(decision)}
    found = await chosen(session, signing.cycle_id, named)
    files = {each: file.named for each, file in found.items()}
    categories = {*await files_by_category(session, signing.cycle_id), *signing.decisions}
    for category in sorted(categories):
        decision = signing.decisions.get(category)
        outcome = None if decision is None else _outcome(decision, files)
        if objection := objection_to(outcome, signing.rules.nominees):
            raise Refusal(objection, category=category)


def _ids(decision: Decision) -> tuple[UUID, ...]:
    nominees = tuple(map(UUID, decision.nominees))
    return nominees if decision.laureate_id is None else (decision.laureate_id, *nominees)


def _outcome(decision: Decision, files: Mapping[UUID, NamedFile]) -> Outcome:
    return Outcome(
        category=decision.category,
        laureate=files.get(decision.laureate_id) if decision.laureate_id else None,
        nominees=tuple(files.get(UUID(each)) for each in decision.nominees),
        reason=decision.reason,
        awards=decision.awards,
    )
