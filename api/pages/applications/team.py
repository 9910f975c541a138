"""Who works on an application: inviting colleagues, and letting them go."""

from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.engine import Engine
from api.errors import NotFound
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.posted import PostedForm
from domain.addresses import parse_address
from domain.members import INVITED_AS, NAMES, Role, check_may_invite
from domain.refusals import N_, Refusal
from storage.drafts.members import Invitation, invite, let_go
from storage.reads.company_file import colleagues_on

router = APIRouter()

MAY = {
    Role.EDITOR: N_("Remplit les sections et joint des pièces."),
    Role.SIGNATORY: N_("Remplit, et envoie la candidature au nom de la structure."),
    Role.READER: N_("Lit le dossier, sans y toucher."),
}


@router.get("/candidatures/{application_id}/equipe")
async def show(application_id: UUID, desk: Desk) -> Response:
    """Show who works on the application."""
    return await _show(desk, await desk.work(application_id))


@router.post("/candidatures/{application_id}/equipe")
async def add(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Invite a colleague by address, or give them another role."""
    work = await desk.work(application_id)
    try:
        check_may_invite(work.role)
    except Refusal as refusal:
        return await _show(desk, work, form, {"": refusal}, 403)
    email, role, wrong = _typed(form)
    if wrong:
        return await _show(desk, work, form, wrong, 422)
    try:
        async with desk.db.transaction() as session:
            invitation = Invitation(work.id, email, role, desk.viewer.person_id)
            key = await invite(session, invitation)
    except Refusal as refusal:
        return await _show(desk, work, form, {"email": refusal}, 409)
    said = N_("Votre collègue a maintenant accès au dossier et reçoit un message qui l'explique.")
    response = desk.screen.go(page_of(work.id, "equipe"), said)
    response.background = BackgroundTask(_send, desk.engine, key)
    return response


async def _send(engine: Engine, key: str) -> None:
    """Have the letter leave now; when Temporal is away it stays written down, and leaves later."""
    with suppress(Refusal):
        await engine.send_letter(key)


@router.post("/candidatures/{application_id}/equipe/{member_id}/retirer")
async def take_off(
    application_id: UUID,
    member_id: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    desk: Desk,
) -> Response:
    """Take a colleague's access away."""
    work = await desk.work(application_id)
    try:
        check_may_invite(work.role)
    except Refusal as refusal:
        return await _show(desk, work, None, {"": refusal}, 403)
    async with desk.db.transaction() as session:
        if not await let_go(session, work.id, member_id, desk.viewer.person_id):
            raise NotFound
    return desk.screen.go(
        page_of(work.id, "equipe"), N_("Cette personne n'a plus accès au dossier.")
    )


def _typed(form: PostedForm) -> tuple[str, Role, dict[str, Refusal]]:
    """The address and the role, with what is wrong in them by field."""
    wrong: dict[str, Refusal] = {}
    email, role = "", Role.READER
    try:
        email = parse_address(form.get("email"))
    except Refusal as refusal:
        wrong["email"] = refusal
    try:
        role = Role(form.get("role"))
    except ValueError:
        wrong["role"] = Refusal(N_("Choisissez ce que cette personne pourra faire."))
    return email, role, wrong


async def _show(
    desk: Desk,
    work: Work,
    form: PostedForm | None = None,
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    async with desk.db.transaction() as session:
        colleagues = await colleagues_on(session, work.id)
    return desk.screen.show(
        "pages/applications/team.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "equipe"),
        colleagues=colleagues,
        is_owner=work.role is Role.OWNER,
        owner=Role.OWNER,
        names=NAMES,
        options=[
            (role.value, desk.screen.say(NAMES[role]), desk.screen.say(MAY[role]))
            for role in INVITED_AS
        ],
        typed={"email": form.get("email"), "role": form.get("role")} if form else {},
        complaints=desk.said(complaints or {}),
    )
