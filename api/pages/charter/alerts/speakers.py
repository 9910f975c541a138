"""The head names who answers complaints in the name of the company, and takes it back."""

from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden
from api.pages.charter.alerts.company_shown import Shown, matter_of, show_matter
from api.pages.charter.alerts.paths import ONE_OF_COMPANY, page_of
from api.pages.charter.company.asking import send
from api.pages.charter.company.desk import Desk, File
from api.pages.request_ids import request_id_in, uuid_in
from api.posted import PostedForm
from domain.charter.people import check_may_name
from domain.refusals import N_, Refusal
from storage.drafts.adherence_speakers import name_speaker, relieve_speaker

router = APIRouter()

CHOOSE = N_("Choisissez une personne de la liste.")
NAMED = N_("Cette personne peut maintenant répondre. Une lettre le lui dit.")
RELIEVED = N_("Cette personne ne répond plus aux signalements.")


@router.post(ONE_OF_COMPANY + "/repondants")
async def name(adherence_id: UUID, alert_id: UUID, form: Form, desk: Desk) -> Response:
    """Let a colleague answer."""
    file = await desk.file(adherence_id)
    matter = await matter_of(desk, file, alert_id)
    _check_is_head(file)
    try:
        person = _chosen(form)
        async with desk.db.transaction() as session:
            keys = await name_speaker(session, desk.hand(file), person)
    except Refusal as refusal:
        shown = Shown(request_id_in(form)).refused({"person": refusal}, 422)
        return await show_matter(desk, file, matter, shown)
    response = desk.screen.go(page_of(file.id, alert_id), NAMED)
    response.background = BackgroundTask(send, desk.engine, keys)
    return response


@router.post(ONE_OF_COMPANY + "/repondants/{person_id}/retirer")
async def relieve(
    adherence_id: UUID,
    alert_id: UUID,
    person_id: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    desk: Desk,
) -> Response:
    """Take it back."""
    file = await desk.file(adherence_id)
    await matter_of(desk, file, alert_id)
    _check_is_head(file)
    async with desk.db.transaction() as session:
        await relieve_speaker(session, desk.hand(file), person_id)
    return desk.screen.go(page_of(file.id, alert_id), RELIEVED)


def _chosen(form: PostedForm) -> UUID:
    person = uuid_in(form.get("person"))
    if person is None:
        raise Refusal(CHOOSE)
    return person


def _check_is_head(file: File) -> None:
    try:
        check_may_name(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal
