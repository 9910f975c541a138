"""The grand prize of the jury, in the deliberation of the final: one of its laureates, or nobody."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.jury.bench import SHUT_BY_PHASE, chaired, may_decide
from api.pages.jury.complaints import Complaints, in_words, only
from api.pages.jury.deciding import NO_LAUREATE
from api.pages.jury.deliberation import OVER
from api.pages.jury.shut import shut_page
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from api.pages.request_ids import uuid_in
from domain.grand_prize import NOT_A_LAUREATE, GrandPrize, grand_prize_of, objection_to
from domain.judging import SpecialPrize
from domain.levels import Level
from domain.refusals import N_
from storage.drafts.deliberation import Decided, save_decision
from storage.reads.decisions import Chosen, DecisionLine, decisions_of
from storage.reads.jury import Seat

router = APIRouter()

PAGE = SEAT + "/deliberation/grand-prix"
LONGEST_REASON = 2000
TOO_LONG = N_("%(count)s caractères, pour %(limit)s au plus.")
NOTED = N_("Le choix du grand prix est noté.")


@router.get(PAGE)
async def show(visit: AtSeat) -> Response:
    """The laureates of the final, and which of them has the grand prize."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        prize, decisions = prize_in(seat), await decisions_of(session, seat.cycle.id)
    decided = decisions.get(prize.code)
    chosen = NO_LAUREATE if decided and decided.laureate is None else ""
    if decided and decided.laureate:
        chosen = str(decided.laureate.application_id)
    return _shown(visit, seat, decisions, chosen, decided.reason if decided else "")


@router.post(PAGE)
async def decide(visit: AtSeat, form: Form) -> Response:
    """Keep the choice of the jury, with its reason."""
    chosen, reason = form.get("laureate"), form.get("reason").strip()
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        prize, decisions = prize_in(seat), await decisions_of(session, seat.cycle.id)
        wrong, status = _complaints(laureates_in(seat, decisions), chosen, reason), 422
        if not wrong:
            if await _saved(session, seat, prize, chosen, reason):
                return visit.screen.go(f"/jury/{visit.juror_id}/deliberation", NOTED)
            wrong, status = only("", OVER), 409
    return _shown(visit, seat, decisions, chosen, reason, status, wrong)


def prize_in(seat: Seat) -> SpecialPrize:
    """The grand prize of this jury, which only the final has."""
    prize = grand_prize_of(seat.template, Level(seat.cycle.level))
    if prize is None:
        raise NotFound
    return prize


def laureates_in(seat: Seat, decisions: Mapping[str, DecisionLine]) -> Mapping[str, Chosen]:
    """Those who won a category of the final, as decided so far."""
    decided = (decisions.get(each.code) for each in seat.template.categories)
    found = (each.laureate for each in decided if each is not None and each.awards)
    return {str(each.application_id): each for each in found if each is not None}


async def _saved(
    session: AsyncSession, seat: Seat, prize: SpecialPrize, chosen: str, reason: str
) -> bool:
    laureate = None if chosen == NO_LAUREATE else UUID(chosen)
    written = Decided(prize.code, laureate, (), reason)
    return await save_decision(session, seat.cycle.id, written) is not None


def _complaints(laureates: Mapping[str, Chosen], chosen: str, reason: str) -> Complaints:
    if chosen != NO_LAUREATE and uuid_in(chosen) is None:
        return only("laureate", NOT_A_LAUREATE)
    choice = GrandPrize(None if chosen == NO_LAUREATE else chosen, reason)
    if objection := objection_to(choice, laureates):
        return only("laureate" if objection == NOT_A_LAUREATE else "reason", objection)
    if len(reason) > LONGEST_REASON:
        return only("reason", TOO_LONG, count=len(reason), limit=LONGEST_REASON)
    return {}


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    seat: Seat,
    decisions: Mapping[str, DecisionLine],
    chosen: str,
    reason: str,
    status: int = 200,
    complaints: Complaints | None = None,
) -> Response:
    return visit.screen.show(
        "pages/jury/prize.html",
        status,
        seat=seat,
        base=f"/jury/{visit.juror_id}",
        prize=prize_in(seat),
        laureates=laureates_in(seat, decisions),
        names={each.code: each.name for each in seat.template.categories},
        chosen=chosen,
        nobody=NO_LAUREATE,
        reason=reason,
        may_decide=may_decide(seat),
        complaints=in_words(visit.screen, complaints),
    )
