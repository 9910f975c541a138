"""Signed minutes with the names that they need to be printed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from domain.minutes_text import Amended, Attended, SignedMinutes
from storage.reads.amendments import amendments_of
from storage.reads.decisions import minutes_of
from storage.reads.rules import Rules, rules_of
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.people import Person


@dataclass(frozen=True, slots=True)
class ToPrint:
    """The minutes, and the rules of their cycle."""

    minutes: SignedMinutes
    rules: Rules


async def signed_minutes(
    session: AsyncSession, cycle: Cycle, aside: Collection[UUID] = ()
) -> ToPrint | None:
    """The minutes of a cycle, without the figures of some files; None until they are signed."""
    minutes, rules = await minutes_of(session, cycle.id), await rules_of(session, cycle.code)
    if minutes is None or rules is None:
        return None
    document = minutes.document
    names = (*rules.template.categories, *rules.template.prizes)
    signed = SignedMinutes(
        document=document,
        fingerprint=minutes.fingerprint,
        signed_at=minutes.signed_at,
        zone=cycle.zone,
        attended=await _attended(session, cycle.id, document.get("present", [])),
        names={each.code: each.name for each in names},
        aside={str(each) for each in aside},
        amendments=tuple(
            Amended(a.number, a.category, a.laureate, a.reason, a.signed_at, a.fingerprint)
            for a in await amendments_of(session, cycle.id)
        ),
    )
    return ToPrint(signed, rules)


async def _attended(
    session: AsyncSession, cycle_id: UUID, present: Collection[str]
) -> tuple[Attended, ...]:
    """The jurors who accepted, or who deliberated and left since, the chair first."""
    rows = await session.execute(
        select(Juror, col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id)
        .order_by(col(Juror.is_chair).desc(), col(Person.name), col(Juror.id))
    )
    return tuple(
        Attended(name or email, juror.organisation, juror.is_chair, str(juror.id) in present)
        for juror, name, email in rows
        if juror.status == JurorStatus.ACCEPTED or str(juror.id) in present
    )
