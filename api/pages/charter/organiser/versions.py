"""The versions of the charter: the one in force, those before, and how the next is registered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.dependencies import Db, Form, Screen
from api.errors import NotFound
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, CharterDesk, today_in_paris
from api.pages.charter.organiser.document_words import said
from api.posted import PostedForm
from domain.refusals import N_, Refusal
from storage.charters import CHARTER, charter_in_force, charter_versions
from storage.database import Database
from storage.drafts.charter_versions import (
    LONGEST,
    Candidate,
    DocumentWrongError,
    candidate,
    document_in,
    register,
    text_of,
)
from storage.reads.charter.organiser.versions import kept_by

router = APIRouter()

LIST = BASE + "/versions"
REGISTER = LIST + "/enregistrer"
MOST_CHANGES = 200
Number = Annotated[int, Path(ge=1, le=10**6)]
_NOT_TEXT = N_("Ce fichier n'est pas un texte : choisissez le document YAML de la charte.")
_DONE = N_(
    "La version %(version)s est enregistrée. Elle entre en vigueur le %(day)s ; les adhésions en cours "
    "gardent la leur."
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page says besides the list: what was typed, what it would change, what is wrong."""

    typed: str = ""
    candidate: Candidate | None = None
    wrong: str = ""
    status: int = 200


@router.get(LIST)
async def show(desk: AtCharterDesk, db: Db, screen: Screen) -> Response:
    """Every version, and the form of the next."""
    return await _shown(desk, db, screen, _Shown())


@router.get(LIST + "/{version}.yaml")
async def download(version: Number, desk: AtCharterDesk, db: Db) -> Response:  # noqa: ARG001  (who may not is refused first)
    """The document of a version, from which the next is written."""
    async with db.transaction() as session:
        known = {each.version: each for each in await charter_versions(session)}
    if version not in known:
        raise NotFound
    headers = {
        "Content-Disposition": f'attachment; filename="{CHARTER}-v{version}.yaml"',
        "Cache-Control": "private, no-store",
    }
    text = text_of(known[version].document)
    return Response(text, media_type="application/yaml; charset=utf-8", headers=headers)


@router.post(LIST)
async def preview(desk: AtCharterDesk, form: Form, db: Db, screen: Screen) -> Response:
    """What a document would change; nothing is registered yet."""
    text, read, wrong = await _read(form, db, screen)
    shown = _Shown(text, read, wrong, 422 if wrong else 200)
    return await _shown(desk, db, screen, shown)


@router.post(REGISTER)
async def keep(desk: AtCharterDesk, form: Form, db: Db, screen: Screen) -> Response:
    """Register the version that was read over."""
    text, read, wrong = await _read(form, db, screen)
    if read is None:
        return await _shown(desk, db, screen, _Shown(text, wrong=wrong, status=422))
    try:
        async with db.transaction() as session:
            await register(session, read, desk.viewer.person_id)
    except Refusal as refusal:
        wrong = screen.say(refusal.sentence, **refusal.facts)
        return await _shown(desk, db, screen, _Shown(text, wrong=wrong, status=409))
    day = f"{read.charter.in_force_from:%d/%m/%Y}"
    return screen.go(LIST, _DONE, version=read.charter.version, day=day)


async def _read(
    form: PostedForm, db: Database, screen: Screen
) -> tuple[str, Candidate | None, str]:
    """The text, the version in it, or what is wrong with it."""
    text = form.get("document")
    try:
        text = await _text_in(form)
        document = document_in(text)
        async with db.transaction() as session:
            return text, await candidate(session, document, today_in_paris(screen.now)), ""
    except DocumentWrongError as wrong:
        return text, None, said(screen, wrong)
    except Refusal as refusal:
        return text, None, screen.say(refusal.sentence, **refusal.facts)


async def _text_in(form: PostedForm) -> str:
    """The file that was chosen, or what was pasted."""
    file = form.file("file")
    if file is None:
        return form.get("document")
    try:
        return (await file.read(4 * LONGEST)).decode()
    except UnicodeDecodeError:
        raise Refusal(_NOT_TEXT) from None
    finally:
        await file.close()


async def _shown(desk: CharterDesk, db: Database, screen: Screen, shown: _Shown) -> Response:
    today = today_in_paris(screen.now)
    async with db.transaction() as session:
        versions = await charter_versions(session)
        in_force = await charter_in_force(session, today)
        kept = await kept_by(session)
    complaints: Mapping[str, str] = {"document": shown.wrong} if shown.wrong else {}
    return screen.show(
        "pages/charter/organiser/versions.html",
        shown.status,
        desk=desk,
        versions=versions,
        in_force=in_force,
        kept=kept,
        living=sum(kept.values()),
        today=today,
        typed=shown.typed,
        candidate=shown.candidate,
        changes=shown.candidate.changes[:MOST_CHANGES] if shown.candidate else (),
        more=max(0, len(shown.candidate.changes) - MOST_CHANGES) if shown.candidate else 0,
        complaints=complaints,
    )
