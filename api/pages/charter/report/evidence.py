"""The files that support a report, indicator by indicator: joining, opening, taking out."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.dependencies import Form, SettingsDep
from api.errors import NotFound
from api.pages.applications.files import HEADERS, Uploads, chunks_of, only
from api.pages.charter.company.desk import Desk
from api.pages.charter.evidence_content import check_content
from api.pages.charter.report.desk import Account, account_on, base_of, hand_on, no_report
from api.pages.charter.report.paths import EVIDENCE, REPORT, REVIEW, Year
from api.pages.charter.report.shown import groups_of
from api.pages.charter.report.standing import standing_of
from domain.attachments import TooHeavy
from domain.charter.evidence import LIMITS
from domain.refusals import N_, Refusal
from storage.drafts.adherence_report import check_followed, join_evidence, remove_evidence
from storage.drafts.attachments import path_of, store
from storage.reads.charter.report import Wanted, evidence_for

router = APIRouter()
FILES = f"{REPORT}/{EVIDENCE}"


@router.get(FILES)
async def show(adherence_id: UUID, year: Year, desk: Desk) -> Response:
    """Show the files of each indicator, and where to join one."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    return desk.screen.go(account.url) if account.closed else _show(desk, account)


@router.post(FILES)
async def add(  # noqa: PLR0913, PLR0917  (what a file is joined with)
    adherence_id: UUID, year: Year, form: Form, files: Uploads, desk: Desk, settings: SettingsDep
) -> Response:
    """Join a file to an indicator, if it is what it should be and there is room."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    indicator = form.get("indicator")
    if account.closed:
        return desk.screen.go(account.url, account.closed, "info")
    is_new = False
    try:
        check_followed(account.file.charter, account.report.entry, indicator)
        file = only(files)
        stored = await store(settings.uploads, file.filename or "", chunks_of(file), LIMITS)
        try:
            await check_content(path_of(settings.uploads, stored.id), stored.media_type)
            async with desk.db.transaction() as session:
                is_new = await join_evidence(session, hand_on(desk, account), indicator, stored)
        finally:
            if not is_new:
                path_of(settings.uploads, stored.id).unlink(missing_ok=True)
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooHeavy) else 422
        return _show(desk, account, indicator, desk.say(refusal), status)
    said = (
        N_("Pièce jointe : %(name)s.") if is_new else N_("Cette pièce est déjà jointe : %(name)s.")
    )
    return desk.screen.go(f"{account.url}/{EVIDENCE}", said, name=stored.name)


@router.get(FILES + "/{evidence_id}")
async def open_file(
    adherence_id: UUID, year: Year, evidence_id: UUID, desk: Desk, settings: SettingsDep
) -> Response:
    """Hand a file over to its company."""
    wanted = Wanted(adherence_id, year, evidence_id, desk.viewer.person_id)
    async with desk.db.transaction() as session:
        found = await evidence_for(session, wanted)
    path = path_of(settings.uploads, evidence_id)
    if found is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=found.media_type, filename=found.name, headers=HEADERS)


@router.post(FILES + "/{evidence_id}/retirer")
async def take_out(
    adherence_id: UUID,
    year: Year,
    evidence_id: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    desk: Desk,
) -> Response:
    """Take a file out of the draft."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    try:
        async with desk.db.transaction() as session:
            name = await remove_evidence(session, hand_on(desk, account), evidence_id)
    except Refusal as refusal:
        return desk.screen.go(account.url, desk.say(refusal), "info")
    if name is None:
        raise NotFound
    taken = N_("Pièce retirée : %(name)s.")
    return desk.screen.go(f"{account.url}/{EVIDENCE}", taken, name=name)


def _show(
    desk: Desk, account: Account, indicator: str = "", refused: str = "", status: int = 200
) -> Response:
    field = f"file.{indicator}" if indicator else ""
    return desk.screen.show(
        "pages/charter/report/evidence.html",
        status,
        **base_of(account),
        standing=standing_of(desk, account),
        groups=groups_of(desk, account),
        limits=LIMITS,
        accepted=",".join(LIMITS.types),
        is_full=len(account.report.evidence) >= LIMITS.count,
        files_url=f"{account.url}/{EVIDENCE}",
        review_url=f"{account.url}/{REVIEW}",
        refused_for=indicator,
        complaints={field: refused} if refused else {},
    )
