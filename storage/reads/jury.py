"""A juror's seat: where it stands, until when, and the seats of one person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.jurors import CardStatus, JurorStatus
from domain.phases import ENDED, Phase
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.templates import calendar_in, template_of

MOST_SEATS = 50


@dataclass(frozen=True, slots=True)
class MyJury:
    """One seat of a person, as their own space shows it."""

    juror_id: UUID
    cycle_code: str
    cycle_name: str
    status: JurorStatus
    is_chair: bool
    phase: Phase
    left_to_score: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A juror in a cycle, with the rules and the dates that the cycle froze."""

    juror: Juror
    cycle: Cycle
    calendar: CycleCalendar
    template: EditionTemplate

    @property
    def status(self) -> JurorStatus:
        """Where the juror stands."""
        return JurorStatus(self.juror.status)

    @property
    def phase(self) -> Phase:
        """Where the cycle stands."""
        return Phase(self.cycle.phase)

    @property
    def has_declared(self) -> bool:
        """Whether the juror said which files they stand aside from, if any."""
        return self.juror.conflicts_declared_at is not None

    @property
    def until(self) -> datetime | None:
        """By when the juror has something to do, if they have."""
        return deadline_of(self.juror, self.phase, self.calendar)


async def seat_of(session: AsyncSession, juror: Juror) -> Seat:
    """The seat of a juror, in the cycle where they judge."""
    cycle = await session.get_one(Cycle, juror.cycle_id)
    return Seat(juror, cycle, calendar_in(cycle), await template_of(session, cycle))


async def my_juries(session: AsyncSession, person_id: UUID) -> tuple[MyJury, ...]:
    """The juries where a person was asked to sit, the latest first; the reserve is not told."""
    left = (
        select(func.count())
        .where(col(Card.juror_id) == col(Juror.id), col(Card.status) == CardStatus.TO_SCORE)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Juror, Cycle, left)
        .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
        .where(col(Juror.person_id) == person_id, col(Juror.status) != JurorStatus.RESERVE)
        .order_by(col(Cycle.created_at).desc(), col(Juror.id))
        .limit(MOST_SEATS)
    )
    return tuple(_my_jury(juror, cycle, count) for juror, cycle, count in rows)


def answer_until(juror: Juror, calendar: CycleCalendar) -> datetime:
    """When an invitation lapses without an answer."""
    return (juror.invited_at or juror.created_at) + calendar.invitation_expires_after


def deadline_of(juror: Juror, phase: Phase, calendar: CycleCalendar) -> datetime | None:
    """By when this juror has something to do in that phase, if they have."""
    if juror.status == JurorStatus.INVITED and phase not in ENDED:
        return answer_until(juror, calendar)
    if juror.status != JurorStatus.ACCEPTED:
        return None
    return {
        Phase.SCREENING: calendar.evaluation_from,
        Phase.EVALUATION: calendar.evaluation_until,
        Phase.DELIBERATION: calendar.deliberation_until if juror.is_chair else None,
    }.get(phase)


def _my_jury(juror: Juror, cycle: Cycle, left_to_score: int) -> MyJury:
    phase = Phase(cycle.phase)
    return MyJury(
        juror_id=juror.id,
        cycle_code=cycle.code,
        cycle_name=cycle.name,
        status=JurorStatus(juror.status),
        is_chair=juror.is_chair,
        phase=phase,
        left_to_score=left_to_score if phase is Phase.EVALUATION else 0,
        until=deadline_of(juror, phase, calendar_in(cycle)),
    )
