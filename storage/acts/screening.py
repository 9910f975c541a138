"""The organiser's decisions on an application, with their reasons."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act
from domain.refusals import N_, Refusal
from storage.acts.case import Case, reason, write
from storage.tables.applications import Screening
from storage.templates import template_of


async def admit(session: AsyncSession, case: Case) -> None:
    """Declare the application admissible."""
    record_screening(session, case, Act.ADMIT)
    await write(session, case, "application_admitted", next_at=case.calendar.evaluation_from)


async def refuse(session: AsyncSession, case: Case) -> None:
    """Refuse the application, with the rules that it does not meet and a reason."""
    rules = record_screening(session, case, Act.REFUSE)
    template = await template_of(session, case.cycle)
    names = {rule.code: rule.name for rule in template.rules}
    await write(
        session,
        case,
        "application_refused",
        reasons=tuple(names[code] for code in rules if code in names),
        reason=reason(case),
    )


async def ask_complements(session: AsyncSession, case: Case) -> None:
    """Ask once for what is missing, with a due date."""
    earlier = await session.execute(
        select(col(Screening.id)).where(
            col(Screening.application_id) == case.application.id,
            col(Screening.decision) == Act.ASK_COMPLEMENTS,
        )
    )
    if earlier.first() is not None:
        raise Refusal(N_("Un complément a déjà été demandé une fois pour cette candidature."))
    record_screening(session, case, Act.ASK_COMPLEMENTS)
    until = case.at + case.calendar.complements_within
    case.application.complements_until = until
    await write(
        session,
        case,
        "complements_requested",
        reason=reason(case),
        complements_until=until,
    )


def record_screening(session: AsyncSession, case: Case, decision: Act) -> list[str]:
    """Keep the decision with its reason; gives the rules that it names."""
    request = case.request
    if request is None:
        return []
    rules = [str(code) for code in request.payload.get("rules", [])]
    session.add(
        Screening(
            application_id=case.application.id,
            decision=decision,
            rules=rules,
            reason=reason(case),
            by_person=request.by_person,
            at=case.at,
            request_id=request.id,
        )
    )
    return rules
