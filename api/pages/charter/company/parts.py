"""The pages on which an entry file is written: read, written, saved as one types, by several."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.pages.applications.typed import TooLong, check_length, seen_in
from api.pages.charter.company.asking import send
from api.pages.charter.company.boxes import said_in
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.lacks import PAGES, box_of, gaps_of
from api.pages.charter.company.paths import PARTS, following, home_of, page_of
from api.posted import PostedForm
from domain.charter.gaps import Gap, Part
from domain.charter.sheet import Sheet
from domain.charter.writing import is_renewing
from domain.drafting import Merge, marks_of, written
from domain.refusals import N_, Refusal
from storage.drafts.adherence_entry import Typed, save_entry

SAVED = N_("Enregistré.")
CHANGED = N_("Une autre personne vient de modifier cette page : enregistrez pour comparer.")

Keys = tuple[str, ...]


def _as_typed(_form: PostedForm, _file: File, typed: dict[str, str]) -> dict[str, str]:
    return typed


async def _nobody_is_told(_desk: Desk, _file: File) -> Keys:
    return ()


@dataclass(frozen=True, slots=True)
class View:
    """A page with the sheet to show, and what two people wrote at once."""

    file: File
    sheet: Sheet
    merge: Merge | None = None


@dataclass(frozen=True, slots=True)
class PartPage:
    """One of these pages: its boxes, what it shows around them, what saving it brings about."""

    page: str
    template: str
    boxes: Callable[[File], tuple[str, ...]]
    context: Callable[[Desk, View], Mapping[str, object]]
    on_save: Callable[[PostedForm, File, dict[str, str]], dict[str, str]] = _as_typed
    once_saved: Callable[[Desk, File], Awaitable[Keys]] = field(default=_nobody_is_told)


def routes_of(part: PartPage) -> APIRouter:
    """The three addresses of a page: to read it, to save it, to save it while one types."""
    router = APIRouter()
    url = "/adhesions/{adherence_id}/" + part.page

    @router.get(url)
    async def show(adherence_id: UUID, desk: Desk) -> Response:
        file = await desk.file(adherence_id)
        return _show(desk, part, View(file, file.sheet))

    @router.post(url)
    async def save(adherence_id: UUID, form: Form, desk: Desk) -> Response:
        return await _save(desk, part, await desk.file(adherence_id), form)

    @router.post(f"{url}/brouillon")
    async def save_quietly(adherence_id: UUID, form: Form, desk: Desk) -> Response:
        return await _save_quietly(desk, part, await desk.file(adherence_id), form)

    _ = show, save, save_quietly
    return router


async def _save(desk: Desk, part: PartPage, file: File, form: PostedForm) -> Response:
    """Save the page, then go on; what is wrong or was written by two is shown again."""
    typed = part.on_save(form, file, _typed(part, file, form))
    try:
        check_length(form)
        merge = await _merged(desk, file, form, typed)
    except Refusal as refusal:
        view = View(file, {**file.sheet, **typed})
        return _show(desk, part, view, {"": desk.say(refusal)}, _status(refusal, 409))
    if merge.clashes:
        again = await desk.file(file.id)
        sheet = {**merge.answers, **{clash.code: typed[clash.code] for clash in merge.clashes}}
        return _show(desk, part, View(again, sheet, merge), None, 409)
    keys = await part.once_saved(desk, file)
    wrong = _errors(desk, part, View(file, merge.answers), and_missing=True)
    response = (
        _show(desk, part, View(file, merge.answers, merge), _labelled(desk, file, wrong), 422)
        if wrong
        else desk.screen.go(following(file.id, part.page), SAVED)
    )
    if keys:
        response.background = BackgroundTask(send, desk.engine, keys)
    return response


async def _save_quietly(desk: Desk, part: PartPage, file: File, form: PostedForm) -> Response:
    """Save while one types; the answer carries what the next save compares itself with."""
    try:
        check_length(form)
        merge = await _merged(desk, file, form, _typed(part, file, form))
    except Refusal as refusal:
        return JSONResponse({"sentence": desk.say(refusal)}, _status(refusal, 422))
    if merge.clashes:
        return JSONResponse({"sentence": desk.screen.say(CHANGED)}, 409)
    return JSONResponse({"saved_at": desk.now.isoformat(), "revision": written(merge.seen)})


def _typed(part: PartPage, file: File, form: PostedForm) -> dict[str, str]:
    return {box: form.get(box).strip() for box in part.boxes(file)}


async def _merged(desk: Desk, file: File, form: PostedForm, typed: dict[str, str]) -> Merge:
    async with desk.db.transaction() as session:
        return await save_entry(session, desk.hand(file), Typed(typed, seen_in(form)))


def _status(refusal: Refusal, otherwise: int) -> int:
    return 413 if isinstance(refusal, TooLong) else otherwise


def _errors(desk: Desk, part: PartPage, view: View, *, and_missing: bool = False) -> dict[str, str]:
    """What is wrong, by box: what was typed, and what was begun when it is saved on purpose."""
    found: dict[str, str] = {}
    for gap in gaps_of(desk, view.file, view.sheet):
        box = box_of(gap)
        is_said = view.sheet.get(box) or (and_missing and _is_due(gap, box, view.sheet))
        if PAGES[gap.section] == part.page and is_said:
            found.setdefault(box, desk.say_gap(gap))
    return found


def _labelled(desk: Desk, file: File, wrong: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, each sentence with the box that it is about."""
    named = {box: said_in(desk, file, (box,), {})[0].label if box else "" for box in wrong}
    return {
        box: desk.screen.say(N_("%(question)s : %(wrong)s"), question=named[box], wrong=sentence)
        if box
        else sentence
        for box, sentence in wrong.items()
    }


def _is_due(gap: Gap, box: str, sheet: Sheet) -> bool:
    """Whether saving on purpose calls for it: a choice, or the rest of what was begun."""
    if not gap.box:
        return gap.section is not Part.TARGETS
    begun = box.removesuffix(gap.box)
    return any(name.startswith(begun) for name, said in sheet.items() if said)


def _show(
    desk: Desk,
    part: PartPage,
    view: View,
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    file = view.file
    kept = view.merge.answers if view.merge else file.sheet
    return desk.screen.show(
        part.template,
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, part.page),
        following=following(file.id, part.page),
        number=PARTS.index(part.page) + 1,
        count=len(PARTS),
        closed=desk.closed(file),
        is_renewing=is_renewing(file.situation, file.charter.periods, desk.now),
        sheet=view.sheet,
        said=said_in(desk, file, part.boxes(file), file.sheet),
        clashes=said_in(
            desk,
            file,
            [clash.code for clash in view.merge.clashes] if view.merge else (),
            kept,
        ),
        errors=_errors(desk, part, view, and_missing=view.merge is not None),
        complaints=dict(complaints or {}),
        is_saved=view.merge is not None and not view.merge.clashes,
        revision=written(marks_of(kept, part.boxes(file))),
        **part.context(desk, view),
    )
