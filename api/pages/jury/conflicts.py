"""Declaring conflicts of interest, before any file is read and whenever one comes to mind."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.jury.asking import Wish, next_request_id, uuid_in, written_down
from api.pages.jury.complaints import Complaints, in_words, refused
from api.pages.jury.declaration import (
    Declaration,
    complaints_about,
    declaration_in,
    reasons_missing,
)
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from api.rights import juror_of
from domain.conflicts import TIE_NAMES
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import N_, Refusal
from storage.reads.jury import Seat, seat_of
from storage.reads.jury_conflicts import CandidatePage, candidate_page, known_candidates

router = APIRouter()

TOO_EARLY = frozenset({Phase.PREPARED, Phase.OPEN})
OPEN = frozenset({Phase.SCREENING, Phase.EVALUATION})
NOTHING_TICKED = Declaration({}, has_none=False)


@router.get(SEAT + "/conflits")
async def show(visit: AtSeat) -> Response:
    """The candidates, each to be ticked or not."""
    seat, candidates = await _listed(visit)
    return _shown(visit, seat, candidates)


@router.post(SEAT + "/conflits")
async def declare(visit: AtSeat, form: Form) -> Response:
    """Turn the page, keeping what is ticked, or declare it all."""
    declaration, here = declaration_in(form), uuid_in(form.get("here"))
    unsaid = reasons_missing(declaration)
    if "turn" in form and not unsaid:
        there = uuid_in(form.get("turn"))
        return _shown(visit, *await _listed(visit, there), declaration, there)
    seat, candidates = await _listed(visit, here)
    if seat.phase not in OPEN:
        return _shown(visit, seat, candidates, declaration, here, 409)
    async with visit.db.transaction() as session:
        known = await known_candidates(session, seat.juror, declaration.applications)
    wrong = unsaid or complaints_about(declaration, known, has_declared=seat.has_declared)
    if wrong:
        return _shown(visit, seat, candidates, declaration, here, 422, wrong)
    try:
        wish = Wish("declare_conflicts", f"juror:{visit.juror_id}", declaration.payload())
        asked = await written_down(visit, form, wish)
        await visit.engine.declare_conflicts(str(seat.cycle.id), str(visit.juror_id), asked)
    except Refusal as refusal:
        again, said = next_request_id(form, refusal), refused(refusal)
        return _shown(visit, seat, candidates, declaration, here, 409, said, again)
    return visit.screen.go(
        f"/jury/{visit.juror_id}", N_("Votre déclaration est enregistrée. Merci.")
    )


async def _listed(visit: SeatVisit, after: UUID | None = None) -> tuple[Seat, CandidatePage | None]:
    """The seat, and some candidates once the call is closed."""
    async with visit.db.transaction() as session:
        seat = await seat_of(session, await juror_of(session, visit.viewer, visit.juror_id))
        if seat.status is not JurorStatus.ACCEPTED:
            raise Forbidden(
                N_("Cette liste s'ouvre aux membres du jury qui ont accepté d'y siéger.")
            )
        if seat.phase in TOO_EARLY:
            return seat, None
        return seat, await candidate_page(session, seat.juror, after)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    seat: Seat,
    candidates: CandidatePage | None,
    declaration: Declaration = NOTHING_TICKED,
    here: UUID | None = None,
    status: int = 200,
    complaints: Complaints | None = None,
    request_id: UUID | None = None,
) -> Response:
    shown = {each.application_id for each in candidates.candidates} if candidates else set[UUID]()
    return visit.screen.show(
        "pages/jury/conflicts.html",
        status,
        seat=seat,
        base=f"/jury/{seat.juror.id}",
        names={category.code: category.name for category in seat.template.categories},
        candidates=candidates,
        declaration=declaration,
        carried={each: why for each, why in declaration.reasons.items() if each not in shown},
        tie_choices=[(each.value, visit.screen.say(name)) for each, name in TIE_NAMES.items()],
        is_open=seat.phase in OPEN,
        here=here,
        request_id=request_id or uuid4(),
        complaints=in_words(visit.screen, complaints),
    )
