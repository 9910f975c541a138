"""What tests are about, built with one line each; only what matters is said."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.editions import create_cycle, create_edition, shipped_template
from storage.identity import person_called
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Card, Juror
from storage.tables.people import Organiser, Person

NOON = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
A_SIRET = "12345678200010"


def a_calendar(opens_at: datetime = NOON, day: timedelta = timedelta(days=1)) -> CycleCalendar:
    """A calendar of a few days: ten to apply, five to screen, ten to score, two to decide."""
    return CycleCalendar(
        opens_at=opens_at,
        closes_at=opens_at + 10 * day,
        screening_until=opens_at + 15 * day,
        evaluation_from=opens_at + 16 * day,
        evaluation_until=opens_at + 26 * day,
        deliberation_until=opens_at + 28 * day,
        publishes_at=opens_at + 30 * day,
        ends_at=opens_at + 40 * day,
    )


async def an_edition(
    session: AsyncSession, *, template: str = "trophees-insertion", year: int = 2027, code: str = ""
) -> Edition:
    """An edition of a shipped template."""
    shipped = shipped_template(template)
    assert shipped is not None
    return await create_edition(session, shipped.document, year, code=code)


async def a_cycle(
    session: AsyncSession,
    *,
    edition: Edition | None = None,
    template: str = "trophees-insertion",
    territory: str = "REG-84",
    phase: Phase = Phase.OPEN,
    calendar: CycleCalendar | None = None,
) -> Cycle:
    """A cycle in that phase; its edition is made too unless given."""
    edition = edition or await an_edition(session, template=template)
    cycle = await create_cycle(session, edition, territory, calendar=calendar or a_calendar())
    cycle.phase = phase
    await session.flush()
    return cycle


async def a_person(session: AsyncSession, email: str = "", name: str = "") -> Person:
    """Somebody."""
    return await person_called(session, email or f"{uuid4().hex[:12]}@exemple.fr", name=name)


async def an_organiser(session: AsyncSession, cycle: Cycle | None, email: str = "") -> Person:
    """Somebody who organises a cycle, or all of them when none is given."""
    person = await a_person(session, email, "Olivia Organisatrice")
    session.add(Organiser(person_id=person.id, cycle_id=cycle.id if cycle else None))
    await session.flush()
    return person


async def an_application(
    session: AsyncSession,
    cycle: Cycle,
    *,
    status: Status = Status.DRAFT,
    category: str = "QUA",
    siret: str = "",
    company: str = "Menuiserie des Alpes",
    title: str = "Un tuteur pour chacun",
    number: str | None = None,
    answers: dict[str, Any] | None = None,
    by: UUID | None = None,
) -> Application:
    """An application of some company, on which ``by`` works."""
    chosen = siret or f"{uuid4().int % 10**14:014d}"
    application = Application(
        cycle_id=cycle.id,
        siret=chosen,
        siren=chosen[:9],
        company=company,
        category=category,
        title=title,
        status=status,
        number=number,
        answers=answers or {},
    )
    session.add(application)
    await session.flush()
    if by:
        session.add(Member(application_id=application.id, person_id=by, role="owner"))
        await session.flush()
    return application


async def a_juror(
    session: AsyncSession,
    cycle: Cycle,
    *,
    email: str = "",
    name: str = "Jeanne Jurée",
    status: JurorStatus = JurorStatus.ACCEPTED,
    is_chair: bool = False,
) -> Juror:
    """Somebody of a jury."""
    person = await a_person(session, email, name)
    juror = Juror(
        cycle_id=cycle.id,
        person_id=person.id,
        organisation="Réseau Alliances",
        status=status,
        is_chair=is_chair,
    )
    session.add(juror)
    await session.flush()
    return juror


async def a_card(
    session: AsyncSession,
    juror: Juror,
    application: Application,
    *,
    status: CardStatus = CardStatus.TO_SCORE,
    marks: dict[str, int] | None = None,
) -> Card:
    """A score card of a juror for an application."""
    card = Card(
        cycle_id=juror.cycle_id,
        application_id=application.id,
        juror_id=juror.id,
        status=status,
        marks=marks or {},
    )
    session.add(card)
    await session.flush()
    return card
