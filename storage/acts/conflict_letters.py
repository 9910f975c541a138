"""Letters about a conflict that was confirmed after a file had been given, or scored."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.acts.service import Service, write_to_juror
from storage.ledger import Intent, plan
from storage.tables.applications import Application
from storage.tables.juries import Conflict, Juror
from storage.tables.people import Person
from storage.templates import template_of


async def to_the_juror(
    session: AsyncSession, service: Service, file: Application, mailing: str
) -> None:
    """Tell a juror that a file is no longer theirs to score, and that what they wrote is kept apart."""
    await write_to_juror(
        session,
        service,
        "jury_conflict_confirmed",
        key=f"{file.id}:{service.request.id if service.request else ''}",
        mailing=mailing,
        company=file.company,
        title=file.title,
    )


async def to_the_chair(
    session: AsyncSession, service: Service, file: Application, conflict: Conflict, *, moved: int
) -> None:
    """Say that a frozen ranking has changed by a conflict; to nobody when the chair is concerned."""
    category = (await template_of(session, service.cycle)).category(file.category)
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id), col(Person.language))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == service.cycle.id, col(Juror.is_chair).is_(True))
    )
    await plan(
        session,
        [
            Intent(
                key=f"ranking_changed_by_conflict:{conflict.id}:{conflict.decided_at}:{chair.id}",
                kind="ranking_changed_by_conflict",
                subject=service.subject,
                mailing=f"conflict:{conflict.id}",
                person_id=chair.person_id,
                cycle_id=service.cycle.id,
                facts={
                    "cycle_name": service.cycle.name,
                    "zone": service.cycle.zone,
                    "link": f"/jury/{chair.id}/deliberation/{category.code}",
                    "category": category.name.in_(chair.language),
                    "moved": moved,
                },
            )
            for chair in chairs
        ],
    )
