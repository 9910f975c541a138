"""Come in without the mailbox: on a newcomer's machine only."""

from fastapi import APIRouter

from api.dependencies import Db, Now, SettingsDep
from api.errors import NotFound
from api.identity.links import path_of
from api.identity.paths import local_path
from api.identity.programs import Program
from api.rest.reaching import wrong_input
from api.rest.shapes import LinkAsked, Opening
from api.rights import check_organises_everything
from domain.addresses import parse_address
from storage.login_links import LinkWanted, new_link

router = APIRouter(prefix="/login-links", tags=["Development"])


@router.post("", status_code=201)
async def make_link(
    asked: LinkAsked, program: Program, db: Db, now: Now, settings: SettingsDep
) -> Opening:
    """Make a link that lets somebody in, in development only."""
    if not settings.is_development:
        raise NotFound
    check_organises_everything(program)
    with wrong_input():
        address = parse_address(asked.email)
    async with db.transaction() as session:
        link = await new_link(session, LinkWanted(address, local_path(asked.next)), now)
    url = settings.base_url.rstrip("/") + path_of(settings, link)
    return Opening(url, link.expires_at)
