"""The board of a cycle: everything that is counted there, and what happened last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.reads.organiser.application_tally import ApplicationTally
from storage.reads.organiser.card_tally import CardTally
from storage.reads.organiser.jury import is_late
from storage.reads.organiser.letter_tally import LetterTally
from storage.reads.organiser.out_of_the_ordinary import OutOfTheOrdinary
from storage.reads.organiser.stuck import stuck_requests
from storage.reads.organiser.tallies import (
    out_of_the_ordinary,
    tally_of_applications,
    tally_of_cards,
    tally_of_jurors,
    tally_of_letters,
)
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.results import Decision
from storage.templates import calendar_in, template_of


@dataclass(frozen=True, slots=True)
class Board:
    """A cycle at a glance."""

    code: str
    name: str
    zone: str
    phase: Phase
    entered_at: datetime | None
    calendar: CycleCalendar
    calendar_version: int
    template: EditionTemplate
    applications: ApplicationTally
    cards: CardTally
    jurors: Mapping[JurorStatus, int]
    letters: LetterTally
    has_chair: bool
    decided: int
    is_dealt: bool
    stuck: int = 0
    odd: OutOfTheOrdinary = field(default_factory=OutOfTheOrdinary)

    @property
    def seated(self) -> int:
        """The jurors who accepted."""
        return self.jurors.get(JurorStatus.ACCEPTED, 0)

    def late(self, now: datetime) -> int:
        """The jurors who have cards left although the first reminder has gone."""
        return sum(
            is_late(load, self.calendar, self.phase, now) for load in self.cards.loads.values()
        )


async def board_of(session: AsyncSession, cycle: Cycle) -> Board:
    """The board of a cycle that one organises."""
    return Board(
        code=cycle.code,
        name=cycle.name,
        zone=cycle.zone,
        phase=Phase(cycle.phase),
        entered_at=cycle.entered_at,
        calendar=calendar_in(cycle),
        calendar_version=cycle.calendar_version,
        template=await template_of(session, cycle),
        applications=await tally_of_applications(session, cycle.id),
        cards=await tally_of_cards(session, cycle.id),
        jurors=await tally_of_jurors(session, cycle.id),
        letters=await tally_of_letters(session, cycle.id),
        has_chair=await _has_chair(session, cycle.id),
        decided=await _decided(session, cycle.id, await template_of(session, cycle)),
        is_dealt=cycle.dealt_at is not None,
        stuck=await stuck_requests(session, cycle.id),
        odd=await out_of_the_ordinary(session, cycle.id),
    )


async def _has_chair(session: AsyncSession, cycle_id: UUID) -> bool:
    return (
        await session.execute(
            select(
                select(col(Juror.id))
                .where(col(Juror.cycle_id) == cycle_id, col(Juror.is_chair).is_(True))
                .exists()
            )
        )
    ).scalar_one()


async def _decided(session: AsyncSession, cycle_id: UUID, template: EditionTemplate) -> int:
    """How many categories are decided; a special prize is none of them."""
    codes = [each.code for each in template.categories]
    return (
        await session.execute(
            select(func.count())
            .select_from(Decision)
            .where(
                col(Decision.cycle_id) == cycle_id,
                col(Decision.saved_at).is_not(None),
                col(Decision.category).in_(codes),
            )
        )
    ).scalar_one()
