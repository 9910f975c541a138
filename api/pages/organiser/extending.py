"""More time for one company: until when, why, and what that does; or taking it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from api.reviving import ask_of_file
from api.rights import organised_application
from domain.applications import NAMES, Act, Status, moved
from domain.calendar import reminder_instants, upcoming
from domain.extensions import (
    BEYOND,
    CUT_SHORT,
    NOT_LONGER,
    PAST,
    THE_SAME,
    check_phase,
    closing_for,
    is_running,
)
from domain.refusals import N_, Refusal
from domain.typed_dates import local_of, read_instant
from storage.database import Database
from storage.reads.extensions import Extended, extensions_of
from storage.reads.organiser.tallies import forget
from storage.tables.applications import Application

router = APIRouter()

PAGE = DESK + "/candidatures/{application_id}/delai"
GRANTED = N_("Le délai est accordé. La structure en est avertie, et le jury le voit.")
ENDED = N_("Le délai est retiré. La structure en est avertie.")
Value = TypeVar("Value")
ABOUT_THE_DATE = frozenset({PAST, NOT_LONGER, BEYOND, THE_SAME})


@dataclass(frozen=True, slots=True)
class Target:
    """The file that is given time, and what it was given before."""

    file: Application
    given: tuple[Extended, ...]

    def is_running(self, desk: Desk, now: datetime) -> bool:
        """Whether the company has time that the others have not."""
        return is_running(desk.calendar, self.file.extended_until, now)


@router.get(PAGE)
async def show(application_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The closing of one company, ready to be put off."""
    return _shown(screen, desk, await _target(db, desk, application_id), uuid4())


@router.post(PAGE)
async def grant(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Give the company until then."""
    target = await _target(db, desk, application_id)
    wrong: dict[str, Refusal] = {}
    until = _read(
        wrong,
        "until",
        lambda: read_instant("closes_at", form.get("until").strip(), desk.cycle.zone),
    )
    reason = _read(wrong, "reason", lambda: reason_in(form))
    if until is None or reason is None:
        return _shown(screen, desk, target, request_id_in(form), 422, form, wrong)
    payload = {"until": until.isoformat(), "reason": reason, "force": form.get("force") == "yes"}
    try:
        await _ask(db, engine, desk, target, form, (Act.EXTEND, payload))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _shown(screen, desk, target, again, 409, form, {_field_of(refusal): refusal})
    return screen.go(_home(desk, target), GRANTED)


@router.post(PAGE + "/retrait")
async def take_back(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Give the company the dates of everybody again."""
    target = await _target(db, desk, application_id)
    wrong: dict[str, Refusal] = {}
    reason = _read(wrong, "reason", lambda: reason_in(form, "ending"))
    if reason is None:
        said = {"ending": wrong["reason"]}
        return _shown(screen, desk, target, request_id_in(form), 422, form, said)
    payload = {"reason": reason, "force": form.get("force_ending") == "yes"}
    try:
        await _ask(db, engine, desk, target, form, (Act.END_EXTENSION, payload))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        said = {"force_ending" if refusal.sentence == CUT_SHORT else "": refusal}
        return _shown(screen, desk, target, again, 409, form, said)
    return screen.go(_home(desk, target), ENDED)


async def _target(db: Database, desk: Desk, application_id: UUID) -> Target:
    async with db.transaction() as session:
        file = await organised_application(session, desk.viewer, application_id)
        if file.cycle_id != desk.cycle.id:
            raise NotFound
        return Target(file, await extensions_of(session, application_id))


def _read(wrong: dict[str, Refusal], field: str, read: Callable[[], Value]) -> Value | None:
    """What was typed, or what is wrong with it, kept by field."""
    try:
        return read()
    except Refusal as refusal:
        wrong[field] = refusal
        return None


async def _ask(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    db: Database,
    engine: Asking,
    desk: Desk,
    target: Target,
    form: PostedForm,
    act: tuple[Act, Mapping[str, object]],
) -> None:
    kind, payload = act
    wish = Wish(kind, f"application:{target.file.id}", request_id_in(form), payload)
    asked = await written_down(db, desk.viewer, wish)
    await ask_of_file(db, engine, target.file.id, kind, asked)
    forget(desk.cycle.id)


def _field_of(refusal: Refusal) -> str:
    """Beside which field a refusal is said: the tick that it asks for, or the date."""
    if refusal.sentence == CUT_SHORT:
        return "force"
    return "until" if refusal.sentence in ABOUT_THE_DATE else ""


def _home(desk: Desk, target: Target) -> str:
    return f"{desk.base}/candidatures/{target.file.id}/delai"


def _why_not(desk: Desk, target: Target, now: datetime) -> Refusal | None:
    """Why no time may be given now, if none may."""
    try:
        moved(Status(target.file.status), Act.EXTEND)
        check_phase(desk.phase, desk.calendar, now)
    except Refusal as refusal:
        return refusal
    return None


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    target: Target,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    wrong: Mapping[str, Refusal] | None = None,
) -> Response:
    file, runs = target.file, target.is_running(desk, screen.now)
    closes_at = closing_for(desk.calendar, file.extended_until)
    closed = _why_not(desk, target, screen.now)
    reminders = reminder_instants(closes_at, desk.calendar.draft_reminders_before)
    return screen.show(
        "pages/organiser/extending.html",
        status,
        desk=desk,
        file=file,
        given=target.given,
        names=NAMES,
        closes_at=closes_at,
        is_running=runs,
        is_draft=file.status == Status.DRAFT,
        reminders=upcoming(reminders, screen.now) if file.status == Status.DRAFT else (),
        closed=screen.say(closed.sentence, **closed.facts) if closed else "",
        shown_until=local_of(closes_at, desk.cycle.zone) if runs else "",
        typed=form or PostedForm(()),
        request_id=request_id,
        complaints={
            field: screen.say(refusal.sentence, **refusal.facts)
            for field, refusal in (wrong or {}).items()
        },
    )
