"""What is kept, how long, and what each night erases; and the records of processing."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen, SettingsDep, SignedInViewer
from api.rights import check_organises_everything
from domain.retention import WORDS, Kept
from storage.acts.retaining import due_counts
from storage.reads.organiser.retention import last_runs

router = APIRouter()

AHEAD = timedelta(days=30)


@router.get("/organisation/donnees")
async def show(viewer: SignedInViewer, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Each class, what would go now and within thirty days, what the last nights did, and the records."""
    check_organises_everything(viewer)
    async with db.transaction() as session:
        now, soon = [await due_counts(session, screen.now + each) for each in (timedelta(), AHEAD)]
        runs = await last_runs(session)
    return screen.show(
        "pages/organiser/retention.html",
        classes=[(WORDS[each], now[each], soon[each]) for each in Kept],
        runs=[
            (run.at, [(WORDS[kind].name, count) for kind, count in run.found.items() if count])
            for run in runs
        ],
        contact=settings.mail_contact,
    )
