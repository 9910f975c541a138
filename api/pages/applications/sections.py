"""One section of the form per page: read, write, save as one types."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.errors import NotFound
from api.pages.applications.blocks import written_questions
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import page_of
from api.pages.applications.section_view import SectionView, show_section
from api.pages.applications.typed import TooLong, answers_in, check_length, seen_in
from api.pages.applications.work import sections_of
from api.posted import PostedForm
from domain.drafting import Merge, written
from domain.form import check_draft
from domain.questions import Section
from domain.refusals import N_, Refusal
from storage.drafts.applications import Typed, save_answers

router = APIRouter()

SAVED = N_("Enregistré.")


@router.get("/candidatures/{application_id}/{section}")
async def show(application_id: UUID, section: str, desk: Desk) -> Response:
    """Show a section, to write in while the draft is open, to read afterwards."""
    work = await desk.work(application_id)
    view = SectionView(work, _section(work, section), work.answers)
    return await show_section(desk, view)


@router.post("/candidatures/{application_id}/{section}")
async def save(application_id: UUID, section: str, form: Form, desk: Desk) -> Response:
    """Save a section, then go on; what is wrong or was written by two is shown again."""
    work = await desk.work(application_id)
    chosen = _section(work, section)
    try:
        typed, merge = await _saved(desk, work, chosen, form)
    except Refusal as refusal:
        view = SectionView(work, chosen, _typed_over(work, chosen, form))
        return await show_section(desk, view, {"": desk.say(refusal)}, _status(refusal, 409))
    if merge.clashes:
        again = await desk.work(application_id)
        answers = {**merge.answers, **{clash.code: typed[clash.code] for clash in merge.clashes}}
        return await show_section(desk, SectionView(again, chosen, answers, merge), None, 409)
    wrong = _wrong(desk, work, chosen, merge)
    if wrong:
        return await show_section(desk, SectionView(work, chosen, merge.answers, merge), wrong, 422)
    return desk.screen.go(_next_page(work, chosen), SAVED)


@router.post("/candidatures/{application_id}/{section}/brouillon")
async def save_quietly(application_id: UUID, section: str, form: Form, desk: Desk) -> Response:
    """Save while one types; the answer carries what the next save compares itself with."""
    work = await desk.work(application_id)
    try:
        _, merge = await _saved(desk, work, _section(work, section), form)
    except Refusal as refusal:
        return JSONResponse({"sentence": desk.say(refusal)}, _status(refusal, 422))
    if merge.clashes:
        changed = N_(
            "Une autre personne vient de modifier cette section : enregistrez pour comparer."
        )
        return JSONResponse({"sentence": desk.screen.say(changed)}, 409)
    return JSONResponse({"saved_at": desk.now.isoformat(), "revision": written(merge.seen)})


def _section(work: Work, code: str) -> Section:
    for section in sections_of(work):
        if section.code == code:
            return section
    raise NotFound


async def _saved(
    desk: Desk, work: Work, section: Section, form: PostedForm
) -> tuple[dict[str, object], Merge]:
    check_length(form)
    typed: dict[str, object] = {**answers_in(form, written_questions(section), work.year)}
    async with desk.db.transaction() as session:
        merge = await save_answers(session, desk.pen(work), Typed(typed, seen_in(form)))
    return typed, merge


def _typed_over(work: Work, section: Section, form: PostedForm) -> dict[str, object]:
    return {**work.answers, **answers_in(form, written_questions(section), work.year)}


def _status(refusal: Refusal, otherwise: int) -> int:
    return 413 if isinstance(refusal, TooLong) else otherwise


def _wrong(desk: Desk, work: Work, section: Section, merge: Merge) -> dict[str, str]:
    """What is wrong, by question, each sentence with the question that it is about."""
    labels = {each.code: each.label.in_(desk.screen.language) for each in section.questions}
    mine = {code: answer for code, answer in merge.answers.items() if code in labels}
    return {
        complaint.code: desk.screen.say(
            N_("%(question)s : %(wrong)s"),
            question=labels[complaint.code],
            wrong=desk.screen.say(complaint.sentence, **complaint.facts),
        )
        for complaint in check_draft(work.template, work.category.code, mine)
    }


def _next_page(work: Work, section: Section) -> str:
    codes = [each.code for each in sections_of(work)]
    following = codes[codes.index(section.code) + 1 :]
    return page_of(work.id, following[0] if following else "relecture")
