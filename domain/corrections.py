"""A correction of a published palmarès: who may make it, and where it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.phases import Phase
from domain.refusals import N_, Refusal


class CorrectionKind(StrEnum):
    """What is corrected."""

    REMOVED = "laureate_removed"
    REPLACED = "laureate_replaced"
    RENAMED = "name_corrected"
    NOMINATED = "nominee_added"
    STRUCK = "nominee_removed"
    ERASED = "erasure"


class CorrectionStep(StrEnum):
    """Where a correction stands."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    DISMISSED = "dismissed"
    LAPSED = "lapsed"


class CorrectionAct(StrEnum):
    """What a second person does of it."""

    CONFIRM = "confirm_correction"
    DISMISS = "dismiss_correction"


KIND_NAMES = {
    CorrectionKind.REMOVED: N_("Retirer le trophée"),
    CorrectionKind.REPLACED: N_("Désigner un autre lauréat"),
    CorrectionKind.RENAMED: N_("Corriger un nom ou un titre"),
    CorrectionKind.NOMINATED: N_("Ajouter un nommé"),
    CorrectionKind.STRUCK: N_("Retirer un nommé"),
    CorrectionKind.ERASED: N_("Effacer un nom"),
}
STEP_NAMES = {
    CorrectionStep.PROPOSED: N_("Proposée"),
    CorrectionStep.PUBLISHED: N_("Publiée"),
    CorrectionStep.DISMISSED: N_("Écartée"),
    CorrectionStep.LAPSED: N_("Sans suite"),
}
# What the public reads of it, beside the date and the reason.
PUBLIC_NAMES = {
    CorrectionKind.REMOVED: N_("Trophée retiré"),
    CorrectionKind.REPLACED: N_("Lauréat désigné"),
    CorrectionKind.RENAMED: N_("Nom ou titre corrigé"),
    CorrectionKind.NOMINATED: N_("Nommé ajouté"),
    CorrectionKind.STRUCK: N_("Nommé retiré"),
    CorrectionKind.ERASED: N_("Nom effacé"),
}

CONFIRM_WITHIN = timedelta(days=30)
CORRECTED = frozenset({Phase.PUBLISHED, Phase.CLOSED})
ALONE = N_(
    "Une correction se confirme à deux, et personne d'autre n'organise ce cycle : faites d'abord "
    "nommer une seconde personne."
)
STALE = N_(
    "Le palmarès a été corrigé depuis cette proposition : écartez-la, puis proposez de nouveau à "
    "partir de la version publiée."
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who proposed a correction, and who would confirm or dismiss it."""

    proposed_by: str
    by: str


def check_correctable(phase: Phase) -> None:
    """Refuse to correct what nobody has read yet."""
    if phase not in CORRECTED:
        raise Refusal(N_("Seul un palmarès publié se corrige : celui-ci ne l'est pas encore."))


def check_answerable(step: CorrectionStep) -> None:
    """Refuse a second answer."""
    if step is not CorrectionStep.PROPOSED:
        raise Refusal(N_("Cette correction n'attend plus de réponse."))


def check_second_person(act: CorrectionAct, signature: Signature) -> None:
    """What is published is confirmed by somebody else; who proposed may still take it back."""
    if act is CorrectionAct.CONFIRM and signature.proposed_by == signature.by:
        raise Refusal(
            N_("Vous avez proposé cette correction : c'est à une autre personne de la confirmer.")
        )


def lapses_at(proposed_at: datetime) -> datetime:
    """Until when a second person may answer."""
    return proposed_at + CONFIRM_WITHIN
