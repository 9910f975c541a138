"""The conflicts of a cycle: who, with which file, who said it, and whether it stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Source, Standing, tie_of
from domain.jurors import JurorStatus
from storage.tables.applications import Application
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.people import Person

PAGE = 50
# What asks for a decision comes first.
_RANK = case({Standing.SUSPECTED.value: 0}, value=col(Conflict.standing), else_=1)


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One conflict; ``card`` is where the card of that juror for that file stands, if one was dealt."""

    id: UUID
    juror: str
    organisation: str
    application_id: UUID
    company: str
    number: str
    source: str
    tie: str
    sign: str
    standing: Standing
    reason: str
    decision: str
    decided_at: datetime | None
    card: str
    ranks: Sequence[Mapping[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Fifty conflicts, the place of the page among all, and how many there are of each standing."""

    lines: tuple[ConflictLine, ...]
    counts: Mapping[Standing, int]
    number: int
    pages: int


async def conflict_page(
    session: AsyncSession,
    cycle_id: UUID,
    standing: Standing | None,
    number: int = 1,
    hidden: Collection[UUID] = (),
) -> ConflictPage:
    """A page of the conflicts of that standing, or of all, those to decide first."""
    here = (col(Juror.cycle_id) == cycle_id) & col(Conflict.application_id).not_in(hidden)
    counted = await session.execute(
        select(col(Conflict.standing), func.count())
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(here)
        .group_by(col(Conflict.standing))
    )
    counts = {Standing(each): count for each, count in counted}
    total = sum(counts.values()) if standing is None else counts.get(standing, 0)
    pages = max(1, -(-total // PAGE))
    shown = min(max(1, number), pages)
    wanted = here if standing is None else here & (col(Conflict.standing) == standing)
    rows = await session.execute(
        select(Conflict, Juror, Person, Application, col(Card.status))
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .join(Application, col(Application.id) == col(Conflict.application_id))
        .outerjoin(
            Card,
            (col(Card.juror_id) == col(Juror.id))
            & (col(Card.application_id) == col(Application.id)),
        )
        .where(wanted)
        .order_by(_RANK, col(Conflict.at).desc(), col(Conflict.id))
        .limit(PAGE)
        .offset((shown - 1) * PAGE)
    )
    return ConflictPage(tuple(_line(*row) for row in rows), counts, shown, pages)


async def suspected_in(session: AsyncSession, cycle_id: UUID) -> int:
    """How many conflicts of the cycle wait for a decision."""
    counted = (
        select(func.count())
        .select_from(Conflict)
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Conflict.standing) == Standing.SUSPECTED)
    )
    return (await session.execute(counted)).scalar_one()


async def jurors_who_sit(session: AsyncSession, cycle_id: UUID) -> Sequence[tuple[UUID, str, str]]:
    """The jurors who accepted: id, name and organisation, by name."""
    rows = await session.execute(
        select(col(Juror.id), col(Person.name), col(Person.email), col(Juror.organisation))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED)
        .order_by(func.lower(col(Person.name)), col(Juror.id))
    )
    return [(juror, name or email, organisation) for juror, name, email, organisation in rows]


async def file_numbered(
    session: AsyncSession, cycle_id: UUID, typed: str, hidden: Collection[UUID] = ()
) -> UUID | None:
    """The file of the cycle that has this number or this SIRET, when there is exactly one."""
    mark = "".join(typed.split()).upper()
    rows = await session.execute(
        select(col(Application.id)).where(
            col(Application.cycle_id) == cycle_id,
            (func.upper(col(Application.number)) == mark) | (col(Application.siret) == mark),
            col(Application.id).not_in(hidden),
        )
    )
    found = rows.scalars().all()
    return found[0] if len(found) == 1 else None


def _line(
    conflict: Conflict, juror: Juror, person: Person, file: Application, card: str | None
) -> ConflictLine:
    return ConflictLine(
        id=conflict.id,
        juror=person.name or person.email,
        organisation=juror.organisation,
        application_id=file.id,
        company=file.company or file.siret,
        number=file.number or "",
        source=Source(conflict.kind),
        tie=tie_of(conflict.tie) if conflict.tie else "",
        sign=conflict.sign,
        standing=Standing(conflict.standing),
        reason=conflict.reason,
        decision=conflict.decision,
        decided_at=conflict.decided_at,
        card=card or "",
        ranks=conflict.ranks,
        at=conflict.at,
    )
