"""The members of internal trophies: who may know of them, and nobody else."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.engine import Engine
from api.errors import NotFound
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.insiders import InsiderLines, read_insiders
from domain.levels import Level
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.drafts.insiders import let_in, let_out
from storage.reads.insiders import insiders_of

router = APIRouter()

PAGE = DESK + "/membres"
LARGEST_FILE = 500_000
NOBODY = N_("Donnez au moins une adresse ou un domaine, un par ligne.")


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """Who is let in."""
    return await _shown(screen, db, _internal(desk))


@router.post(PAGE)
async def add(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Let in those of a list; the lines that cannot be read are said, the others count."""
    cycle = _internal(desk).cycle
    try:
        lines = await _lines(form)
    except Refusal as refusal:
        said = {"file": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, db, desk, 422, form.get("members"), said)
    if lines.wrong or not lines.good:
        said = {"members": _said(screen, lines)}
        return await _shown(screen, db, desk, 422, form.get("members"), said)
    try:
        async with db.transaction() as session:
            letters = await let_in(session, cycle, lines.good, desk.viewer.person_id)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, db, desk, 409, form.get("members"), said)
    response = screen.go(
        f"{desk.base}/membres",
        N_("La liste est à jour. %(count)s lettres d'invitation partent."),
        count=len(letters),
    )
    response.background = BackgroundTask(_send, engine, letters)
    return response


@router.post(PAGE + "/{insider}/retirer")
async def remove(
    desk: AtDesk,
    insider: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    db: Db,
    screen: Screen,
) -> Response:
    """Let somebody know no more."""
    async with db.transaction() as session:
        if not await let_out(session, _internal(desk).cycle, insider, desk.viewer.person_id):
            raise NotFound
    return screen.go(f"{desk.base}/membres", N_("Ce n'est plus un membre de ces trophées."))


def _internal(desk: Desk) -> Desk:
    if desk.cycle.level != Level.INTERNAL:
        raise NotFound
    return desk


async def _lines(form: PostedForm) -> InsiderLines:
    """What was typed, followed by what was in the file."""
    file = form.file("file")
    content = await file.read(LARGEST_FILE + 1) if file else b""
    if len(content) > LARGEST_FILE:
        raise Refusal(N_("Ce fichier est trop lourd : donnez-le en plusieurs fois."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return read_insiders(f"{text}\n{form.get('members')}" if text else form.get("members"))


def _said(screen: Screen, lines: InsiderLines) -> str:
    if not lines.wrong:
        return screen.say(NOBODY)
    return " ".join(
        screen.say(N_("Ligne %(line)s :"), line=each.line)
        + " "
        + screen.say(each.sentence, **each.facts)
        for each in lines.wrong[:10]
    )


async def _send(engine: Engine, keys: Iterable[str]) -> None:
    """Have the letters leave now; when Temporal is away they stay written down, and leave later."""
    with suppress(Refusal):
        for key in keys:
            await engine.send_letter(key)


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    desk: Desk,
    status: int = 200,
    typed: str = "",
    complaints: Mapping[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        members = await insiders_of(session, desk.cycle.id)
    return screen.show(
        "pages/organiser/members.html",
        status,
        desk=desk,
        members=members,
        typed=typed,
        complaints=complaints or {},
    )
