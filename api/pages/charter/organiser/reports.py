"""The reports: those that wait for an answer, the oldest first, and those of a campaign."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.charter.organiser.desk import BASE, AtCharterDesk
from api.pages.charter.organiser.words import PROGRESS, PROGRESS_OF_ONE, PROGRESS_TONES
from api.pages.organiser.asking import uuid_in
from storage.reads.charter.organiser.campaign import Progress, campaign_of
from storage.reads.charter.organiser.reports import (
    ReportPage,
    SoughtReport,
    reports_of,
    reports_waiting,
)

router = APIRouter()

LIST = BASE + "/bilans"
Year = Annotated[int, Query(ge=2000, le=9999)]


@router.get(LIST)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtCharterDesk,
    db: Db,
    screen: Screen,
    annee: Year | None = None,
    etape: str = "",
    territoire: str = "",
    apres: str = "",
) -> Response:
    """Fifty reports to validate; those of a year when one is asked for."""
    after = uuid_in(apres)
    progress = Progress(etape) if etape in set(Progress) else None
    sought = SoughtReport(annee, progress, territoire) if annee else None
    async with db.transaction() as session:
        campaign = await campaign_of(session, annee, screen.now.year)
        page = (
            await reports_of(session, sought, screen.now, after)
            if sought
            else await reports_waiting(session, screen.now, after)
        )
    return screen.show(
        "pages/charter/organiser/reports.html",
        desk=desk,
        page=page,
        sought=sought,
        years=campaign.years,
        is_first=after is None,
        next_url=_next(sought, page),
        first_url=_address(sought, None),
        progress=[(each, PROGRESS[each]) for each in Progress],
        words={each: screen.say(word) for each, word in PROGRESS_OF_ONE.items()},
        tones=PROGRESS_TONES,
    )


def _next(sought: SoughtReport | None, page: ReportPage) -> str:
    return _address(sought, page.last) if page.last else ""


def _address(sought: SoughtReport | None, after: UUID | None) -> str:
    query: dict[str, object] = {"apres": after or ""}
    if sought:
        query = {
            "annee": sought.year,
            "etape": sought.progress or "",
            "territoire": sought.territory,
        } | query
    filled = urlencode({name: value for name, value in query.items() if value})
    return f"{LIST}?{filled}" if filled else LIST
