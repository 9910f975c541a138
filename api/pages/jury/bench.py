"""The chair at the head of a jury: who may deliberate, and when."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.errors import Forbidden
from api.pages.jury.shut import Shut
from api.pages.jury.visit import SeatVisit
from api.rights import chair_of
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import N_
from storage.reads.jury import Seat, seat_of

NOT_YET = Shut(
    N_("La délibération s'ouvre quand la notation est close et le classement arrêté."), 409
)
OVER = Shut(
    N_("Le palmarès est public : la délibération ne se relit plus que dans le procès-verbal.")
)
SHUT_BY_PHASE = {
    Phase.PREPARED: NOT_YET,
    Phase.OPEN: NOT_YET,
    Phase.SCREENING: NOT_YET,
    Phase.EVALUATION: NOT_YET,
    Phase.PUBLISHED: OVER,
    Phase.CLOSED: OVER,
    Phase.CANCELLED: Shut(N_("Ce cycle a été annulé : il n'y a rien à délibérer.")),
}


async def chaired(session: AsyncSession, visit: SeatVisit) -> Seat:
    """The seat of the chair, in service."""
    seat = await seat_of(session, await chair_of(session, visit.viewer, visit.juror_id))
    if seat.status is not JurorStatus.ACCEPTED:
        raise Forbidden(N_("La délibération est conduite par la présidence du jury."))
    return seat


def may_decide(seat: Seat) -> bool:
    """Whether decisions may still be written."""
    return seat.phase is Phase.DELIBERATION
