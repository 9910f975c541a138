"""The board of the charter, and the campaign of the year."""

from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.charter.organiser.desk import BASE, AtCharterDesk, today_in_paris, year_in
from api.pages.charter.organiser.picture import picture_of
from api.pages.charter.organiser.words import DUE, PROGRESS, TONES
from domain.charter.alerts import NAMES as ALERTS
from domain.charter.alerts import AlertStep
from domain.charter.dates import window_closes
from domain.charter.document import CharterDocument
from domain.charter.situation import Situation
from domain.charter.states import NAMES, State
from storage.charters import charter_by_id, charter_in_force
from storage.reads.charter.organiser.adherents import ORDER
from storage.reads.charter.organiser.board import board_of
from storage.reads.charter.organiser.campaign import Progress, campaign_of
from storage.reads.charter.own_complaints import subjects_of_own

router = APIRouter()


@router.get(BASE)
async def show(desk: AtCharterDesk, db: Db, screen: Screen, annee: str = "") -> Response:
    """The charter at a glance."""
    today = today_in_paris(screen.now)
    async with db.transaction() as session:
        hidden = await subjects_of_own(session, desk.viewer.person_id)
        board = await board_of(session, screen.now, hidden)
        campaign = await campaign_of(session, year_in(annee), today.year)
        version = await charter_in_force(session, today)
        charter = await charter_by_id(session, version.id) if version else None
    return screen.show(
        "pages/charter/organiser/board.html",
        desk=desk,
        board=board,
        standings=sorted(board.standings, key=lambda each: ORDER.index(each.state)),
        charter=charter,
        campaign=campaign,
        picture=picture_of(campaign),
        closes_at=_closing(charter, campaign.year, screen.now),
        progress=[(each, PROGRESS[each]) for each in Progress],
        names=NAMES,
        tones=TONES,
        due_words=DUE,
        alerts=[
            (step, ALERTS[step], board.alerts[step]) for step in AlertStep if step in board.alerts
        ],
        State=State,
    )


def _closing(charter: CharterDocument | None, year: int, now: datetime) -> datetime | None:
    """When the window of a year closes in Paris; overseas it is the same hour there."""
    if charter is None:
        return None
    return window_closes(year, Situation(State.ACTIVE, since=now), charter.periods)
