"""The signed minutes, for the organiser of a cycle."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen, SettingsDep
from api.errors import NotFound
from api.pages.minutes_pdf import minutes_pdf
from api.pages.organiser.desk import DESK, AtDesk
from storage.reads.signed_minutes import signed_minutes

router = APIRouter()


@router.get(DESK + "/resultats/proces-verbal.pdf")
async def as_pdf(desk: AtDesk, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """The minutes as they were signed, with the rules by which the jury judged."""
    async with db.transaction() as session:
        found = await signed_minutes(session, desk.cycle)
    if found is None:
        raise NotFound
    return await minutes_pdf(screen, found, settings.mail_contact)
