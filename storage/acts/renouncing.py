"""A company declines its prize under embargo: its place goes to the next, the chair decides again."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.amending import check_renunciation
from domain.applications import Act
from domain.phases import Phase
from storage.acts.case import Case, facts, reason, write
from storage.acts.crowd import organisers_of
from storage.acts.cycles import locked
from storage.acts.places_lost import lose_place
from storage.ledger import Intent, plan
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.tables.results import Decision
from storage.templates import template_of


async def renounce(session: AsyncSession, case: Case) -> tuple[str, ...]:
    """Keep that the prize is declined; gives the places in the final to offer to the next."""
    cycle = await locked(session, str(case.cycle.id))  # not while it is being published
    decision = await _decision_about(session, case)
    check_renunciation(
        Phase(cycle.phase),
        is_named=decision is not None,
        has_renounced=case.application.renounced_at is not None,
    )
    case.application.renounced_at = case.at
    lost = await lose_place(session, case, Act.WITHDRAW)
    await write(session, case, "prize_renunciation_kept", reason=reason(case))
    await _tell_chair_and_organisers(session, case)
    return lost


async def _decision_about(session: AsyncSession, case: Case) -> Decision | None:
    its_id = case.application.id
    return await session.scalar(
        select(Decision).where(
            col(Decision.cycle_id) == case.cycle.id,
            col(Decision.category) == case.application.category,
            or_(
                (col(Decision.laureate_id) == its_id) & col(Decision.awards).is_(True),
                col(Decision.nominees).contains([str(its_id)]),
            ),
        )
    )


async def _tell_chair_and_organisers(session: AsyncSession, case: Case) -> None:
    category = (await template_of(session, case.cycle)).category(case.application.category)
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id)).where(
            col(Juror.cycle_id) == case.cycle.id, col(Juror.is_chair).is_(True)
        )
    )
    page = f"deliberation/{category.code}/rectification"
    readers = {row.person_id: f"/jury/{row.id}/{page}" for row in chairs}
    for person in await organisers_of(session, case.cycle.id):
        readers.setdefault(person, f"/organisation/{case.cycle.code}/resultats")
    rows = await session.execute(
        select(col(Person.id), col(Person.language)).where(col(Person.id).in_(readers))
    )
    asked = case.request.id if case.request else ""
    await plan(
        session,
        [
            Intent(
                key=f"prize_renounced:{case.application.id}:{asked}:{row.id}",
                kind="prize_renounced",
                subject=case.subject,
                person_id=row.id,
                cycle_id=case.cycle.id,
                facts=facts(case)
                | {
                    "link": readers[row.id],
                    "category": category.name.in_(row.language),
                    "reason": reason(case),
                    "publishes_at": case.calendar.publishes_at.isoformat(),
                },
            )
            for row in rows
        ],
    )
