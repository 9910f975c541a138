"""The charter in force, and every version that it had; anybody may read them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Now, Screen
from api.errors import NotFound
from domain.charter.wording import day_in_words
from storage.reads.charter.public import versions

router = APIRouter()
PARIS = ZoneInfo("Europe/Paris")


@router.get("/charte")
async def in_force(db: Db, screen: Screen, now: Now) -> Response:
    """The version that a company would sign today."""
    return await _shown(db, screen, now, None)


@router.get("/charte/versions/{number}")
async def version(number: int, db: Db, screen: Screen, now: Now) -> Response:
    """One version, as those who signed it keep it."""
    return await _shown(db, screen, now, number)


async def _shown(db: Db, screen: Screen, now: datetime, number: int | None) -> Response:
    today = now.astimezone(PARIS).date()
    async with db.transaction() as session:
        known = await versions(session)
    current = next((each for each, _ in known if each.in_force_from <= today), None)
    wanted = number if number is not None else current and current.number
    found = next((pair for pair in known if pair[0].number == wanted), None)
    if found is None:
        raise NotFound
    shown, document = found
    return screen.show(
        "pages/charter/public/rules.html",
        version=shown,
        charter=document,
        is_current=current is not None and shown.number == current.number,
        history=[(each, day_in_words(each.in_force_from)) for each, _ in known],
        in_force=day_in_words(shown.in_force_from),
    )
