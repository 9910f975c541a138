"""The report for want of which a company was removed, written in the file by which it comes back."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.applications.typed import TooLong, check_length, seen_in
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.parts import CHANGED, SAVED
from api.pages.charter.company.paths import DIAGNOSIS, OWED, home_of, page_of
from api.pages.charter.report.desk import Account
from api.pages.charter.report.shown import groups_of, said_in, told_in
from api.pages.charter.report.typed import boxes_of, typed_in
from api.pages.charter.report.writing import errors_in, labelled
from api.posted import PostedForm
from domain.charter.report_sheet import report_sheet
from domain.drafting import Merge, marks_of, written
from domain.refusals import Refusal
from storage.drafts.adherence_entry import Typed
from storage.drafts.adherence_owed import save_owed

router = APIRouter()
PAGE = "/adhesions/{adherence_id}/" + OWED


@router.get(PAGE)
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show the report to write, or as it was brought."""
    file = await desk.file(adherence_id)
    return _show(desk, file, _account(desk, file))


@router.post(PAGE)
async def save(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Save it, then go on with the file; what is wrong is shown again."""
    file = await desk.file(adherence_id)
    account = _account(desk, file)
    typed = typed_in(account, form)
    try:
        check_length(form)
        merge = await _merged(desk, file, form, typed)
    except Refusal as refusal:
        mine = account.with_sheet({**account.sheet, **typed})
        status = 413 if isinstance(refusal, TooLong) else 409
        return _show(desk, file, mine, {"": desk.say(refusal)}, status)
    if merge.clashes:
        theirs = {clash.code: typed[clash.code] for clash in merge.clashes}
        return _show(desk, file, account.with_sheet({**merge.answers, **theirs}), None, 409, merge)
    saved = account.with_sheet(merge.answers)
    wrong = errors_in(desk, saved, saving=True)
    if wrong:
        return _show(desk, file, saved, labelled(desk, account, wrong), 422, merge)
    return desk.screen.go(page_of(file.id, DIAGNOSIS), SAVED)


@router.post(f"{PAGE}/brouillon")
async def save_quietly(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Save while one types; the answer carries what the next save compares itself with."""
    file = await desk.file(adherence_id)
    account = _account(desk, file)
    try:
        check_length(form)
        merge = await _merged(desk, file, form, typed_in(account, form))
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooLong) else 422
        return JSONResponse({"sentence": desk.say(refusal)}, status)
    if merge.clashes:
        return JSONResponse({"sentence": desk.screen.say(CHANGED)}, 409)
    return JSONResponse({"saved_at": desk.now.isoformat(), "revision": written(merge.seen)})


def _account(desk: Desk, file: File) -> Account:
    """The report under the charter and the promises of then; not found when none is owed."""
    if file.owed is None:
        raise NotFound
    then = replace(file, charter=file.owed.charter, entry=file.owed.report.entry)
    report = file.owed.report
    return Account(then, report, (), report_sheet(report.answers), desk.closed(file))


async def _merged(desk: Desk, file: File, form: PostedForm, typed: Mapping[str, str]) -> Merge:
    async with desk.db.transaction() as session:
        return await save_owed(session, desk.hand(file), Typed(typed, seen_in(form)))


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    account: Account,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
    merge: Merge | None = None,
) -> Response:
    kept = merge.answers if merge else account.sheet
    clashes = [clash.code for clash in merge.clashes] if merge else []
    return desk.screen.show(
        "pages/charter/company/owed.html",
        status,
        file=file,
        report=account.report,
        home=home_of(file.id),
        url=page_of(file.id, OWED),
        following=page_of(file.id, DIAGNOSIS),
        closed=account.closed,
        groups=groups_of(desk, account),
        told=told_in(account),
        sheet=account.sheet,
        asks=account.file.charter.report,
        threshold=account.file.charter.small_counts,
        clashes=list(said_in(desk, account, clashes, kept)),
        errors=errors_in(desk, account, saving=merge is not None),
        complaints=dict(complaints or {}),
        is_saved=merge is not None and not clashes,
        revision=written(marks_of(kept, boxes_of(account))),
    )
