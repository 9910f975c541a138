"""Letters about a doubt: to the company, to those who organise, and to the chair of the jury."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.ineligibility import DoubtStep
from domain.phases import Phase
from storage.acts.case import Case, facts, reason, write
from storage.acts.crowd import organisers_of
from storage.ledger import Intent, plan
from storage.tables.doubts import Doubt
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.templates import template_of


async def to_the_company(
    session: AsyncSession, case: Case, doubt: Doubt, kind: str, *, loses_place: bool = False
) -> None:
    """Write to everyone of the company who works on the file."""
    template = await template_of(session, case.cycle)
    names = {rule.code: rule.name for rule in template.rules}
    await write(
        session,
        case,
        kind,
        link=f"/candidatures/{case.application.id}/recevabilite",
        rules=tuple(names[code] for code in doubt.rules if code in names),
        reason=reason(case),
        reply_until=doubt.until,
        loses_place=loses_place,
    )


async def to_organisers(session: AsyncSession, case: Case, doubt: Doubt) -> int:
    """Say that it is time to decide: the company has answered, or its delay is over."""
    people = await organisers_of(session, case.cycle.id)
    is_answered = doubt.step == DoubtStep.REPLIED
    link = f"/organisation/{case.cycle.code}/candidatures/{case.application.id}/recevabilite"
    await plan(
        session,
        [
            Intent(
                key=f"eligibility_to_decide:{doubt.id}:{doubt.step}:{person}",
                kind="eligibility_to_decide",
                subject=case.subject,
                person_id=person,
                cycle_id=case.cycle.id,
                facts=facts(case)
                | {"link": link, "reply": doubt.reply, "is_answered": is_answered},
            )
            for person in people
        ],
    )
    return len(people)


async def to_the_chair(session: AsyncSession, case: Case, *, moved: int) -> None:
    """Say that a ranking that was frozen has changed, and whether a decision is to be made again."""
    category = (await template_of(session, case.cycle)).category(case.application.category)
    chairs = await session.execute(
        select(col(Juror.id), col(Juror.person_id), col(Person.language))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == case.cycle.id, col(Juror.is_chair).is_(True))
    )
    again = "/rectification" if case.cycle.phase == Phase.DECIDED else ""
    await plan(
        session,
        [
            Intent(
                key=f"ranking_changed:{case.application.id}:{_asked(case)}:{chair.id}",
                kind="ranking_changed",
                subject=case.subject,
                person_id=chair.person_id,
                cycle_id=case.cycle.id,
                facts=facts(case)
                | {
                    "link": f"/jury/{chair.id}/deliberation/{category.code}" + again,
                    "category": category.name.in_(chair.language),
                    "reason": reason(case),
                    "moved": moved,
                    "is_decided": case.cycle.phase == Phase.DECIDED,
                },
            )
            for chair in chairs
        ],
    )


def _asked(case: Case) -> str:
    return str(case.request.id) if case.request else ""
