"""The session of a jury: one page that all its members have open at once."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.equalised import ZONES
from api.pages.jury.asking import uuid_in
from api.pages.jury.bench import SHUT_BY_PHASE, may_decide
from api.pages.jury.complaints import Complaints, in_words, refused
from api.pages.jury.shut import SHUT_BY_JUROR, Shut, shut_page
from api.pages.jury.visit import SEAT, AtSeat, SeatVisit
from api.rights import juror_of
from domain.refusals import N_, Refusal
from domain.session.voting import CHOICE_NAMES, NOT_OPEN, Choice
from storage.drafts import session as acts
from storage.reads.jury import Seat, seat_of
from storage.reads.session import SessionState, session_state

router = APIRouter()

PAGE = SEAT + "/seance"
Act = Callable[[AsyncSession, Seat], Awaitable[None]]
CHAIR_ONLY = N_("La séance est conduite par la présidence du jury.")
UNDECLARED = Shut(
    N_(
        "Vous n'avez pas dit vos liens avec les candidats : la séance ne vous est pas ouverte. "
        "Écrivez à l'organisation."
    )
)


@router.get(PAGE)
async def show(visit: AtSeat) -> Response:
    """The session as this juror may see it; without scripts, reloading brings it up to date."""
    found = await _found(visit)
    if isinstance(found, Shut):
        return shut_page(visit, found)
    return _shown(visit, *found)


@router.get(PAGE + "/etat")
async def state(visit: AtSeat, request: Request) -> Response:
    """The living part alone; nothing is sent again while nothing has changed."""
    found = await _found(visit)
    if isinstance(found, Shut):
        return shut_page(visit, found)
    html = visit.screen.draw("pages/jury/session/state.html", **_told(visit, *found))
    tag = f'"{sha256(html.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, headers=headers)


@router.post(PAGE + "/presence")
async def be_present(visit: AtSeat, form: Form) -> Response:
    """Say of oneself, or as the chair of anybody, who is there."""
    who = {
        juror: said == "present"
        for said in ("present", "absent")
        for juror in map(uuid_in, form.getlist(said))
        if juror
    }

    def mark(session: AsyncSession, seat: Seat) -> Awaitable[None]:
        if set(who) - {seat.juror.id}:
            _check_chair(seat)
        return acts.mark_present(session, seat.cycle.id, who)

    return await _done(visit, mark)


@router.post(PAGE + "/dossier")
async def call(visit: AtSeat, form: Form) -> Response:
    """Call a file, or suspend the session."""

    def called(session: AsyncSession, seat: Seat) -> Awaitable[None]:
        _check_chair(seat)
        return acts.call_file(session, seat.cycle.id, uuid_in(form.get("file")))

    return await _done(visit, called)


@router.post(PAGE + "/vote/ouverture")
async def open_vote(visit: AtSeat, form: Form) -> Response:  # noqa: ARG001  (its token was checked)
    """Open the vote on the file that is heard."""

    def opened(session: AsyncSession, seat: Seat) -> Awaitable[None]:
        quorum = seat.template.jury.quorum
        return acts.open_vote(session, seat.cycle.id, seat.juror.id, quorum)

    return await _done(visit, opened)


@router.post(PAGE + "/vote")
async def vote(visit: AtSeat, form: Form) -> Response:
    """Say yes, no, or neither."""

    def given(session: AsyncSession, seat: Seat) -> Awaitable[None]:
        ballot, choice = uuid_in(form.get("ballot")), form.get("choice")
        if ballot is None or choice not in set(Choice):
            raise Refusal(NOT_OPEN)
        return acts.give_voice(session, seat.cycle.id, seat.juror.id, ballot, Choice(choice))

    return await _done(visit, given)


@router.post(PAGE + "/vote/cloture")
async def close_vote(visit: AtSeat, form: Form) -> Response:
    """Count the voices."""

    def closed(session: AsyncSession, seat: Seat) -> Awaitable[None]:
        ballot = uuid_in(form.get("ballot"))
        if ballot is None:
            raise Refusal(NOT_OPEN)
        return acts.close_vote(session, seat.cycle.id, seat.juror.id, ballot)

    return await _done(visit, closed)


async def _done(visit: SeatVisit, act: Act) -> Response:
    """Do it and come back to the session, or say there why it is refused."""
    try:
        async with visit.db.transaction() as session:
            seat = await _seat(session, visit)
            shut = _shut(seat)
            if shut is None:
                await act(session, seat)
    except Refusal as refusal:
        found = await _found(visit)
        if isinstance(found, Shut):
            return shut_page(visit, found)
        return _shown(visit, *found, status=409, complaints=refused(refusal))
    return shut_page(visit, shut) if shut else visit.screen.go(f"/jury/{visit.juror_id}/seance")


async def _seat(session: AsyncSession, visit: SeatVisit) -> Seat:
    return await seat_of(session, await juror_of(session, visit.viewer, visit.juror_id))


async def _found(visit: SeatVisit) -> tuple[Seat, SessionState] | Shut:
    async with visit.db.transaction() as session:
        seat = await _seat(session, visit)
        shut = _shut(seat)
        return shut or (seat, await session_state(session, seat))


def _shut(seat: Seat) -> Shut | None:
    if seat.status in SHUT_BY_JUROR:
        return SHUT_BY_JUROR[seat.status]
    if seat.phase in SHUT_BY_PHASE:
        return SHUT_BY_PHASE[seat.phase]
    return None if seat.has_declared else UNDECLARED


def _check_chair(seat: Seat) -> None:
    if not seat.juror.is_chair:
        raise Forbidden(CHAIR_ONLY)


def _told(visit: SeatVisit, seat: Seat, state: SessionState) -> dict[str, object]:
    return {
        "seat": seat,
        "base": f"/jury/{visit.juror_id}",
        "here": f"/jury/{visit.juror_id}/seance",
        "state": state,
        "me": seat.juror.id,
        "leads": seat.juror.is_chair and may_decide(seat),
        "presides": state.president == seat.juror.id and may_decide(seat),
        "is_open": may_decide(seat),
        "names": {each.code: each.name for each in seat.template.categories},
        "choices": CHOICE_NAMES,
        "zones": ZONES,
        "csrf_token": visit.screen.csrf_token,
    }


def _shown(
    visit: SeatVisit,
    seat: Seat,
    state: SessionState,
    *,
    status: int = 200,
    complaints: Complaints | None = None,
) -> Response:
    return visit.screen.show(
        "pages/jury/session.html",
        status,
        complaints=in_words(visit.screen, complaints),
        **_told(visit, seat, state),
    )
