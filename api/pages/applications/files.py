"""Files joined to an application: joining, opening, taking out."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.responses import FileResponse, Response

from activities.documents.reading import check_inert
from api.dependencies import Form, SettingsDep
from api.errors import NotFound
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import DOCUMENTS, home_of, page_of
from api.pages.applications.section_view import SectionView, show_section
from api.pages.applications.work import pen_refusal, sections_of
from domain.attachments import TooHeavy
from domain.refusals import N_, Refusal
from storage.drafts.attachments import join, path_of, remove, store
from storage.reads.attachments import Wanted, attachment_for
from storage.reads.company_file import files_of

router = APIRouter()

CHUNK = 256 * 1024
FIELD = "file"
# A file of somebody else is never shown inside our pages, whatever it says it is.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


async def _upload(form: Form) -> AsyncIterator[list[UploadFile]]:
    """The files that were chosen; their temporary copies go away with the request."""
    try:
        yield [file for name, file in form.files if name == FIELD and file.filename]
    finally:
        for _, file in form.files:
            await file.close()


Uploads = Annotated[list[UploadFile], Depends(_upload)]


@router.get("/candidatures/{application_id}/pieces")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Show the files, in the section that asks for them when there is one."""
    work = await desk.work(application_id)
    if _section_of(work):
        return desk.screen.go(page_of(work.id, DOCUMENTS))
    return await _show(desk, work)


@router.post("/candidatures/{application_id}/pieces")
async def add(application_id: UUID, files: Uploads, desk: Desk, settings: SettingsDep) -> Response:
    """Join a file, if it is what it should be and there is room."""
    work = await desk.work(application_id)
    try:
        file = only(files)
    except Refusal as refusal:
        return await _refused(desk, work, refusal)
    closed = pen_refusal(work, desk.now)
    if closed:
        return await _refused(desk, work, closed, 409)
    limits, is_new = work.template.attachments, False
    try:
        stored = await store(settings.uploads, file.filename or "", chunks_of(file), limits)
        try:
            await check_inert(path_of(settings.uploads, stored.id), stored.media_type)
            async with desk.db.transaction() as session:
                is_new = await join(session, desk.pen(work), stored, limits)
        finally:
            if not is_new:
                path_of(settings.uploads, stored.id).unlink(missing_ok=True)
    except Refusal as refusal:
        return await _refused(desk, work, refusal)
    said = (
        N_("Pièce jointe : %(name)s.") if is_new else N_("Cette pièce est déjà jointe : %(name)s.")
    )
    return desk.screen.go(_page(work), said, name=stored.name)


@router.get("/candidatures/{application_id}/pieces/{attachment_id}")
async def open_file(
    application_id: UUID, attachment_id: UUID, desk: Desk, settings: SettingsDep
) -> Response:
    """Hand a file over to its company, and to the organisers and jurors who read what was sent."""
    viewer = desk.viewer
    organised = None if viewer.organises_everything else viewer.organises
    wanted = Wanted(application_id, attachment_id, viewer.person_id, organised)
    async with desk.db.transaction() as session:
        opened = await attachment_for(session, wanted)
    path = path_of(settings.uploads, opened.stored_as) if opened else None
    if opened is None or path is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=opened.media_type, filename=opened.name, headers=HEADERS)


@router.post("/candidatures/{application_id}/pieces/{attachment_id}/retirer")
async def take_out(
    application_id: UUID,
    attachment_id: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    desk: Desk,
) -> Response:
    """Take a file out of the draft."""
    work = await desk.work(application_id)
    try:
        async with desk.db.transaction() as session:
            name = await remove(session, desk.pen(work), attachment_id)
    except Refusal as refusal:
        return await _refused(desk, work, refusal, 409)
    if name is None:
        raise NotFound
    return desk.screen.go(_page(work), N_("Pièce retirée : %(name)s."), name=name)


def only(files: list[UploadFile]) -> UploadFile:
    """The one file that was chosen."""
    if not files:
        raise Refusal(N_("Choisissez d'abord un fichier."))
    if len(files) > 1:
        sentence = N_(
            "Joignez une pièce à la fois : vous en avez envoyé %(count)s, aucune n'est jointe."
        )
        raise Refusal(sentence, count=len(files))
    return files[0]


async def chunks_of(file: UploadFile) -> AsyncIterator[bytes]:
    """The bytes of a file, a quarter of a megabyte at a time."""
    while chunk := await file.read(CHUNK):
        yield chunk


def _page(work: Work) -> str:
    return page_of(work.id, DOCUMENTS if _section_of(work) else "pieces")


def _section_of(work: Work) -> bool:
    return any(section.code == DOCUMENTS for section in sections_of(work))


async def _refused(desk: Desk, work: Work, refusal: Refusal, status: int = 422) -> Response:
    said = 413 if isinstance(refusal, TooHeavy) else status
    return await _show(desk, work, {FIELD: desk.say(refusal)}, said)


async def _show(
    desk: Desk, work: Work, complaints: dict[str, str] | None = None, status: int = 200
) -> Response:
    section = next((each for each in sections_of(work) if each.code == DOCUMENTS), None)
    if section:
        return await show_section(
            desk, SectionView(work, section, work.answers), complaints, status
        )
    closed = pen_refusal(work, desk.now)
    async with desk.db.transaction() as session:
        files = await files_of(session, work.id)
    return desk.screen.show(
        "pages/applications/files.html",
        status,
        work=work,
        home=home_of(work.id),
        files=files,
        files_url=page_of(work.id, "pieces"),
        limits=work.template.attachments,
        closed=desk.say(closed) if closed else "",
        complaints=complaints or {},
        following=page_of(work.id, "relecture"),
    )
