"""A mailing that people look after: held until a second person releases it, paused, cancelled."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.phases import Phase
from domain.refusals import N_, Refusal


class MailingStep(StrEnum):
    """Where a mailing stands."""

    HELD = "held"
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"


class MailingAct(StrEnum):
    """What a person does of a mailing that is there."""

    RELEASE = "release_mailing"
    PAUSE = "pause_mailing"
    RESUME = "resume_mailing"
    CANCEL = "cancel_mailing"


# The agreement to send results that is given under embargo, before any of their letters is there.
APPROVE = "approve_results"
STEP_NAMES = {
    MailingStep.HELD: N_("Retenu"),
    MailingStep.SENDING: N_("En cours"),
    MailingStep.PAUSED: N_("Suspendu"),
    MailingStep.SENT: N_("Terminé"),
    MailingStep.CANCELLED: N_("Abandonné"),
}
WAITING = frozenset({MailingStep.HELD, MailingStep.PAUSED})
OVER = frozenset({MailingStep.SENT, MailingStep.CANCELLED})
MOVES: Mapping[MailingAct, tuple[frozenset[MailingStep], MailingStep]] = {
    MailingAct.RELEASE: (frozenset({MailingStep.HELD}), MailingStep.SENDING),
    MailingAct.PAUSE: (frozenset({MailingStep.SENDING}), MailingStep.PAUSED),
    MailingAct.RESUME: (frozenset({MailingStep.PAUSED}), MailingStep.SENDING),
    MailingAct.CANCEL: (WAITING, MailingStep.CANCELLED),
}
REFUSALS = {
    MailingStep.HELD: N_("Cet envoi attend d'abord l'accord d'une seconde personne."),
    MailingStep.SENDING: N_("Cet envoi est en cours : suspendez-le d'abord."),
    MailingStep.PAUSED: N_("Cet envoi est suspendu."),
    MailingStep.SENT: N_(
        "Cet envoi est terminé : chaque lettre se renvoie seule, depuis le registre."
    ),
    MailingStep.CANCELLED: N_("Cet envoi est abandonné."),
}


@dataclass(frozen=True, slots=True)
class Release:
    """Who signed what the letters say, who would release them, and whether one person may do both."""

    signed_by: Collection[str]
    by: str
    may_be_alone: bool = False

    @property
    def is_alone(self) -> bool:
        """Whether the same person signed."""
        return self.by in self.signed_by


def after(step: MailingStep, act: MailingAct) -> MailingStep:
    """Where the act leads; refused where the mailing stands."""
    possible, then = MOVES[act]
    if step not in possible:
        raise Refusal(REFUSALS[step])
    return then


def check_second_person(release: Release) -> None:
    """Refuse results from the hand that signed them, unless the platform says that one is enough."""
    if release.is_alone and not release.may_be_alone:
        raise Refusal(
            N_(
                "Vous avez signé la décision : c'est à une autre personne qui organise ce cycle "
                "d'envoyer les résultats."
            )
        )


def check_approvable(phase: Phase) -> None:
    """Refuse an agreement on results that are not signed, or already out."""
    if phase is not Phase.DECIDED:
        raise Refusal(
            N_(
                "L'envoi des résultats s'approuve entre la signature du procès-verbal et la publication."
            )
        )


def results_of(cycle: str) -> str:
    """The mailing of the results of a cycle."""
    return f"results:{cycle}"
