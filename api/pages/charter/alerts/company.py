"""What a company reads of the complaints about it, and answers; never who wrote, nor their words."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.dependencies import Form, SettingsDep
from api.errors import Forbidden, NotFound
from api.pages.applications.files import HEADERS, Uploads
from api.pages.charter.alerts.asking import Typed, ask
from api.pages.charter.alerts.company_files import Parcel, keep, let_go
from api.pages.charter.alerts.company_shown import Shown, matter_of, show_matter
from api.pages.charter.alerts.paths import FILES, OF_COMPANY, ONE_OF_COMPANY, list_of, page_of
from api.pages.charter.alerts.words import TONES
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import home_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.attachments import TooHeavy
from domain.charter.alerts import ALLOWED, NAMES, AlertAct
from domain.charter.people import check_may_answer
from domain.refusals import N_, NotRunning, Refusal, Unanswered
from storage.acts.charter.alerts import LONGEST
from storage.drafts.attachments import path_of
from storage.reads.charter.alert_evidence import evidence_in
from storage.reads.charter.alerts import told_of

router = APIRouter()

# The form of each act, by the end of its address: its act, its field, what is said when it is done.
ACTS = {
    "reponse": (AlertAct.REPLY, "reply", N_("Votre réponse est enregistrée.")),
    "recours": (AlertAct.APPEAL, "appeal", N_("Votre recours est enregistré.")),
}
EMPTY = N_("Écrivez quelques lignes : l'organisateur les lira.")
TOO_LONG = N_("Écrivez %(most)s caractères au plus.")


@router.get(OF_COMPANY)
async def index(adherence_id: UUID, desk: Desk) -> Response:
    """The complaints of which the company was told, the newest first."""
    file = await desk.file(adherence_id)
    async with desk.db.transaction() as session:
        matters = await told_of(session, file.id)
    return desk.screen.show(
        "pages/charter/alerts/company_list.html",
        file=file,
        home=home_of(file.id),
        url=list_of(file.id),
        matters=matters,
        names=NAMES,
        tones=TONES,
    )


@router.get(ONE_OF_COMPANY)
async def show(adherence_id: UUID, alert_id: UUID, desk: Desk) -> Response:
    """What is alleged, until when to reply, what was decided and why."""
    file = await desk.file(adherence_id)
    return await show_matter(desk, file, await matter_of(desk, file, alert_id), Shown(uuid4()))


@router.get(ONE_OF_COMPANY + f"/{FILES}/{{evidence_id}}")
async def open_file(
    adherence_id: UUID, alert_id: UUID, evidence_id: UUID, desk: Desk, settings: SettingsDep
) -> Response:
    """Hand over to the company a file that it sent."""
    matter = await matter_of(desk, await desk.file(adherence_id), alert_id)
    async with desk.db.transaction() as session:
        found = await evidence_in(session, matter.id, evidence_id)
    path = path_of(settings.uploads, evidence_id)
    if found is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=found.media_type, filename=found.name, headers=HEADERS)


@router.post(ONE_OF_COMPANY + "/{act}")
async def answer(  # noqa: PLR0913, PLR0917  (an answer with its files)
    adherence_id: UUID,
    alert_id: UUID,
    act: str,
    form: Form,
    files: Uploads,
    desk: Desk,
    settings: SettingsDep,
) -> Response:
    """Reply, reply again before the decision, or contest the decision; with the files that support it."""
    file = await desk.file(adherence_id)
    matter = await matter_of(desk, file, alert_id)
    if act not in ACTS:
        raise NotFound
    _check_may_answer(file)
    its_act, name, done = ACTS[act]
    shown = Shown(request_id_in(form), {name: form.get(name).strip()}, act=act)
    words = shown.typed[name]
    if not 0 < len(words) <= LONGEST:
        wrong = {name: Refusal(TOO_LONG, most=LONGEST) if words else Refusal(EMPTY)}
        return await show_matter(desk, file, matter, shown.refused(wrong, 422))
    parcel = Parcel(matter.id, its_act, shown.request_id, settings.uploads)
    # Of an answer that nothing awaits, no file is kept: the refusal comes with the request.
    is_awaited = matter.step in ALLOWED[its_act]
    try:
        kept = await keep(desk, parcel, files if is_awaited else ())
    except Refusal as refusal:
        status = 413 if isinstance(refusal, TooHeavy) else 422
        return await show_matter(desk, file, matter, shown.refused({"file": refusal}, status))
    payload = {name: words} | ({"files": " ".join(kept)} if kept else {})
    try:
        await ask(
            desk.db, desk.engine, desk.viewer, matter, Typed(its_act, payload), shown.request_id
        )
    except Refusal as refusal:
        if not isinstance(refusal, Unanswered | NotRunning):
            await let_go(desk, parcel)
        again = shown.refused({"": refusal}, 409, next_request_id(form, refusal))
        return await show_matter(desk, file, await matter_of(desk, file, alert_id), again)
    return desk.screen.go(page_of(file.id, alert_id), done)


def _check_may_answer(file: File) -> None:
    try:
        check_may_answer(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal
