"""The partner's part: read what the company says, write, save as one types, countersign."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.dependencies import Form
from api.pages.applications.asking import is_final
from api.pages.applications.typed import Answer, answers_in, request_id_in, seen_in
from api.pages.partnerships.asking import PartnerWish, ask
from api.pages.partnerships.desk import PartnerDesk, closed_by, questions_of
from api.pages.partnerships.view import PartView, show_part
from api.posted import PostedForm
from domain.drafting import Merge, written
from domain.form import check_draft, check_submission
from domain.partners import PartnerAct
from domain.questions import Filler
from domain.refusals import N_, Refusal
from domain.wire.application import RunApplication
from storage.drafts.applications import Typed
from storage.drafts.partnerships import save_part
from storage.reads.partnership import PartnerWork

router = APIRouter()

SAVED = N_("Enregistré.")
SIGNED = N_("Votre contresignature est enregistrée, avec son heure. L'entreprise en est prévenue.")
CHANGED = N_(
    "Ce volet a été modifié ailleurs entre-temps. Votre texte est resté dans le formulaire : "
    "enregistrez de nouveau pour le garder."
)


@router.get("/partenariats/{partner_id}")
async def show(partner_id: UUID, desk: PartnerDesk) -> Response:
    """Show what the application is, and the part to fill or to read."""
    work = await desk.work(partner_id)
    return show_part(desk, PartView(work, work.part.answers, uuid4()))


@router.post("/partenariats/{partner_id}")
async def save(partner_id: UUID, form: Form, desk: PartnerDesk) -> Response:
    """Save the part; what is wrong is said, and kept as it was typed."""
    work = await desk.work(partner_id)
    try:
        merge = await _saved(desk, work, form)
    except Refusal as refusal:
        return _again(desk, work, form, {"": desk.say(refusal)}, 409)
    if merge.clashes:
        return _clashed(desk, work, form, merge)
    wrong = check_draft(work.template, work.category.code, merge.answers, Filler.PARTNER)
    if wrong:
        said = {each.code: desk.screen.say(each.sentence, **each.facts) for each in wrong}
        again = await desk.work(partner_id)
        return show_part(desk, PartView(again, merge.answers, request_id_in(form)), said, 422)
    return desk.screen.go(f"/partenariats/{partner_id}", SAVED)


@router.post("/partenariats/{partner_id}/brouillon")
async def save_quietly(partner_id: UUID, form: Form, desk: PartnerDesk) -> Response:
    """Save while one types; the answer carries what the next save compares itself with."""
    work = await desk.work(partner_id)
    try:
        merge = await _saved(desk, work, form)
    except Refusal as refusal:
        return JSONResponse({"sentence": desk.say(refusal)}, 422)
    if merge.clashes:
        return JSONResponse({"sentence": desk.screen.say(CHANGED)}, 409)
    return JSONResponse({"saved_at": desk.now.isoformat(), "revision": written(merge.seen)})


@router.post("/partenariats/{partner_id}/contresigner")
async def countersign(partner_id: UUID, form: Form, desk: PartnerDesk) -> Response:
    """Save what was typed, then countersign it; nothing is signed while an answer is missing."""
    work = await desk.work(partner_id)
    if work.part.countersigned_at is not None:
        return desk.screen.go(f"/partenariats/{partner_id}")
    try:
        merge = await _saved(desk, work, form)
    except Refusal as refusal:
        return _again(desk, work, form, {"": desk.say(refusal)}, 409)
    if merge.clashes:
        return _clashed(desk, work, form, merge)
    lacks = _lacks(desk, work, merge)
    if lacks:
        again = await desk.work(partner_id)
        return show_part(desk, PartView(again, merge.answers, request_id_in(form)), lacks, 422)
    wish = PartnerWish(PartnerAct.COUNTERSIGN, request_id_in(form), {"seen": form.get("seen")})
    try:
        await ask(desk.db, desk.engine, desk.viewer, run_of(work), wish)
    except Refusal as refusal:
        again = await desk.work(partner_id)
        request_id = uuid4() if is_final(refusal) else wish.request_id
        view = PartView(again, again.part.answers, request_id)
        return show_part(desk, view, {"": desk.say(refusal)}, 409)
    return desk.screen.go(f"/partenariats/{partner_id}", SIGNED)


async def _saved(desk: PartnerDesk, work: PartnerWork, form: PostedForm) -> Merge:
    closed = closed_by(work, desk.now)
    if closed:
        raise closed
    typed: dict[str, object] = {**_typed(work, form)}
    async with desk.db.transaction() as session:
        return await save_part(session, desk.pen(work), Typed(typed, seen_in(form)))


def _typed(work: PartnerWork, form: PostedForm) -> dict[str, Answer]:
    return answers_in(form, questions_of(work), work.year)


def _lacks(desk: PartnerDesk, work: PartnerWork, merge: Merge) -> dict[str, str]:
    found = check_submission(work.template, work.category.code, merge.answers, Filler.PARTNER)
    return {each.code: desk.screen.say(each.sentence, **each.facts) for each in found}


def _again(
    desk: PartnerDesk, work: PartnerWork, form: PostedForm, wrong: dict[str, str], status: int
) -> Response:
    """The same page, with everything that was typed still there."""
    try:
        typed: dict[str, object] = {**work.part.answers, **_typed(work, form)}
    except Refusal:
        typed = {**work.part.answers}
    return show_part(desk, PartView(work, typed, request_id_in(form)), wrong, status)


def _clashed(desk: PartnerDesk, work: PartnerWork, form: PostedForm, merge: Merge) -> Response:
    typed: dict[str, object] = {**merge.answers, **_typed(work, form)}
    view = PartView(work, typed, request_id_in(form), kept=merge.answers)
    return show_part(desk, view, {"": desk.screen.say(CHANGED)}, 409)


def run_of(work: PartnerWork) -> RunApplication:
    """What would start the application of this part, if nothing runs for it."""
    return RunApplication(
        application=str(work.application_id),
        cycle=str(work.cycle_id),
        calendar=work.calendar,
        status=work.status,
    )
