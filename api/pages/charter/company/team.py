"""The head changes who holds which role while the adherence lives."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.errors import Forbidden, NotFound
from api.pages.charter.company.asking import send
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.paths import TEAM, home_of, page_of
from api.pages.charter.role_form import context_of, holders_in, wrong_in
from domain.charter.entry import Holder
from domain.charter.people import check_may_change_roles
from domain.refusals import N_, Refusal
from storage.drafts.adherence_roles import change_roles
from storage.reads.charter.roles import Team, team_of

router = APIRouter()
PAGE = "/adhesions/{adherence_id}/" + TEAM

DONE = N_("C'est enregistré. Les personnes concernées reçoivent une lettre.")


@router.get(PAGE)
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show who holds which role, and who held it before."""
    file = await desk.file(adherence_id)
    return _show(desk, file, await _team(desk, file))


@router.post(PAGE)
async def change(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Put other people in the roles; a new head has to sign first."""
    file = await desk.file(adherence_id)
    team = await _team(desk, file)
    holders, reason = holders_in(form, team.charter), form.get("reason").strip()
    wrong = wrong_in(team, holders, reason)
    if wrong:
        return _show(desk, file, team, holders, reason, wrong, 422)
    try:
        async with desk.db.transaction() as session:
            keys = await change_roles(session, desk.hand(file), holders, reason)
    except Refusal as refusal:
        return _show(desk, file, team, holders, reason, {"": refusal}, 409)
    response = desk.screen.go(page_of(file.id, TEAM), DONE)
    response.background = BackgroundTask(send, desk.engine, keys)
    return response


async def _team(desk: Desk, file: File) -> Team:
    try:
        check_may_change_roles(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal
    async with desk.db.transaction() as session:
        team = await team_of(session, file.id)
    if team is None:
        raise NotFound
    return team


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    team: Team,
    holders: Mapping[str, Holder] | None = None,
    reason: str = "",
    wrong: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    return desk.screen.show(
        "pages/charter/company/team.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, TEAM),
        **context_of(team, holders, reason),
        complaints=desk.said(wrong or {}),
    )
