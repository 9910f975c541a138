"""Raw and adjusted rankings side by side, for the chair who has scored and now deliberates."""

from fastapi import APIRouter
from starlette.responses import Response

from api.errors import NotFound
from api.pages.equalised import shown_of
from api.pages.jury.bench import SHUT_BY_PHASE, chaired
from api.pages.jury.shut import shut_page
from api.pages.jury.visit import SEAT, AtSeat
from storage.reads.equalised import equalised
from storage.reads.standing_aside import files_aside

router = APIRouter()


@router.get(SEAT + "/deliberation/{code}/perequation")
async def show(visit: AtSeat, code: str) -> Response:
    """What equalisation says of a category, without the files from which the chair stands aside."""
    async with visit.db.transaction() as session:
        seat = await chaired(session, visit)
        if seat.phase in SHUT_BY_PHASE:
            return shut_page(visit, SHUT_BY_PHASE[seat.phase])
        if code not in {each.code for each in seat.template.categories}:
            raise NotFound
        aside = await files_aside(session, seat.juror)
        found = await equalised(session, seat.cycle.id, code, aside)
    return visit.screen.show(
        "pages/jury/equalised.html",
        seat=seat,
        base=f"/jury/{visit.juror_id}",
        category=seat.template.category(code),
        found=found,
        **shown_of(found, seat.template.jury.calibration),
    )
