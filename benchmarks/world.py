"""Rows for benchmarks: an edition, its cycles, companies and their applications."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.answers import complete_answers, siret_number
from domain.calendar import CycleCalendar
from domain.phases import Phase
from storage.editions import create_cycle, create_edition, shipped_template
from storage.identity import person_called
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.templates import template_of

TEMPLATE = "trophees-insertion"
CATEGORY = "QUA"
YEAR = 2027
A_DAY = timedelta(days=1)


async def an_edition(session: AsyncSession, code: str = "") -> Edition:
    """An edition of the template that the service ships."""
    shipped = shipped_template(TEMPLATE)
    if shipped is None:
        raise LookupError(TEMPLATE)
    return await create_edition(session, shipped.document, YEAR, code=code)


async def a_cycle(
    session: AsyncSession,
    edition: Edition,
    territory: str,
    calendar: CycleCalendar,
    phase: Phase = Phase.PREPARED,
) -> Cycle:
    """The cycle of a territory, in a phase."""
    cycle = await create_cycle(session, edition, territory, calendar=calendar)
    cycle.phase = phase
    await session.flush()
    return cycle


def an_open_calendar(**changed: object) -> CycleCalendar:
    """Dates in days, with the call open since yesterday; what is not given is far enough away."""
    now = datetime.now(UTC).replace(microsecond=0)
    dates = {
        "opens_at": now - A_DAY,
        "closes_at": now + 20 * A_DAY,
        "screening_until": now + 30 * A_DAY,
        "evaluation_from": now + 31 * A_DAY,
        "evaluation_until": now + 50 * A_DAY,
        "deliberation_until": now + 60 * A_DAY,
        "publishes_at": now + 70 * A_DAY,
        "ends_at": now + 90 * A_DAY,
        "draft_reminders_before": (),
    }
    return CycleCalendar(**(dates | changed))  # type: ignore[arg-type]  (named dates and periods)


async def a_draft(
    session: AsyncSession, cycle: Cycle, rank: int, by: UUID | None = None
) -> Application:
    """A complete draft that its company may send as it is."""
    person = by or (await person_called(session, f"candidat-{rank}@exemple.fr")).id
    siret = siret_number(rank)
    template = await template_of(session, cycle)
    application = Application(
        cycle_id=cycle.id,
        siret=siret,
        siren=siret[:9],
        company=f"Entreprise {rank}",
        category=CATEGORY,
        title="Un tuteur pour chacun",
        answers=dict(complete_answers(template, CATEGORY, siret)),
    )
    session.add(application)
    await session.flush()
    session.add(Member(application_id=application.id, person_id=person, role="owner"))
    return application
