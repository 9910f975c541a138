"""The organiser doubts a file: its company reads why, and answers with words and a piece."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.dependencies import Form, SettingsDep
from api.errors import NotFound
from api.pages.applications.asking import Wish, ask, is_final
from api.pages.applications.desk import Desk, Work
from api.pages.applications.files import HEADERS
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.typed import request_id_in
from api.pages.doubt_pieces import FIELD, keep_piece, let_pieces_go
from domain.applications import Act, Status, moved
from domain.attachments import TooHeavy
from domain.ineligibility import STEP_NAMES, DoubtStep, check_reply
from domain.members import check_may_send
from domain.refusals import N_, Refusal, Unanswered
from domain.texts import is_blank
from storage.acts.doubts import LONGEST_REPLY, SILENT
from storage.drafts.attachments import path_of
from storage.drafts.doubt_pieces import Joining
from storage.reads.doubts import DoubtShown, doubts_about, piece_of

router = APIRouter()

PAGE = "/candidatures/{application_id}/recevabilite"
ANSWERED = N_("Votre réponse est arrivée. L'organisation la lit, puis vous écrit sa décision.")
TONES = {
    DoubtStep.OPEN: "attention",
    DoubtStep.REPLIED: "active",
    DoubtStep.DROPPED: "good",
    DoubtStep.CONFIRMED: "danger",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form said, to be shown again."""

    request_id: UUID
    reply: str = ""


@router.get(PAGE)
async def show(application_id: UUID, desk: Desk) -> Response:
    """Why the file is doubted, and the form to answer."""
    work = await desk.work(application_id)
    return _shown(desk, work, await _doubts(desk, work), Typed(uuid4()))


@router.post(PAGE)
async def answer(application_id: UUID, form: Form, desk: Desk, settings: SettingsDep) -> Response:
    """Send the answer; the instant at which it arrives is the one that counts."""
    work = await desk.work(application_id)
    doubts, typed = await _doubts(desk, work), Typed(request_id_in(form), form.get("reply").strip())
    if is_blank(typed.reply) or len(typed.reply) > LONGEST_REPLY:
        return _shown(desk, work, doubts, typed, {"reply": Refusal(SILENT)}, 422)
    refused = _refused(desk, work, doubts[0])
    if refused:
        return _shown(desk, work, doubts, typed, {"": refused}, 409)
    person = desk.viewer.person_id
    joining = Joining(work.id, Act.ANSWER_DOUBT, typed.request_id, person)
    try:
        pieces = await keep_piece(desk.db, settings.uploads, joining, form)
    except Refusal as wrong:
        status = 413 if isinstance(wrong, TooHeavy) else 422
        return _shown(desk, work, doubts, typed, {FIELD: wrong}, status)
    payload: dict[str, object] = {"reply": typed.reply, "pieces": list(pieces)}
    try:
        wish = Wish(Act.ANSWER_DOUBT, typed.request_id, payload)
        await ask(desk.db, desk.engine, desk.viewer, work, wish)
    except Unanswered as later:
        return desk.go_home(work, later)
    except Refusal as refusal:
        again = typed
        if is_final(refusal):
            again = Typed(uuid4(), typed.reply)
            await let_pieces_go(desk.db, settings.uploads, joining)
        return _shown(desk, work, await _doubts(desk, work), again, {"": refusal}, 409)
    return desk.screen.go(page_of(work.id, "recevabilite"), ANSWERED)


@router.get(PAGE + "/pieces/{piece_id}")
async def open_piece(
    application_id: UUID, piece_id: UUID, desk: Desk, settings: SettingsDep
) -> Response:
    """Hand over a piece that either side sent."""
    work = await desk.work(application_id)
    async with desk.db.transaction() as session:
        piece = await piece_of(session, work.id, piece_id)
    path = path_of(settings.uploads, piece_id)
    if piece is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=piece.media_type, filename=piece.name, headers=HEADERS)


async def _doubts(desk: Desk, work: Work) -> tuple[DoubtShown, ...]:
    async with desk.db.transaction() as session:
        doubts = await doubts_about(session, work.id)
    if not doubts:
        raise NotFound
    return doubts


def _refused(desk: Desk, work: Work, doubt: DoubtShown) -> Refusal | None:
    """Why this person may not answer now, if they may not."""
    try:
        moved(work.status, Act.ANSWER_DOUBT)
        check_reply(doubt.step, doubt.until, desk.now)
        check_may_send(work.role)
    except Refusal as refusal:
        return refusal
    return None


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    desk: Desk,
    work: Work,
    doubts: tuple[DoubtShown, ...],
    typed: Typed,
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    refused = _refused(desk, work, doubts[0])
    is_awaited = doubts[0].step is DoubtStep.OPEN and work.status is Status.ADMITTED
    return desk.screen.show(
        "pages/applications/doubted.html",
        status,
        work=work,
        home=home_of(work.id),
        here=page_of(work.id, "recevabilite"),
        doubts=doubts,
        rules={rule.code: rule.name for rule in work.template.rules},
        names=STEP_NAMES,
        tones=TONES,
        may_answer=refused is None,
        why=desk.say(refused) if refused and is_awaited else "",
        until=doubts[0].until,
        typed=typed,
        limit=LONGEST_REPLY,
        complaints=desk.said(complaints or {}),
    )
