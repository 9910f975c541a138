"""A partner that says no: its reason is told to the company, which may invite somebody else."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.typed import request_id_in
from api.pages.organiser.asking import reason_in
from api.pages.partnerships.asking import PartnerWish, ask
from api.pages.partnerships.desk import PartnerDesk
from api.pages.partnerships.part import run_of
from api.pages.partnerships.view import PartView, show_part
from api.pages.request_ids import next_request_id
from domain.partners import PartnerAct, PartnerStatus
from domain.refusals import N_, Refusal

router = APIRouter()

DECLINED = N_("Vous avez décliné l'invitation. L'entreprise en est prévenue, avec votre raison.")


@router.post("/partenariats/{partner_id}/decliner")
async def decline(partner_id: UUID, form: Form, desk: PartnerDesk) -> Response:
    """Say no, with a reason; the same form twice says it once."""
    work = await desk.work(partner_id)
    if work.part.status is PartnerStatus.DECLINED:
        return desk.screen.go("/mon-espace")
    view = PartView(work, work.part.answers, request_id_in(form), declining=form.get("reason"))
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        return show_part(desk, view, {"reason": desk.say(refusal)}, 422)
    wish = PartnerWish(PartnerAct.DECLINE, view.request_id, {"reason": reason})
    try:
        await ask(desk.db, desk.engine, desk.viewer, run_of(work), wish)
    except Refusal as refusal:
        again = PartView(work, work.part.answers, next_request_id(form, refusal), declining=reason)
        return show_part(desk, again, {"": desk.say(refusal)}, 409)
    return desk.screen.go("/mon-espace", DECLINED)
