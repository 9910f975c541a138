"""Coming back after a withdrawal: until when, and to what."""

from datetime import datetime

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.refusals import N_, Refusal

TAKEN = N_(
    "Une autre candidature de cet établissement a pris la place dans cette catégorie : retirez-la "
    "d'abord, ou poursuivez avec elle."
)
_OVER = N_("Ce cycle est annulé : aucune candidature ne peut y revenir.")
_NEVER_SENT = N_(
    "Les candidatures sont closes, et celle-ci n'avait jamais été envoyée : il n'y a rien à examiner."
)
_TOO_LATE = N_(
    "L'examen de la recevabilité est terminé : une candidature retirée ne peut plus revenir."
)


def back_to(version: int, phase: Phase, calendar: CycleCalendar, at: datetime) -> Status:
    """Where a withdrawn application comes back, by the arrival of who asks; or why it may not.

    Until the closing it is what it was: a draft, or the version last sent. After it, the organiser
    decides about the version last sent, until the end of screening.
    """
    if phase is Phase.CANCELLED:
        raise Refusal(_OVER)
    if at <= calendar.closes_at:
        return Status.SUBMITTED if version else Status.DRAFT
    if not version:
        raise Refusal(_NEVER_SENT)
    if at > calendar.screening_until:
        raise Refusal(_TOO_LATE)
    return Status.RETURNING
