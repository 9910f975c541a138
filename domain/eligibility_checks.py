"""The tests of eligibility, one function each."""

from collections.abc import Callable

from domain.answers import TICKED
from domain.civil import months_before
from domain.conditions import Rule, RuleCheck
from domain.eligibility_facts import CharterStanding, EligibilityFacts
from domain.refusals import N_
from domain.verdicts import Outcome, Verdict, fails, passes, waits


def _registered(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.registry is None:
        return waits(rule, N_("Le répertoire public n’a pas encore répondu."))
    if facts.registry.found:
        return passes(rule, N_("L’établissement figure au répertoire public."))
    if facts.registry.verified:
        return passes(rule, N_("Un justificatif d’immatriculation a été accepté."))
    return fails(
        rule,
        N_("Ce SIRET ne figure pas au répertoire public. Vous pouvez joindre un justificatif."),
    )


def _active(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.registry is None or facts.registry.active is None:
        return waits(rule, N_("L’activité de l’établissement est à vérifier."))
    if facts.registry.active:
        return passes(rule, N_("L’établissement est en activité."))
    return fails(rule, N_("L’établissement est fermé selon le répertoire public."))


def _age(rule: Rule, facts: EligibilityFacts) -> Verdict:
    months = rule.settings["months"]
    if facts.registry is None or facts.registry.created_on is None:
        return waits(rule, N_("La date de création est à vérifier."))
    if facts.registry.created_on <= months_before(facts.closing_day, months):
        return passes(
            rule, N_("La structure existe depuis au moins %(months)s mois."), months=months
        )
    return fails(
        rule,
        N_("La structure doit exister depuis au moins %(months)s mois à la clôture."),
        months=months,
    )


def _no_liquidation(rule: Rule, facts: EligibilityFacts) -> Verdict:
    liquidation = facts.registry.in_liquidation if facts.registry else None
    if liquidation is None:
        return _on_honour(rule, facts)
    if liquidation:
        return fails(rule, N_("La structure est en liquidation judiciaire."))
    return passes(rule, N_("Aucune liquidation judiciaire n’est publiée."))


def _charter(rule: Rule, facts: EligibilityFacts) -> Verdict:
    match facts.charter:
        case None:
            return _on_honour(rule, facts)
        case CharterStanding.IN_ORDER:
            return passes(rule, N_("La structure est signataire de la charte, à jour."))
        case CharterStanding.FILED:
            return waits(
                rule,
                N_("L’adhésion à la charte a été déposée à temps : la décision est attendue."),
            )
        case CharterStanding.REFUSED:
            return fails(rule, N_("L’adhésion à la charte, déposée à temps, n’a pas été acceptée."))
        case CharterStanding.NONE:
            return fails(
                rule,
                N_(
                    "La structure doit être signataire de la charte, ou déposer son adhésion "
                    "avant la clôture."
                ),
            )


def _recent_action(rule: Rule, facts: EligibilityFacts) -> Verdict:
    months, years = rule.settings["months"], rule.settings["years"]
    started, ended = (facts.date_answered(code) for code in rule.questions)
    if started is None:
        return waits(rule, N_("La date de début de l’action est à donner."))
    if ended and ended < started:
        return fails(rule, N_("La date de fin de l’action vient avant sa date de début."))
    if started > months_before(facts.closing_day, months):
        return fails(
            rule,
            N_("L’action doit avoir commencé au moins %(months)s mois avant la clôture."),
            months=months,
        )
    first_year = facts.closing_day.year - years
    if ended and ended.year < first_year:
        return fails(
            rule, N_("L’action doit avoir été active en %(year)s ou après."), year=first_year
        )
    return passes(rule, N_("L’action est assez ancienne, et assez récente."))


def _territory(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if all(facts.answers.get(code) for code in rule.questions):
        return passes(rule, N_("Le territoire de l’action est indiqué."))
    return waits(rule, N_("Le territoire de l’action est à préciser."))


def _application_limits(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.same_siret_and_category >= rule.settings["files"]:
        return fails(rule, N_("Cet établissement a déjà une candidature dans cette catégorie."))
    if facts.other_categories >= rule.settings["categories"]:
        return fails(
            rule,
            N_("Cet établissement est déjà candidat dans %(count)s catégories, le maximum permis."),
            count=facts.other_categories,
        )
    return passes(rule, N_("Le nombre de candidatures est respecté."))


def _not_a_recent_laureate(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.recent_laureate is None:
        return _on_honour(rule, facts)
    if facts.recent_laureate:
        return fails(
            rule,
            N_("La structure a reçu ce trophée lors des %(editions)s dernières éditions."),
            editions=rule.settings["editions"],
        )
    return passes(rule, N_("La structure n’a pas reçu ce trophée récemment."))


def _partner(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.partner_confirmed is False:
        return fails(rule, N_("Le partenaire n’a pas contresigné dans le délai."))
    if facts.partner_is_inclusive is False:
        return fails(
            rule,
            N_(
                "Le répertoire public ne connaît pas le partenaire nommé au dossier comme "
                "structure d’insertion de ce type."
            ),
        )
    if not facts.partner_confirmed:
        return waits(rule, N_("Le partenaire n’a pas encore contresigné."))
    if facts.partner_is_inclusive is None:
        return waits(
            rule, N_("Le partenaire a contresigné ; son type de structure est à vérifier.")
        )
    return passes(rule, N_("Le partenaire est identifié et a contresigné."))


def _no_tie_to_organiser(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if facts.tied_to_organiser is None:
        return _on_honour(rule, facts)
    if facts.tied_to_organiser:
        return fails(rule, N_("La structure est liée à l’organisation, à un financeur ou au jury."))
    return passes(rule, N_("Aucun lien avec l’organisation n’est connu."))


def _admitted_kind(rule: Rule, facts: EligibilityFacts) -> Verdict:
    kind = facts.answer(rule.questions[0])
    if not kind:
        return waits(rule, N_("La nature de la structure est à préciser."))
    admitted = {
        admission.kind
        for admission in rule.admitted
        if not admission.only_for or facts.category in admission.only_for
    }
    if kind in admitted:
        return passes(rule, N_("Cette nature de structure est admise dans la catégorie."))
    return fails(rule, N_("Cette nature de structure n’est pas admise dans la catégorie."))


def _on_honour(rule: Rule, facts: EligibilityFacts) -> Verdict:
    if not rule.questions:
        return waits(rule, N_("Cette condition est à vérifier."))
    if all(facts.answer(code) == TICKED for code in rule.questions):
        return Verdict(rule, Outcome.DECLARED, N_("Déclaré sur l’honneur."))
    return fails(rule, N_("La déclaration sur l’honneur est à cocher."))


CHECKS: dict[RuleCheck, Callable[[Rule, EligibilityFacts], Verdict]] = {
    RuleCheck.REGISTERED: _registered,
    RuleCheck.ACTIVE: _active,
    RuleCheck.AGE: _age,
    RuleCheck.NO_LIQUIDATION: _no_liquidation,
    RuleCheck.CHARTER: _charter,
    RuleCheck.RECENT_ACTION: _recent_action,
    RuleCheck.TERRITORY: _territory,
    RuleCheck.APPLICATION_LIMITS: _application_limits,
    RuleCheck.NOT_A_RECENT_LAUREATE: _not_a_recent_laureate,
    RuleCheck.PARTNER: _partner,
    RuleCheck.NO_TIE_TO_ORGANISER: _no_tie_to_organiser,
    RuleCheck.DECLARATIONS: _on_honour,
    RuleCheck.ADMITTED_KIND: _admitted_kind,
}
