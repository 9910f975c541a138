"""The reports: those that wait for an answer, the oldest first, and those of a campaign."""

from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, year_in
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


@router.get(LIST)
async def show(  # noqa: PLR0913, PLR0917  (the filters are in the address)
    desk: AtCharterDesk,
    db: Db,
    screen: Screen,
    annee: str = "",
    etape: str = "",
    territoire: str = "",
    apres: str = "",
) -> Response:
    """Fifty reports to validate; those of a year when one is asked for."""
    after = uuid_in(apres)
    progress = Progress(etape) if etape in set(Progress) else None
    async with db.transaction() as session:
        campaign = await campaign_of(session, year_in(annee), screen.now.year)
        # A step or a territory is looked for among the reports of one year: the last, if none is said.
        year = year_in(annee) or (campaign.year if progress or territoire else None)
        sought = SoughtReport(year, progress, territoire) if year else None
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
