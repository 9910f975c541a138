"""The organiser changes who holds which role, for a company that asks for it."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.charter.company.asking import send
from api.pages.charter.organiser.adherents import LIST
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, CharterDesk
from api.pages.charter.role_form import context_of, holders_in, wrong_in
from domain.charter.entry import Holder
from domain.refusals import N_, Refusal
from storage.drafts.adherence_entry import Hand
from storage.drafts.adherence_roles import change_roles
from storage.reads.charter.roles import Team, team_of

router = APIRouter()
PAGE = BASE + "/roles/{adherence_id}"

DONE = N_("C'est enregistré. Les personnes concernées reçoivent une lettre.")


async def _the_team(adherence_id: UUID, desk: AtCharterDesk, db: Db) -> Team:  # noqa: ARG001  (who may not is refused first)
    async with db.transaction() as session:
        team = await team_of(session, adherence_id)
    if team is None:
        raise NotFound
    return team


TheTeam = Annotated[Team, Depends(_the_team)]


@router.get(PAGE)
async def show(team: TheTeam, desk: AtCharterDesk, screen: Screen) -> Response:
    """Show who holds which role, and who held it before."""
    return _show(screen, desk, team)


@router.post(PAGE)
async def change(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    team: TheTeam, desk: AtCharterDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Put other people in the roles; a new head has to sign first."""
    holders, reason = holders_in(form, team.charter), form.get("reason").strip()
    wrong = wrong_in(team, holders, reason)
    if wrong:
        return _show(screen, desk, team, holders, reason, wrong, 422)
    hand = Hand(team.id, desk.viewer.person_id, screen.now)
    try:
        async with db.transaction() as session:
            keys = await change_roles(session, hand, holders, reason)
    except Refusal as refusal:
        return _show(screen, desk, team, holders, reason, {"": refusal}, 409)
    response = screen.go(f"{LIST}/{team.id}", DONE)
    response.background = BackgroundTask(send, engine, keys)
    return response


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    screen: Screen,
    desk: CharterDesk,
    team: Team,
    holders: Mapping[str, Holder] | None = None,
    reason: str = "",
    wrong: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    return screen.show(
        "pages/charter/organiser/roles.html",
        status,
        desk=desk,
        url=PAGE.format(adherence_id=team.id),
        home=f"{LIST}/{team.id}",
        **context_of(team, holders, reason),
        complaints={
            name: screen.say(each.sentence, **each.facts) for name, each in (wrong or {}).items()
        },
    )
