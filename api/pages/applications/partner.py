"""The partner of an application, as its company sees it: invite, follow, let go."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from activities.registry import Registry
from api.dependencies import Form
from api.errors import NotFound
from api.pages.applications.asking import is_final, run_of
from api.pages.applications.desk import Desk, Work
from api.pages.applications.partner_entry import PartnerEntry, entry_in, typed_in
from api.pages.applications.partner_view import Asked, show_partner
from api.pages.applications.paths import PARTNER, page_of
from api.pages.applications.start import Register
from api.pages.applications.typed import request_id_in
from api.pages.applications.work import pen_refusal
from api.pages.partnerships.asking import PartnerWish, ask
from domain.partners import PartnerAct, partner_sections
from domain.refusals import N_, Refusal
from storage.reads.partnership import partnership_of

router = APIRouter()

INVITED = N_("L'invitation part à %(name)s. Un message vous préviendra de sa réponse.")
WITHDRAWN = N_("L'invitation est retirée, et la personne prévenue.")


@router.get("/candidatures/{application_id}/partenaire")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Show who was invited, where they stand, what they wrote; and the form to invite."""
    work = await _work(desk, application_id)
    return await _show(desk, work, Asked(uuid4()))


@router.post("/candidatures/{application_id}/partenaire")
async def invite(application_id: UUID, form: Form, desk: Desk, register: Register) -> Response:
    """Invite a partner, or correct whom was invited: another letter leaves."""
    work = await _work(desk, application_id)
    asked = Asked(request_id_in(form), form)
    refused = pen_refusal(work, desk.now)
    if refused:
        return await _show(desk, work, asked, {"": refused}, 409)
    entry, wrong = entry_in(form, work)
    if entry is None:
        return await _show(desk, work, asked, wrong, 422)
    wish = PartnerWish(PartnerAct.INVITE, asked.request_id, await _payload(entry, register))
    try:
        await ask(desk.db, desk.engine, desk.viewer, run_of(work), wish)
    except Refusal as refusal:
        return await _refused(desk, work, asked, refusal)
    return desk.screen.go(page_of(work.id, PARTNER), INVITED, name=entry.name)


@router.post("/candidatures/{application_id}/partenaire/retirer")
async def withdraw(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Withdraw an invitation that was not answered yet."""
    work = await _work(desk, application_id)
    asked = Asked(request_id_in(form))
    refused = pen_refusal(work, desk.now)
    if refused:
        return await _show(desk, work, asked, {"": refused}, 409)
    try:
        wish = PartnerWish(PartnerAct.WITHDRAW, asked.request_id, {})
        await ask(desk.db, desk.engine, desk.viewer, run_of(work), wish)
    except Refusal as refusal:
        return await _refused(desk, work, asked, refusal)
    return desk.screen.go(page_of(work.id, PARTNER), WITHDRAWN)


async def _work(desk: Desk, application_id: UUID) -> Work:
    """The application, in a category that asks for a partner."""
    work = await desk.work(application_id)
    if not partner_sections(work.template, work.category.code):
        raise NotFound
    return work


async def _payload(entry: PartnerEntry, register: Registry) -> dict[str, object]:
    facts = await register.facts_about(entry.siret)
    return {
        "siret": entry.siret,
        "kind": entry.kind,
        "name": entry.name,
        "email": entry.email,
        "shares": list(entry.shares),
        "registry": facts.to_document(),
    }


async def _refused(desk: Desk, work: Work, asked: Asked, refusal: Refusal) -> Response:
    request_id = uuid4() if is_final(refusal) else asked.request_id
    return await _show(desk, work, Asked(request_id, asked.form), {"": refusal}, 409)


async def _show(
    desk: Desk,
    work: Work,
    asked: Asked,
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    async with desk.db.transaction() as session:
        part = await partnership_of(session, work.id)
    typed = typed_in(asked.form, work, part)
    return show_partner(desk, work, part, asked, typed, desk.said(complaints or {}), status)
