"""When a yearly report may be written: while it is due, and until it is sent."""

from domain.charter.situation import Situation, Step
from domain.charter.states import ENDED, State
from domain.refusals import N_, Refusal

_SENT = N_(
    "Ce bilan est envoyé : il reste lisible, sans pouvoir être modifié pendant que l’organisateur "
    "l’examine."
)
_ACCEPTED = N_("Ce bilan est accepté : il reste lisible, tel que reçu.")
_PAST = N_("Ce bilan est celui d’une année passée : il reste lisible, sans pouvoir être modifié.")
_ENDED = N_("Cette adhésion a pris fin : ses bilans restent lisibles, rien de plus.")
_CEASED = N_(
    "L’établissement est fermé selon le répertoire public : désignez d’abord celui qui lui succède."
)
_NOT_DUE = N_("Aucun bilan %(year)s n’est attendu.")


def check_report_writable(situation: Situation, year: int) -> None:
    """Refuse to write in a report that is not due, or no longer, saying why."""
    report = situation.report
    if report is None or year > report.year:
        raise Refusal(_NOT_DUE, year=year)
    if situation.state in ENDED:
        raise Refusal(_ENDED)
    if year < report.year:
        raise Refusal(_PAST)
    if report.step is Step.ACCEPTED:
        raise Refusal(_ACCEPTED)
    if report.step is Step.SUBMITTED:
        raise Refusal(_SENT)
    if situation.state is State.CEASED:
        raise Refusal(_CEASED)
