"""What a juror's own page is about, by where the juror and the cycle stand."""

from enum import StrEnum

from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.reads.jury import Seat


class Moment(StrEnum):
    """What there is to do, or to wait for; each has its template."""

    INVITED = "invited"
    LEFT = "left"
    CANCELLED = "cancelled"
    WAITING_FOR_CANDIDATES = "waiting_for_candidates"
    CONFLICTS = "conflicts"
    WAITING_FOR_CARDS = "waiting_for_cards"
    CARDS = "cards"
    EVALUATED = "evaluated"
    PUBLISHED = "published"


BEFORE_CONFLICTS = {
    Phase.SCREENING: Moment.CONFLICTS,
    Phase.EVALUATION: Moment.CONFLICTS,
}
ACCEPTED = {
    Phase.PREPARED: Moment.WAITING_FOR_CANDIDATES,
    Phase.OPEN: Moment.WAITING_FOR_CANDIDATES,
    Phase.SCREENING: Moment.WAITING_FOR_CARDS,
    Phase.EVALUATION: Moment.CARDS,
    Phase.DELIBERATION: Moment.EVALUATED,
    Phase.DECIDED: Moment.EVALUATED,
    Phase.PUBLISHED: Moment.PUBLISHED,
    Phase.CLOSED: Moment.PUBLISHED,
}


def moment_of(seat: Seat) -> Moment:
    """What the page of this juror shows now."""
    if seat.phase is Phase.CANCELLED:
        return Moment.CANCELLED
    if seat.status is JurorStatus.INVITED:
        return Moment.INVITED
    if seat.status is not JurorStatus.ACCEPTED:
        return Moment.LEFT
    if not seat.has_declared:
        return BEFORE_CONFLICTS.get(seat.phase, ACCEPTED[seat.phase])
    return ACCEPTED[seat.phase]
