"""Confirming an edition: every territory and every date, read before anything opens."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer
from api.errors import NotFound
from api.pages.organiser.asking import Wish, next_request_id, request_id_in, written_down
from api.pages.public.steps import steps_of
from api.rights import check_organises_everything
from domain.edition_plan import dates_of
from domain.editions import EDITION_NAMES, EditionAct, EditionPhase
from domain.refusals import N_, Refusal
from domain.wire.edition import AskOfEdition
from storage.database import Database
from storage.edition_plans import led
from storage.reads.organiser.editions import edition_called
from storage.tables.cycles import Edition

router = APIRouter()

PAGE = "/organisation/editions/{edition_code}/confirmation"


@router.get(PAGE)
async def show(edition_code: str, viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """What confirming would open, and when."""
    check_organises_everything(viewer)
    return await _shown(screen, db, edition_code, uuid4())


@router.post(PAGE)
async def confirm(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    edition_code: str, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Confirm the plan that the page showed; its cycles are written down and started."""
    check_organises_everything(viewer)
    async with db.transaction() as session:
        edition = await _led(session, edition_code)
    act = EditionAct.CONFIRM
    wish = Wish(act, f"edition:{edition.id}", request_id_in(form), {"seen": form.get("seen")})
    try:
        asked = await written_down(db, viewer, wish)
        await engine.ask_edition(edition.code, AskOfEdition(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return await _shown(screen, db, edition_code, again, 409, said)
    return screen.go(
        f"/organisation?annee={edition.year}",
        N_("L'édition est confirmée : ses cycles s'ouvriront à leurs dates."),
    )


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    code: str,
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        edition = await _led(session, code)
    plan = led(edition)
    return screen.show(
        "pages/organiser/confirming.html",
        status,
        edition=edition,
        plan=plan,
        phase=EDITION_NAMES[EditionPhase(edition.phase)],
        may_confirm=edition.phase == EditionPhase.PREPARED,
        territories=[(each, dates_of(each, plan.frame)) for each in plan.territories],
        final=steps_of(plan.frame.national),
        request_id=request_id,
        complaints=complaints or {},
    )


async def _led(session: AsyncSession, code: str) -> Edition:
    """An edition that is led; one whose cycles are opened by hand has nothing to confirm."""
    edition = await edition_called(session, code)
    if edition is None or edition.phase == EditionPhase.BY_HAND:
        raise NotFound
    return edition
