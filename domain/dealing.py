"""The words of a deal: its kinds, its rules, what it gave up."""

from enum import StrEnum

from domain.assignment.limits import Rule
from domain.phases import Phase
from domain.refusals import N_, Refusal


class DealKind(StrEnum):
    """Why files were dealt."""

    OPENING = "opening"
    LATE = "late"
    REPAIR = "repair"


KIND_NAMES = {
    DealKind.OPENING: N_("À l'ouverture de l'évaluation"),
    DealKind.LATE: N_("Un dossier ou un juré est arrivé"),
    DealKind.REPAIR: N_("Réparation demandée par l'organisation"),
}

RULE_NAMES = {
    Rule.SPECIALIST: N_("un lecteur au moins connaît le sujet du dossier"),
    Rule.ORGANISATION: N_("jamais deux lecteurs de la même organisation"),
    Rule.REGION: N_("jamais deux lecteurs de la même région"),
    Rule.PARITY: N_("des femmes et des hommes parmi les lecteurs"),
}

EASED_NAMES = {
    "evenness": N_("des charges égales à une lecture près"),
    "least": N_("les lectures promises à chaque juré"),
    "readings": N_("toutes les lectures de chaque dossier"),
    **{rule.value: name for rule, name in RULE_NAMES.items()},
}

OUT_OF_DATE = N_(
    "L'attribution a changé depuis cet aperçu. Voici ce que la réparation donnerait maintenant."
)


def check_repair(phase: Phase) -> None:
    """Refuse a repair when nobody would read what it gives."""
    if phase is not Phase.EVALUATION:
        raise Refusal(N_("Une attribution se répare pendant l'évaluation seulement."))


def check_leavers(*, are_known: bool, has_chair: bool) -> None:
    """Refuse to let somebody go who does not sit, or who presides."""
    if not are_known:
        raise Refusal(N_("Choisissez des personnes qui siègent dans ce jury."))
    if has_chair:
        raise Refusal(
            N_("Cette personne préside le jury : confiez d'abord la présidence à une autre.")
        )
