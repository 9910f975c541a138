"""The jury, for the company that is tied to somebody of it: the names, and which tie."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.typed import request_id_in
from api.pages.request_ids import uuid_in
from api.posted import PostedForm
from domain.conflicts import NOT_NOW, STANDING_NAMES, TIE_NAMES, TieKind, may_name_jurors
from domain.members import SENDERS, check_may_send
from domain.refusals import N_, Refusal
from storage.drafts.naming import NOT_OF_THE_JURY, Naming, name_juror, named_by
from storage.reads.organiser.conflicts import jurors_who_sit
from storage.requests import write_request

router = APIRouter()

PAGE = "/candidatures/{application_id}/jury"
LONGEST_REASON = 500
NOT_A_TIE = N_("Dites de quel lien il s'agit.")
UNSAID = N_("Dites en quelques mots quel est ce lien.")
TOO_LONG = N_("Ce texte est trop long : 500 caractères au plus.")
DONE = N_(
    "Le lien est signalé. L'organisation le confirme ou l'écarte avant d'attribuer les dossiers."
)


@router.get(PAGE)
async def show(application_id: UUID, desk: Desk) -> Response:
    """Who sits, which ties were named, and a form to name one."""
    work = await desk.work(application_id)
    return await _shown(desk, work, uuid4())


@router.post(PAGE)
async def name(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Name a juror, the kind of tie, and why."""
    work = await desk.work(application_id)
    juror, tie, reason = uuid_in(form.get("juror")), form.get("tie"), form.get("reason").strip()
    try:
        check_may_send(work.role)
    except Refusal as refusal:
        return await _shown(desk, work, uuid4(), 409, form, {"": refusal})
    wrong: dict[str, Refusal] = {}
    if juror is None:
        wrong["juror"] = Refusal(NOT_OF_THE_JURY)
    if tie not in set(TieKind):
        wrong["tie"] = Refusal(NOT_A_TIE)
    if not reason or len(reason) > LONGEST_REASON:
        wrong["reason"] = Refusal(TOO_LONG if reason else UNSAID)
    if juror is None or wrong:
        return await _shown(desk, work, request_id_in(form), 422, form, wrong)
    try:
        async with desk.db.transaction() as session:
            asked = await write_request(
                session,
                request_id=request_id_in(form),
                kind="name_conflict",
                subject=f"application:{work.id}",
                by_person=desk.viewer.person_id,
                payload={"juror": str(juror), "tie": tie, "reason": reason},
            )
            await name_juror(session, Naming(work.id, juror, TieKind(tie), reason), asked.request)
    except Refusal as refusal:
        return await _shown(desk, work, uuid4(), 409, form, {"": refusal})
    return desk.screen.go(page_of(work.id, "jury"), DONE)


async def _shown(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    wrong: dict[str, Refusal] | None = None,
) -> Response:
    is_open = may_name_jurors(work.phase, work.status)
    async with desk.db.transaction() as session:
        jurors = await jurors_who_sit(session, work.cycle_id) if is_open else ()
        named = await named_by(session, work.id)
    return desk.screen.show(
        "pages/applications/naming.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "jury"),
        is_open=is_open,
        may_name=work.role in SENDERS,
        closed=desk.screen.say(NOT_NOW),
        jurors=[(str(each), f"{who} ({at})" if at else who) for each, who, at in jurors],
        tie_choices=[(each.value, desk.screen.say(word)) for each, word in TIE_NAMES.items()],
        ties=TIE_NAMES,
        standings=STANDING_NAMES,
        named=named,
        request_id=request_id,
        limit=LONGEST_REASON,
        typed=form or PostedForm(()),
        complaints=desk.said(wrong or {}),
    )
