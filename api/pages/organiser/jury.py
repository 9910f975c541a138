"""The jury of a cycle: who sits, who waits, how far each is, and calling more people to it."""

from datetime import datetime
from uuid import uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import Wish, request_id_in, uuid_in, written_down
from api.pages.organiser.calling import Called, call, call_file, cells_in, complaints_in
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.calendar import reminder_instants, upcoming
from domain.jurors import JUROR_NAMES
from domain.phases import Phase
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.drafts.chair import name_chair
from storage.drafts.jurors import OPEN_TO_JURORS, Added, juror_from
from storage.reads.organiser.conflicts import suspected_in
from storage.reads.organiser.jury import ORDER, declared_conflicts, is_late, juror_page
from storage.reads.organiser.tallies import forget, tally_of_jurors
from storage.templates import template_of

router = APIRouter()

JURY = DESK + "/jury"
LARGEST_FILE = 500_000


@router.get(JURY)
async def show(desk: AtDesk, db: Db, screen: Screen, page: int = 1) -> Response:
    """The jurors by status, with loads and progress; never a mark."""
    return await _shown(screen, desk, db, page=page)


@router.post(JURY)
async def invite(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Call one person, to sit or to wait in reserve."""
    cells = cells_in(form)
    if wrong := complaints_in(cells):
        said = {name: screen.say(each.sentence, **each.facts) for name, each in wrong.items()}
        return await _shown(screen, desk, db, 422, form=form, complaints=said)
    try:
        added = await call(db, engine, desk, juror_from(cells))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, 409, form=form, complaints=said)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/jury", _told(added))


@router.post(JURY + "/presidence")
async def name_the_chair(desk: AtDesk, form: Form, db: Db, screen: Screen) -> Response:
    """Give the chair to somebody who sits, or who was asked to."""
    juror = uuid_in(form.get("juror"))
    try:
        wish = Wish(
            "name_chair", f"cycle:{desk.cycle.id}", request_id_in(form), {"juror": str(juror)}
        )
        await written_down(db, desk.viewer, wish)
        async with db.transaction() as session:
            await name_chair(session, desk.cycle.id, juror, wish.request_id)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, 409, complaints=said)
    return screen.go(f"{desk.base}/jury", N_("La présidence du jury est désignée."))


@router.post(JURY + "/liste")
async def invite_many(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Call the people of a file or of a pasted list; wrong lines are named, good ones are kept."""
    try:
        called = await call_file(db, engine, desk, await _content(form))
    except Refusal as refusal:
        said = {"list": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, 422, form=form, complaints=said)
    forget(desk.cycle.id)
    if called.wrong:
        return await _shown(screen, desk, db, 422, form=form, called=called)
    return screen.go(
        f"{desk.base}/jury",
        N_("Invitées : %(invited)s. En réserve : %(reserve)s. Déjà au jury : %(known)s."),
        invited=called.invited,
        reserve=called.reserve,
        known=called.known,
    )


async def _content(form: PostedForm) -> bytes:
    """The file, else what was pasted."""
    file = form.file("file")
    if file is None:
        content = form.get("list").encode()
    else:
        content = await file.read(LARGEST_FILE + 1)
        await file.close()
    if len(content) > LARGEST_FILE:
        raise Refusal(N_("Ce fichier est trop lourd : 500 Ko au plus."))
    if not content.strip():
        raise Refusal(N_("Choisissez un fichier, ou collez une liste."))
    return content


def _told(added: Added) -> str:
    if not added.is_new:
        return N_("Cette personne est déjà dans ce jury : rien n'a changé.")
    if added.is_to_invite:
        return N_("L'invitation part.")
    return N_("La personne est en réserve. Elle sera invitée si une place se libère.")


def _next_reminder(desk: Desk, now: datetime) -> datetime | None:
    """When the next reminder to jurors leaves by itself, during evaluation."""
    if desk.phase is not Phase.EVALUATION:
        return None
    calendar = desk.calendar
    instants = reminder_instants(calendar.evaluation_until, calendar.juror_reminders_before)
    return next(iter(upcoming(instants, now)), None)


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    status: int = 200,
    page: int = 1,
    form: PostedForm | None = None,
    called: Called | None = None,
    complaints: dict[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        jurors = await juror_page(session, desk.cycle.id, page)
        tally = await tally_of_jurors(session, desk.cycle.id)
        suspected = await suspected_in(session, desk.cycle.id)
        conflicts = await declared_conflicts(session, [line.id for line in jurors.lines])
        frozen = await template_of(session, desk.cycle)
    return screen.show(
        "pages/organiser/jury.html",
        status,
        desk=desk,
        page=jurors,
        names={status: screen.say(name) for status, name in JUROR_NAMES.items()},
        figures=[(tally.get(each, 0), screen.say(JUROR_NAMES[each])) for each in ORDER],
        late={
            each.id
            for each in jurors.lines
            if is_late(each.load, desk.calendar, desk.phase, screen.now)
        },
        conflicts=conflicts,
        suspected=suspected,
        rules=frozen.jury,
        codes=", ".join(category.code for category in frozen.categories),
        reminder=_next_reminder(desk, screen.now),
        request_id=uuid4(),
        may_call=desk.phase in OPEN_TO_JURORS,
        typed=form or PostedForm(()),
        called=called,
        say=screen.say,
        complaints=complaints or {},
    )
