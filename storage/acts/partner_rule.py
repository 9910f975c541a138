"""The rule of partnerships, asked again when its answer may have changed since the file was sent."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.conditions import RuleCheck
from domain.eligibility import Outcome, verdicts
from storage.acts.case import Case
from storage.acts.eligibility_facts import facts_about
from storage.acts.submission import written
from storage.templates import template_of

DOUBTFUL = (Outcome.FAIL, Outcome.TO_CHECK)


async def look_again(session: AsyncSession, case: Case) -> None:
    """Have the rule of partnerships answer anew; the others keep what they said of what was sent."""
    template = await template_of(session, case.cycle)
    fresh = {
        each.rule.code: written(each)
        for each in verdicts(template, await facts_about(session, case))
        if each.rule.check is RuleCheck.PARTNER
    }
    said = [fresh.get(str(each["rule"]), each) for each in case.application.verdicts or ()]
    case.application.verdicts = said
    case.application.admissible = not any(
        each["blocking"] and each["outcome"] in DOUBTFUL for each in said
    )
