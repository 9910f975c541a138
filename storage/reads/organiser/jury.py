"""The jury of a cycle, fifty at a time: who sits, who waits, how far each is; never a mark."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.conflicts import Standing
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.reads.organiser.card_tally import Load, loads_of
from storage.reads.organiser.tallies import tally_of_jurors
from storage.tables.applications import Application
from storage.tables.juries import Conflict, Juror
from storage.tables.people import Person

PAGE = 50
ORDER = (
    JurorStatus.ACCEPTED,
    JurorStatus.INVITED,
    JurorStatus.RESERVE,
    JurorStatus.DECLINED,
    JurorStatus.EXPIRED,
    JurorStatus.RELEASED,
)


@dataclass(frozen=True, slots=True)
class JurorLine:
    """One juror; ``conflicts`` counts the files from which they stand aside."""

    id: UUID
    name: str
    email: str
    organisation: str
    siren: str
    is_chair: bool
    status: JurorStatus
    reserve_place: int | None
    maximum: int | None
    reason: str
    invited_at: datetime | None
    answered_at: datetime | None
    conflicts_declared_at: datetime | None
    replaces: bool
    conflicts: int
    load: Load


@dataclass(frozen=True, slots=True)
class JurorPage:
    """Fifty jurors, and where they stand among all."""

    lines: tuple[JurorLine, ...]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """A juror stands aside from a file; only the organiser reads the reason."""

    juror: str
    application_id: UUID
    company: str
    kind: str
    reason: str
    at: datetime


async def juror_page(session: AsyncSession, cycle_id: UUID, number: int = 1) -> JurorPage:
    """A page of the jury: those who sit first, then those who may."""
    total = sum((await tally_of_jurors(session, cycle_id)).values())
    pages = max(1, -(-total // PAGE))
    shown = min(max(1, number), pages)
    chosen = (
        select(col(Juror.id), _rank().label("rank"))
        .where(col(Juror.cycle_id) == cycle_id)
        .order_by("rank", col(Juror.reserve_place), col(Juror.created_at), col(Juror.id))
        .limit(PAGE)
        .offset((shown - 1) * PAGE)
        .cte("chosen")
    )
    rows = await session.execute(
        select(Juror, Person, _conflicts())
        .join(chosen, chosen.c.id == col(Juror.id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .order_by(chosen.c.rank, col(Juror.reserve_place), col(Juror.created_at), col(Juror.id))
    )
    found = rows.all()
    loads = await loads_of(session, [juror.id for juror, _, _ in found])
    lines = (
        _line(juror, person, conflicts, loads.get(juror.id, Load()))
        for juror, person, conflicts in found
    )
    return JurorPage(tuple(lines), shown, pages)


async def declared_conflicts(
    session: AsyncSession, jurors: Collection[UUID]
) -> tuple[DeclaredConflict, ...]:
    """The last conflicts that these jurors declared."""
    rows = await session.execute(
        select(
            col(Person.name),
            col(Person.email),
            col(Application.id),
            col(Application.company),
            col(Conflict.kind),
            col(Conflict.reason),
            col(Conflict.at),
        )
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .join(Application, col(Application.id) == col(Conflict.application_id))
        .where(col(Conflict.juror_id).in_(jurors), col(Conflict.standing) != Standing.DISMISSED)
        .order_by(col(Conflict.at).desc(), col(Conflict.id))
        .limit(PAGE)
    )
    return tuple(
        DeclaredConflict(name or email, application, company, kind, reason, at)
        for name, email, application, company, kind, reason, at in rows
    )


def is_late(load: Load, calendar: CycleCalendar, phase: Phase, now: datetime) -> bool:
    """Whether cards wait although the first reminder has already left."""
    first_reminder = calendar.evaluation_until - max(calendar.juror_reminders_before)
    return phase is Phase.EVALUATION and load.to_score > 0 and now >= first_reminder


def _rank() -> ColumnElement[int]:
    ranks = {status.value: place for place, status in enumerate(ORDER)}
    return case(ranks, value=col(Juror.status), else_=len(ORDER))


def _conflicts() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Conflict)
        .where(
            col(Conflict.juror_id) == col(Juror.id), col(Conflict.standing) != Standing.DISMISSED
        )
        .scalar_subquery()
    )


def _line(juror: Juror, person: Person, conflicts: int, load: Load) -> JurorLine:
    return JurorLine(
        id=juror.id,
        name=person.name,
        email=person.email,
        organisation=juror.organisation,
        siren=juror.siren,
        is_chair=juror.is_chair,
        status=JurorStatus(juror.status),
        reserve_place=juror.reserve_place,
        maximum=juror.maximum,
        reason=juror.reason,
        invited_at=juror.invited_at,
        answered_at=juror.answered_at,
        conflicts_declared_at=juror.conflicts_declared_at,
        replaces=juror.replaces_id is not None,
        conflicts=conflicts,
        load=load,
    )
