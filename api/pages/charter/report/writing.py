"""The yearly report of a company: written by several, saved as one types, read once it is sent."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.pages.applications.typed import TooLong, check_length, seen_in
from api.pages.charter.company.desk import Desk
from api.pages.charter.company.parts import CHANGED, SAVED
from api.pages.charter.report.desk import Account, account_on, base_of, hand_on, no_report
from api.pages.charter.report.paths import EVIDENCE, REPORT, REVIEW, Year
from api.pages.charter.report.reading import show_report
from api.pages.charter.report.shown import groups_of, label_of, said_in, told_in
from api.pages.charter.report.standing import standing_of
from api.pages.charter.report.typed import boxes_of, typed_in
from api.posted import PostedForm
from domain.charter.gaps import Part
from domain.charter.people import may_support
from domain.charter.report_sheet import box_of, measure_box
from domain.drafting import Merge, marks_of, written
from domain.refusals import N_, Refusal
from storage.drafts.adherence_entry import Typed
from storage.drafts.adherence_report import save_report

router = APIRouter()


@router.get(REPORT)
async def show(adherence_id: UUID, year: Year, desk: Desk) -> Response:
    """Show the report of a year: to write while it is due, to read once it is sent."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    return show_report(desk, account) if account.closed else _show(desk, account)


@router.post(REPORT)
async def save(adherence_id: UUID, year: Year, form: Form, desk: Desk) -> Response:
    """Save the report, then go on; what is wrong or was written by two is shown again."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    typed = typed_in(account, form)
    try:
        check_length(form)
        merge = await _merged(desk, account, form, typed)
    except Refusal as refusal:
        mine = account.with_sheet({**account.sheet, **typed})
        status = 413 if isinstance(refusal, TooLong) else 409
        if account.closed:
            return show_report(desk, account, desk.say(refusal), _unsaved(desk, account, typed))
        return _show(desk, mine, {"": desk.say(refusal)}, status)
    if merge.clashes:
        theirs = {clash.code: typed[clash.code] for clash in merge.clashes}
        return _show(desk, account.with_sheet({**merge.answers, **theirs}), None, 409, merge)
    saved = account.with_sheet(merge.answers)
    wrong = errors_in(desk, saved, saving=True)
    if wrong:
        return _show(desk, saved, labelled(desk, account, wrong), 422, merge)
    return desk.screen.go(f"{account.url}/{EVIDENCE}", SAVED)


@router.post(f"{REPORT}/brouillon")
async def save_quietly(adherence_id: UUID, year: Year, form: Form, desk: Desk) -> Response:
    """Save while one types; the answer carries what the next save compares itself with."""
    account = await account_on(desk, adherence_id, year)
    if account is None:
        return await no_report(desk, adherence_id, year)
    try:
        check_length(form)
        merge = await _merged(desk, account, form, typed_in(account, form))
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooLong) else 422
        return JSONResponse({"sentence": desk.say(refusal)}, status)
    if merge.clashes:
        return JSONResponse({"sentence": desk.screen.say(CHANGED)}, 409)
    return JSONResponse({"saved_at": desk.now.isoformat(), "revision": written(merge.seen)})


async def _merged(
    desk: Desk, account: Account, form: PostedForm, typed: Mapping[str, str]
) -> Merge:
    async with desk.db.transaction() as session:
        return await save_report(session, hand_on(desk, account), Typed(typed, seen_in(form)))


def errors_in(desk: Desk, account: Account, *, saving: bool) -> dict[str, str]:
    """What is wrong, by box: what was typed, and what it calls for when it is saved on purpose."""
    found: dict[str, str] = {}
    for gap in account.gaps:
        if gap.section is Part.SUPPORT and not may_support(
            account.file.charter, account.file.roles
        ):
            continue
        box, is_value = box_of(gap), gap.box == "value"
        calls = gap.section is Part.VALUES and gap.box == "explanation" and saving
        value = account.sheet.get(measure_box(gap.code, "value"))
        waits = is_value and account.sheet.get(measure_box(gap.code, "carried"))
        if (account.sheet.get(box) and not waits) or (calls and value and not waits):
            found.setdefault(box, desk.say_gap(gap))
    return found


def labelled(desk: Desk, account: Account, wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, each sentence with the box that it is about."""
    both = N_("%(question)s : %(wrong)s")
    return {
        box: desk.screen.say(both, question=label_of(desk, account, box), wrong=sentence)
        for box, sentence in wrong.items()
    }


def _unsaved(desk: Desk, account: Account, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody typed that a report already sent does not say: theirs to copy."""
    differing = [box for box, said in typed.items() if said and said != account.sheet.get(box)]
    return [(each.label, each.value) for each in said_in(desk, account, differing, typed)]


def _show(
    desk: Desk,
    account: Account,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
    merge: Merge | None = None,
) -> Response:
    file = account.file
    kept = merge.answers if merge else account.sheet
    clashes = [clash.code for clash in merge.clashes] if merge else []
    return desk.screen.show(
        "pages/charter/report/form.html",
        status,
        **base_of(account),
        standing=standing_of(desk, account),
        groups=groups_of(desk, account),
        told=told_in(account),
        sheet=account.sheet,
        asks=file.charter.report,
        threshold=file.charter.small_counts,
        evidence_url=f"{account.url}/{EVIDENCE}",
        review_url=f"{account.url}/{REVIEW}",
        clashes=list(said_in(desk, account, clashes, kept)),
        errors=errors_in(desk, account, saving=merge is not None),
        complaints=dict(complaints or {}),
        is_saved=merge is not None and not clashes,
        revision=written(marks_of(kept, boxes_of(account))),
    )
