"""The chair decides again, under embargo, for a category whose laureate or nominee has gone."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.jury.asking import Wish, next_request_id, uuid_in, written_down
from api.pages.jury.bench import SHUT_BY_PHASE, chaired
from api.pages.jury.complaints import Complaints, in_words, only, refused
from api.pages.jury.deciding import LONGEST_REASON, NO_LAUREATE
from api.pages.jury.shut import Shut, shut_page
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from domain.amending import NOTHING_TO_AMEND, UNEXPLAINED
from domain.phases import CycleAct, Phase
from domain.refusals import N_, Refusal
from domain.wire.cycle import AskOfCycle
from storage.reads.amendable import Amendable, to_amend
from storage.reads.jury import Seat

router = APIRouter()

PAGE = SEAT + "/deliberation/{code}/rectification"
HOLDS = Shut(NOTHING_TO_AMEND, 409)
CHOOSE = N_("Choisissez le dossier lauréat, ou « aucun lauréat ».")
TOO_LONG = N_("Ce texte est trop long : 2 000 caractères au plus.")
SIGNED = N_("La décision est rectifiée et signée. L'organisation en est avertie.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form said, to be shown again."""

    request_id: UUID
    laureate: str = ""
    reason: str = ""


@router.get(PAGE)
async def show(visit: AtSeat, code: str) -> Response:
    """Who has gone, who is next in rank, and what was decided."""
    seat, about = await _about(visit, code)
    if seat.phase in SHUT_BY_PHASE:
        return shut_page(visit, SHUT_BY_PHASE[seat.phase])
    if about is None:
        return shut_page(visit, HOLDS)
    proposed = str(about.proposed) if about.proposed else ""
    return _shown(visit, seat, code, about, Typed(uuid4(), proposed))


@router.post(PAGE)
async def sign(visit: AtSeat, code: str, form: Form) -> Response:
    """Sign the decision that takes the place of the former one."""
    seat, about = await _about(visit, code)
    if seat.phase in SHUT_BY_PHASE:
        return shut_page(visit, SHUT_BY_PHASE[seat.phase])
    if about is None:
        return shut_page(visit, HOLDS)
    request_id = uuid_in(form.get("request_id")) or uuid4()
    typed = Typed(request_id, form.get("laureate"), form.get("reason").strip())
    wrong = _complaints(typed, about)
    if wrong:
        return _shown(visit, seat, code, about, typed, 422, wrong)
    chosen = uuid_in(typed.laureate)
    payload = {
        "category": code,
        "laureate": str(chosen) if chosen else "",
        "reason": typed.reason,
    }
    try:
        wish = Wish(CycleAct.AMEND, f"cycle:{seat.cycle.id}", payload)
        asked = await written_down(visit, form, wish)
        ask = AskOfCycle(CycleAct.AMEND, asked.request, asked.arrived_at)
        await visit.engine.ask_cycle(seat.cycle.code, ask)
    except Refusal as refusal:
        again = Typed(next_request_id(form, refusal), typed.laureate, typed.reason)
        return _shown(visit, seat, code, about, again, 409, refused(refusal))
    return visit.screen.go(f"/jury/{visit.juror_id}/proces-verbal", SIGNED)


async def _about(visit: SeatVisit, code: str) -> tuple[Seat, Amendable | None]:
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        known = {each.code for each in (*seat.template.categories, *seat.template.prizes)}
        if code not in known:
            raise NotFound
        if seat.phase is not Phase.DECIDED:
            return seat, None
        return seat, (await to_amend(session, seat.cycle)).get(code)


def _complaints(typed: Typed, about: Amendable) -> Complaints:
    able = {str(each.id) for each in about.able}
    if typed.laureate != NO_LAUREATE and typed.laureate not in able:
        return only("laureate", CHOOSE)
    if len(typed.reason) > LONGEST_REASON:
        return only("reason", TOO_LONG)
    return {} if typed.reason else only("reason", UNEXPLAINED)


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    seat: Seat,
    code: str,
    about: Amendable,
    typed: Typed,
    status: int = 200,
    complaints: Complaints | None = None,
) -> Response:
    names = {each.code: each.name for each in (*seat.template.categories, *seat.template.prizes)}
    return visit.screen.show(
        "pages/jury/amending.html",
        status,
        seat=seat,
        base=f"/jury/{visit.juror_id}",
        here=f"/jury/{visit.juror_id}/deliberation/{code}/rectification",
        name=names[code],
        about=about,
        typed=typed,
        none=NO_LAUREATE,
        limit=LONGEST_REASON,
        complaints=in_words(visit.screen, complaints),
    )
