"""When an entry file may be written: before it is decided, and again before each new term."""

from datetime import date, datetime

from domain.charter.closed_files import how_it_ended
from domain.charter.dates import end_of_month, first_term, months_after, renewal_opens
from domain.charter.periods import CharterPeriods
from domain.charter.situation import Situation
from domain.charter.states import ALLOWED, ENDED, ENTERING, Act, State
from domain.refusals import N_, Refusal

_FILED = N_("Ce dossier est signé et déposé : il reste lisible, sans pouvoir être modifié.")
_ENDED = N_("Ce dossier est clos : il reste lisible, rien de plus.")
_TOO_LATE = N_("Le délai pour compléter ce dossier est passé : il reste lisible, tel que reçu.")
_SIGNED = N_(
    "Les engagements sont signés : ils pourront être revus à l’ouverture du renouvellement."
)


def check_writable(situation: Situation, periods: CharterPeriods, now: datetime) -> None:
    """Refuse to write in a file that is signed or closed, saying why."""
    state, until = situation.state, situation.complements_until
    if state is State.DRAFT or is_renewing(situation, periods, now):
        return
    if state is State.COMPLEMENTS:
        if until is not None and now > until:
            raise Refusal(_TOO_LATE)
        return
    if state is State.FILED:
        raise Refusal(_FILED)
    if state is State.ABANDONED:
        raise how_it_ended(situation)
    raise Refusal(_ENDED if state in ENDED else _SIGNED)


def is_renewing(situation: Situation, periods: CharterPeriods, now: datetime) -> bool:
    """Whether a new term may be signed now, with commitments and targets for it."""
    term = situation.term_on
    if term is None or situation.state not in ALLOWED[Act.RENEW]:
        return False
    return now >= renewal_opens(term, situation, periods)


def term_to_sign(situation: Situation, periods: CharterPeriods, now: datetime) -> date:
    """The last day of the term for which the file would be signed now."""
    term = situation.term_on
    if situation.state in ENTERING or term is None:
        return first_term(situation.day_of(now), periods)
    return end_of_month(months_after(term, periods.term_months))
