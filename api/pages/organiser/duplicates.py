"""Two applications of one company in one category: one is closed for the other, or lives again."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    uuid_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from api.reviving import ask_of_file
from api.rights import organised_application
from domain.applications import NAMES, Act, Status
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.reads.duplicates import ClosedFor, Twin, alike_in, closed_for, twins_of
from storage.reads.organiser.tallies import forget
from storage.tables.applications import Application

router = APIRouter()

PAGE = DESK + "/candidatures/{application_id}/doublon"
CHOOSE = N_("Choisissez la candidature qui reste.")
CLOSED = N_(
    "La candidature est close comme doublon. Les personnes des deux dossiers sont averties."
)
UNDONE = N_("La candidature n'est plus un doublon. Les personnes des deux dossiers sont averties.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A file, those that look like it, and the one for which it was closed."""

    file: Application
    twins: tuple[Twin, ...]
    closed: ClosedFor | None


@router.get(DESK + "/doublons")
async def show_all(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """Every company that has more than one application in a category."""
    async with db.transaction() as session:
        groups = await alike_in(session, desk.cycle.id)
    return screen.show("pages/organiser/duplicates.html", desk=desk, groups=groups, names=NAMES)


@router.get(PAGE)
async def show(application_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """A file beside those that look like it."""
    return _shown(screen, desk, await _pair(db, desk, application_id), uuid4())


@router.post(PAGE)
async def close(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Close it for the other that was chosen."""
    wrong: dict[str, Refusal] = {}
    kept = uuid_in(form.get("kept"))
    if kept is None:
        wrong["kept"] = Refusal(CHOOSE)
    payload = {"kept": str(kept)}
    return await _done(
        screen, desk, (db, engine), application_id, form, (Act.MARK_DUPLICATE, payload, wrong)
    )


@router.post(PAGE + "/annulation")
async def undo(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Let it live again."""
    return await _done(
        screen, desk, (db, engine), application_id, form, (Act.UNMARK_DUPLICATE, {}, {})
    )


async def _done(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    screen: Screen,
    desk: Desk,
    parts: tuple[Db, Asking],
    application_id: UUID,
    form: PostedForm,
    act: tuple[Act, Mapping[str, object], dict[str, Refusal]],
) -> Response:
    (db, engine), (kind, payload, wrong) = parts, act
    pair = await _pair(db, desk, application_id)
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
        reason = ""
    if wrong:
        return _shown(screen, desk, pair, request_id_in(form), 422, form, wrong)
    subject = f"application:{application_id}"
    wish = Wish(kind, subject, request_id_in(form), {**payload, "reason": reason})
    try:
        asked = await written_down(db, desk.viewer, wish)
        await ask_of_file(db, engine, application_id, kind, asked)
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _shown(screen, desk, pair, again, 409, form, {"": refusal})
    forget(desk.cycle.id)
    done = CLOSED if kind is Act.MARK_DUPLICATE else UNDONE
    return screen.go(f"{desk.base}/candidatures/{application_id}/doublon", done)


async def _pair(db: Database, desk: Desk, application_id: UUID) -> Pair:
    async with db.transaction() as session:
        file = await organised_application(session, desk.viewer, application_id)
        if file.cycle_id != desk.cycle.id:
            raise NotFound
        return Pair(file, await twins_of(session, file), await closed_for(session, application_id))


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    pair: Pair,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    wrong: Mapping[str, Refusal] | None = None,
) -> Response:
    return screen.show(
        "pages/organiser/duplicate.html",
        status,
        desk=desk,
        file=pair.file,
        twins=pair.twins,
        closed=pair.closed,
        is_duplicate=pair.file.status == Status.DUPLICATE,
        names=NAMES,
        choices=[(str(each.id), _called(screen, each)) for each in pair.twins],
        typed=form or PostedForm(()),
        request_id=request_id,
        complaints={
            field: screen.say(refusal.sentence, **refusal.facts)
            for field, refusal in (wrong or {}).items()
        },
    )


def _called(screen: Screen, twin: Twin) -> str:
    name = twin.title or twin.company
    return f"{name} ({twin.number or twin.siret}, {screen.say(NAMES[twin.status])})"
