"""The journal of a cycle: who did what, when and why, the latest first."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.organiser.desk import DESK, AtDesk
from api.pages.organiser.trace_words import ABOUT, ACTS, state_name
from storage.reads.organiser.journal import journal_page

router = APIRouter()

# A line that the column can hold.
Line = Annotated[int, Query(ge=0, le=2**63 - 1)]


@router.get(DESK + "/journal")
async def show(desk: AtDesk, db: Db, screen: Screen, avant: Line | None = None) -> Response:
    """Fifty lines, then the older ones."""
    async with db.transaction() as session:
        page = await journal_page(session, desk.cycle.id, avant)
    return screen.show(
        "pages/organiser/journal.html",
        desk=desk,
        page=page,
        is_first=avant is None,
        acts=ACTS,
        about=ABOUT,
        state_name=state_name,
    )
