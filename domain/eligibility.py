"""May this candidate take part? One verdict for each rule of the edition."""

from collections.abc import Iterable

from domain.edition import EditionTemplate, Rule
from domain.eligibility_checks import CHECKS
from domain.eligibility_facts import CharterStanding, EligibilityFacts, RegistryFacts
from domain.verdicts import Outcome, Verdict

__all__ = [
    "CharterStanding",
    "EligibilityFacts",
    "Outcome",
    "RegistryFacts",
    "Verdict",
    "blocking_failures",
    "is_admissible",
    "left_to_check",
    "verdicts",
]


def verdicts(template: EditionTemplate, facts: EligibilityFacts) -> tuple[Verdict, ...]:
    """What each rule that concerns the category says, in the order of the template."""
    return tuple(
        CHECKS[rule.check](rule, facts) for rule in template.rules if _concerns(rule, facts)
    )


def _concerns(rule: Rule, facts: EligibilityFacts) -> bool:
    return not rule.only_for or facts.category in rule.only_for


def blocking_failures(found: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts for which a candidate is refused."""
    return tuple(each for each in found if each.rule.blocking and each.outcome is Outcome.FAIL)


def left_to_check(found: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that wait for somebody, or for a register."""
    return tuple(each for each in found if each.outcome is Outcome.TO_CHECK)


def is_admissible(found: Iterable[Verdict]) -> bool:
    """Whether no blocking rule has failed or remains to be checked."""
    doubtful = (Outcome.FAIL, Outcome.TO_CHECK)
    return not any(each.rule.blocking and each.outcome in doubtful for each in found)
