"""A file doubted once it was admitted: the company answers first, then the organiser decides."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.edition import AttachmentLimits
from domain.final_files import GONE_UP, Entry
from domain.phases import Phase
from domain.refusals import N_, Refusal


class DoubtStep(StrEnum):
    """Where a doubt stands."""

    OPEN = "doubt_open"
    REPLIED = "doubt_replied"
    DROPPED = "doubt_dropped"
    CONFIRMED = "doubt_confirmed"


STEP_NAMES = {
    DoubtStep.OPEN: N_("Réponse de la structure attendue"),
    DoubtStep.REPLIED: N_("La structure a répondu : à décider"),
    DoubtStep.DROPPED: N_("Doute levé"),
    DoubtStep.CONFIRMED: N_("Déclarée non recevable"),
}
PENDING = frozenset({DoubtStep.OPEN, DoubtStep.REPLIED})

SHORTEST_DAYS = 2
LONGEST_DAYS = 30
USUAL_DAYS = 8
# Admitted, and not public yet; what is published is corrected, by two people.
_DOUBTED = frozenset({Phase.SCREENING, Phase.EVALUATION, Phase.DELIBERATION, Phase.DECIDED})
_WAITING_FOR_THE_JURY = frozenset({Phase.PREPARED, Phase.OPEN})

PIECES = AttachmentLimits(
    count=3,
    bytes_each=10_000_000,
    bytes_total=30_000_000,
    types=("application/pdf", "image/jpeg", "image/png"),
)


def may_be_doubted(phase: Phase, entry: Entry) -> bool:
    """Whether an admitted file may be doubted in that phase; those of a final, before it closes too."""
    return phase in _DOUBTED or (entry in GONE_UP and phase in _WAITING_FOR_THE_JURY)


def check_doubt(phase: Phase, entry: Entry) -> None:
    """Refuse to doubt a file too early, or once everybody has read the palmarès."""
    if phase in {Phase.PUBLISHED, Phase.CLOSED, Phase.CANCELLED}:
        raise Refusal(
            N_("Le palmarès est publié : la recevabilité se règle par une correction du palmarès.")
        )
    if not may_be_doubted(phase, entry):
        raise Refusal(
            N_(
                "La recevabilité de ce dossier n'a pas encore été examinée : il n'y a rien à rouvrir."
            )
        )


def reply_until(opened_at: datetime, days: int) -> datetime:
    """Until when the company may answer."""
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        raise Refusal(
            N_("Laissez à la structure entre %(shortest)s et %(longest)s jours pour répondre."),
            shortest=SHORTEST_DAYS,
            longest=LONGEST_DAYS,
        )
    return opened_at + timedelta(days=days)


def check_reply(step: DoubtStep, until: datetime, arrived_at: datetime) -> None:
    """Refuse an answer that nobody waits for, or that arrived after its delay."""
    if step is DoubtStep.REPLIED:
        raise Refusal(
            N_("Votre réponse est déjà arrivée : l'organisation doit maintenant décider.")
        )
    if step is not DoubtStep.OPEN:
        raise Refusal(N_("L'organisation a déjà décidé : aucune réponse n'est plus attendue."))
    if arrived_at > until:
        raise Refusal(
            N_(
                "Le délai pour répondre a pris fin le %(until)s : votre réponse est arrivée après. "
                "Écrivez à l'organisation si un imprévu vous a retenus."
            ),
            until=until,
        )


def check_exclusion(step: DoubtStep, until: datetime, at: datetime) -> None:
    """Refuse to declare a file ineligible before its company has answered, or could have."""
    if step not in PENDING:
        raise Refusal(N_("Aucun doute n'est ouvert sur cette candidature : rechargez la page."))
    if step is DoubtStep.OPEN and at <= until:
        raise Refusal(
            N_(
                "La structure peut répondre jusqu'au %(until)s : attendez sa réponse, ou la fin de "
                "ce délai."
            ),
            until=until,
        )
