"""The charter has decided on a company: its applications to the trophies read the rule again."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import ENDED, Status
from domain.conditions import RuleCheck
from domain.eligibility import Outcome, Verdict, verdicts
from storage.acts.case import Case, opened, write
from storage.acts.eligibility_facts import facts_about
from storage.acts.submission import written
from storage.journal import write_line
from storage.templates import template_of

ACT = "charter_decided"
DOUBTFUL = frozenset({Outcome.FAIL, Outcome.TO_CHECK})


async def hear_of_the_charter(session: AsyncSession, application: str, at: datetime) -> int:
    """Look at the rule of the charter again; answers how many verdicts changed, and writes of it."""
    case = await opened(session, application, None, at)
    if case.application.status in ENDED | {Status.DRAFT} or not case.application.verdicts:
        return 0
    template = await template_of(session, case.cycle)
    found = verdicts(template, await facts_about(session, case))
    news = [each for each in found if each.rule.check is RuleCheck.CHARTER]
    changed = [each for each in news if _replace(case, each)]
    for verdict in changed:
        await _tell(session, case, verdict)
    return len(changed)


def _replace(case: Case, verdict: Verdict) -> bool:
    """Put a verdict in the place of the earlier one; false when it says the same."""
    before = case.application.verdicts or []
    after = [written(verdict) if each["rule"] == verdict.rule.code else each for each in before]
    outcomes = {each["rule"]: each["outcome"] for each in before}
    if outcomes.get(verdict.rule.code) == verdict.outcome:
        return False
    case.application.verdicts = after
    case.application.admissible = not any(
        each["blocking"] and each["outcome"] in DOUBTFUL for each in after
    )
    return True


async def _tell(session: AsyncSession, case: Case, verdict: Verdict) -> None:
    status = case.application.status
    write_line(
        session,
        subject=case.subject,
        act=ACT,
        at=case.at,
        before=status,
        after=status,
        reason=verdict.outcome,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )
    if verdict.outcome is not Outcome.TO_CHECK:
        await write(
            session,
            case,
            "application_charter_decided",
            key=f"application_charter_decided:{case.application.id}:{verdict.outcome}",
            accepted=verdict.outcome is Outcome.PASS,
        )
