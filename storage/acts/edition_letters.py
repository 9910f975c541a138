"""The letters of an edition: to those who confirm it, and to territories that are late for its final."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.editions import is_awaited
from domain.phases import Phase
from storage.acts.crowd import organisers_of
from storage.acts.cycles import facts_of
from storage.edition_plans import led
from storage.ledger import Intent, plan
from storage.tables.cycles import Cycle, Edition
from storage.tables.people import Organiser


async def ask_to_confirm(session: AsyncSession, edition: Edition, due: datetime) -> None:
    """Write to those who organise everything that the edition waits for them."""
    planned = led(edition)
    dates = planned.frame.territorial
    facts = {
        "edition": edition.name,
        "territories": len(planned.territories),
        "opens_at": dates.opens_at.isoformat(),
        "closes_at": dates.closes_at.isoformat(),
        "link": f"/organisation/editions/{edition.code}/confirmation",
    }
    await plan(
        session,
        [
            Intent(
                key=f"edition_to_confirm:{edition.id}:{due.isoformat()}:{person}",
                kind="edition_to_confirm",
                subject=f"edition:{edition.id}",
                person_id=person,
                facts=facts,
            )
            for person in await national_organisers(session)
        ],
    )


async def tell_the_late(
    session: AsyncSession,
    edition: Edition,
    territories: Sequence[Cycle],
    final: CycleCalendar,
    reason: str,
) -> None:
    """Write to the organisers of the territories without which the final begins."""
    late = [each for each in territories if is_awaited(Phase(each.phase))]
    intents = [
        Intent(
            key=f"territory_late:{cycle.id}:{person}",
            kind="territory_late",
            subject=f"edition:{edition.id}",
            person_id=person,
            cycle_id=cycle.id,
            facts=facts_of(cycle, f"/organisation/{cycle.code}")
            | {"taken_until": final.evaluation_from.isoformat(), "reason": reason},
        )
        for cycle in late
        for person in await organisers_of(session, cycle.id)
    ]
    await plan(session, intents)


async def national_organisers(session: AsyncSession) -> Sequence[UUID]:
    """Those who organise every cycle."""
    people = await session.scalars(
        select(col(Organiser.person_id)).where(col(Organiser.cycle_id).is_(None))
    )
    return people.all()
