"""What was sent, what the register says and what the rules answered, ready to be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.pages.applications.shown import Said, said
from api.screen import Screen
from domain.edition import EditionTemplate, Filler
from domain.partners import print_of, text_seen
from domain.refusals import N_
from domain.registry import RegistryFacts
from domain.texts import Text
from domain.verdicts import Outcome
from storage.reads.organiser.application import ApplicationFile
from wording.typography import day

OUTCOMES = {
    Outcome.PASS: (N_("Remplie"), "good"),
    Outcome.DECLARED: (N_("Déclarée"), "neutral"),
    Outcome.TO_CHECK: (N_("À vérifier"), "attention"),
    Outcome.FAIL: (N_("Non remplie"), "danger"),
}


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule with its answer, the sentence in the reader's words."""

    code: str
    name: Text | None
    is_blocking: bool
    word: str
    tone: str
    sentence: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section with what was answered."""

    title: Text
    answers: tuple[Said, ...]


def rules_said(template: EditionTemplate, file: ApplicationFile) -> tuple[RuleShown, ...]:
    """The verdicts in the order of the rules."""
    rules = {rule.code: rule for rule in template.rules}
    return tuple(
        RuleShown(
            code=each.code,
            name=rules[each.code].name if each.code in rules else None,
            is_blocking=each.code in rules and rules[each.code].blocking,
            word=OUTCOMES[each.outcome][0],
            tone=OUTCOMES[each.outcome][1],
            sentence=each.sentence,
            facts=each.facts,
        )
        for each in file.rules
    )


def sections_said(
    template: EditionTemplate, file: ApplicationFile, year: int, language: str
) -> tuple[SectionShown, ...]:
    """Every section of the form, what was left blank included: the organiser checks it all."""
    answers = dict(file.answers)
    sections = (
        section for filler in Filler for section in template.sections_for(file.category, filler)
    )
    return tuple(
        SectionShown(
            section.title,
            tuple(said(each, answers.get(each.code), year, language) for each in section.questions),
        )
        for section in sections
    )


@dataclass(frozen=True, slots=True)
class Countersigned:
    """When the partner countersigned what was sent, and whether the text was another then."""

    at: datetime
    is_changed: bool


def countersigned(template: EditionTemplate, file: ApplicationFile) -> Countersigned | None:
    """The countersignature of the version that is read; nothing when there is none."""
    if not file.partner:
        return None
    text = text_seen(template, file.category, file.answers)
    return Countersigned(
        datetime.fromisoformat(str(file.partner["countersigned_at"])),
        print_of(text) != file.partner.get("signed"),
    )


def registry_rows(screen: Screen, file: ApplicationFile) -> tuple[tuple[str, str], ...]:
    """What the public register says, as rows to read; nothing when it was not asked."""
    if not file.registry:
        return ()
    return tuple(rows_of(screen, RegistryFacts.from_document(file.registry)))


def rows_of(screen: Screen, facts: RegistryFacts) -> Iterator[tuple[str, str]]:
    """What the register says, in rows to read."""
    yield screen.say(N_("Répertoire")), screen.say(_standing(facts))
    for label, value in (
        (N_("Raison sociale"), facts.name),
        (N_("Commune"), " ".join(filter(None, (facts.city, facts.commune)))),
        (N_("Région"), facts.region),
        (N_("Activité (NAF)"), facts.activity),
        (N_("Tranche d'effectif (Insee)"), facts.size_code),
        (N_("Types de SIAE"), ", ".join(facts.siae_types)),
        (N_("Procédure collective"), facts.insolvency),
    ):
        if value:
            yield screen.say(label), value
    if facts.created_on:
        yield screen.say(N_("Création")), day(facts.created_on, screen.language)


def _standing(facts: RegistryFacts) -> str:
    if not facts.answered:
        return N_("Le répertoire n'a pas répondu : à vérifier à la main.")
    if not facts.found:
        return N_("Ce SIRET ne figure pas au répertoire.")
    return (
        N_("Établissement en activité.")
        if facts.active
        else N_("Établissement fermé, ou d'activité inconnue.")
    )
