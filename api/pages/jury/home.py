"""A juror's own page, and the answer to the invitation."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.jury.asking import Wish, next_request_id, written_down
from api.pages.jury.complaints import Complaints, in_words, refused
from api.pages.jury.invitation import Answer, answer_in
from api.pages.jury.moments import Moment, moment_of
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from api.posted import PostedForm
from api.rights import juror_of
from domain.jurors import JUROR_NAMES, JurorStatus, check_answer
from domain.refusals import N_, Refusal
from domain.wire.juror import AnswerInvitation
from storage.reads.extensions import Extended, extensions_for
from storage.reads.jury import Seat, answer_until, seat_of
from storage.reads.jury_cards import CardPage, card_page

router = APIRouter()

NOTHING_TYPED = PostedForm(())
WITH_CARDS = frozenset({Moment.CARDS, Moment.EVALUATED})


@router.get(SEAT)
async def show(visit: AtSeat, page: int = 1) -> Response:
    """What this juror has to do now."""
    seat, cards = await _seated(visit, page)
    async with visit.db.transaction() as session:
        knows = seat.has_declared and seat.status is JurorStatus.ACCEPTED
        extended = await extensions_for(session, seat.juror) if knows else ()
    return _shown(visit, seat, cards, extended=extended)


@router.post(SEAT + "/reponse")
async def answer(visit: AtSeat, form: Form) -> Response:
    """Accept or decline the invitation."""
    seat, cards = await _seated(visit)
    said, wrong = answer_in(form)
    if wrong:
        return _shown(visit, seat, cards, 422, wrong, form)
    try:
        await _ask(visit, form, seat, said)
    except Refusal as refusal:
        seat, cards = await _seated(visit)
        again = next_request_id(form, refusal)
        return _shown(visit, seat, cards, 409, refused(refusal), form, again)
    return visit.screen.go(f"/jury/{visit.juror_id}", _thanks(said))


async def _seated(visit: SeatVisit, page: int = 1) -> tuple[Seat, CardPage | None]:
    """The seat, with its cards when it is their time; somebody in reserve is told nothing."""
    async with visit.db.transaction() as session:
        seat = await seat_of(session, await juror_of(session, visit.viewer, visit.juror_id))
        if seat.status is JurorStatus.RESERVE:
            raise NotFound
        if moment_of(seat) not in WITH_CARDS:
            return seat, None
        return seat, await card_page(session, visit.juror_id, page)


async def _ask(visit: SeatVisit, form: PostedForm, seat: Seat, said: Answer) -> None:
    check_answer(seat.status)
    wish = Wish("answer", f"juror:{visit.juror_id}", said.payload())
    asked = await written_down(visit, form, wish)
    await visit.engine.answer_invitation(
        str(seat.cycle.id),
        str(visit.juror_id),
        AnswerInvitation(asked.request, asked.arrived_at, said.accepts),
    )


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    visit: SeatVisit,
    seat: Seat,
    cards: CardPage | None,
    status: int = 200,
    complaints: Complaints | None = None,
    typed: PostedForm = NOTHING_TYPED,
    request_id: UUID | None = None,
    extended: tuple[Extended, ...] = (),
) -> Response:
    categories = {category.code: category for category in seat.template.categories}
    return visit.screen.show(
        "pages/jury/home.html",
        status,
        moment=moment_of(seat),
        seat=seat,
        cards=cards,
        extended=extended,
        status_name=JUROR_NAMES[seat.status],
        base=f"/jury/{seat.juror.id}",
        answer_until=answer_until(seat.juror, seat.calendar),
        categories=categories,
        names={code: category.name for code, category in categories.items()},
        request_id=request_id or uuid4(),
        typed=typed,
        complaints=in_words(visit.screen, complaints),
    )


def _thanks(said: Answer) -> str:
    if said.accepts:
        return N_("Merci d'avoir accepté. Un courriel vous le confirme.")
    return N_("Votre réponse est enregistrée. Merci de l'avoir donnée.")
