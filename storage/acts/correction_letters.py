"""The letters of a correction: to who may confirm it, to who proposed it, to all whom it concerns."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.corrections import CorrectionKind, CorrectionStep
from domain.palmares import named_in
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.tables.applications import Application, Member
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Organiser

# What a correction says to the company that it is about.
ROLES = {
    CorrectionKind.REMOVED: "removed",
    CorrectionKind.REPLACED: "laureate",
    CorrectionKind.RENAMED: "renamed",
    CorrectionKind.NOMINATED: "nominee",
    CorrectionKind.STRUCK: "struck",
    CorrectionKind.ERASED: "erased",
}


async def others_who_organise(
    session: AsyncSession, cycle_id: UUID, author: UUID
) -> tuple[UUID, ...]:
    """Who may confirm: those who organise this cycle or all of them, the author left aside."""
    rows = await session.scalars(
        select(col(Organiser.person_id))
        .where(
            or_(col(Organiser.cycle_id) == cycle_id, col(Organiser.cycle_id).is_(None)),
            col(Organiser.person_id) != author,
        )
        .distinct()
    )
    return tuple(rows.all())


async def ask_to_confirm(session: AsyncSession, cycle: Cycle, correction: Correction) -> None:
    """Write to all who may confirm; one of them is enough."""
    facts = facts_of(cycle, _desk(cycle)) | {
        "reason": correction.reason,
        "answer_until": correction.until.isoformat(),
    }
    people = await others_who_organise(session, cycle.id, correction.proposed_by)
    await _write(session, correction, "correction_to_confirm", people, facts)


async def tell_the_author(session: AsyncSession, correction: Correction) -> None:
    """Write to who proposed it that it is not published, and why."""
    cycle = await session.get_one(Cycle, correction.cycle_id)
    facts = facts_of(cycle, _desk(cycle)) | {
        "lapsed": correction.step == CorrectionStep.LAPSED,
        "reason": correction.note,
    }
    await _write(session, correction, "correction_dismissed", [correction.proposed_by], facts)


async def tell_everyone(
    session: AsyncSession, cycle: Cycle, correction: Correction, before: Mapping[str, Any]
) -> None:
    """Write to the companies that it touches, then to the organisers and the chair."""
    facts = facts_of(cycle, f"/palmares/{cycle.code}") | {"reason": correction.reason}
    role = ROLES[CorrectionKind(correction.kind)]
    written: set[UUID] = set()
    touched = [(correction.application_id, role)]
    if role == "laureate" and (former := _laureate(before, correction.category)):
        touched.append((UUID(former), "removed"))
    for application, its_role in touched:
        if application is None:
            continue
        members = await _members(session, application)
        written |= set(members)
        said = facts | {"role": its_role} | await _names(session, application, before, its_role)
        await _write(session, correction, "palmares_corrected", members, said)
    desk = {*await others_who_organise(session, cycle.id, UUID(int=0))}
    desk |= {*await _chairs(session, cycle.id)}
    facts |= {"role": "desk", "company": "", "title": ""}
    await _write(session, correction, "palmares_corrected", sorted(desk - written), facts)


async def _write(
    session: AsyncSession,
    correction: Correction,
    kind: str,
    people: Iterable[UUID],
    facts: dict[str, object],
) -> None:
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{correction.id}:{person}",
                kind=kind,
                subject=f"correction:{correction.id}",
                person_id=person,
                cycle_id=correction.cycle_id,
                facts=facts,
            )
            for person in people
        ],
    )


async def _members(session: AsyncSession, application: UUID) -> tuple[UUID, ...]:
    rows = await session.scalars(
        select(col(Member.person_id)).where(col(Member.application_id) == application)
    )
    return tuple(rows.all())


async def _chairs(session: AsyncSession, cycle_id: UUID) -> tuple[UUID, ...]:
    rows = await session.scalars(
        select(col(Juror.person_id)).where(
            col(Juror.cycle_id) == cycle_id, col(Juror.is_chair).is_(True)
        )
    )
    return tuple(rows.all())


async def _names(
    session: AsyncSession, application: UUID, before: Mapping[str, Any], role: str
) -> dict[str, object]:
    """The company as it is called; an erased name is not written again."""
    if role == "erased":
        return {"company": "", "title": ""}
    named = named_in(before, str(application))
    if named is not None:
        return {"company": named["company"], "title": named["title"]}
    file = await session.get_one(Application, application)
    return {"company": file.company, "title": file.title}


def _laureate(document: Mapping[str, Any], code: str) -> str:
    for category in document["categories"]:
        if category["code"] == code and category.get("laureate"):
            return str(category["laureate"]["application"])
    return ""


def _desk(cycle: Cycle) -> str:
    return f"/organisation/{cycle.code}/corrections"
