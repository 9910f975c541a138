"""The territories of an edition before it is confirmed: dates of their own, grouped, left out, taken back."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import next_request_id
from api.pages.organiser.planned import CONFIRMATION, AtPlan, PlanDesk, back, revised, wrong_in
from api.pages.public.steps import NAMES
from api.posted import PostedForm
from domain.calendar_moves import with_dates
from domain.edition_plan import PlannedTerritory, dates_of
from domain.edition_territories import dated, separated, without
from domain.refusals import Refusal
from domain.typed_dates import as_typed, read_dates
from storage.database import Database
from storage.edition_plans import LedEdition
from storage.territories import territories, territory_called

router = APIRouter()

PAGE = CONFIRMATION + "/territoires/{territory}"


@router.get(PAGE)
async def show(desk: AtPlan, territory: str, screen: Screen) -> Response:
    """The dates of one territory, in its own hours."""
    return _form(screen, desk, desk.territory(territory), {}, uuid4())


@router.post(PAGE)
async def change(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    desk: AtPlan, territory: str, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Give the territory dates of its own."""
    here, plan = desk.territory(territory), desk.plan
    now = dates_of(here, plan.frame)
    dates, unread = read_dates(dict(form.fields), now, here.zone)
    if unread:
        said = {name: screen.say(each.sentence, **each.facts) for name, each in unread.items()}
        return _form(screen, desk, here, dict(form.fields), uuid4(), 422, said)
    own = with_dates(now, dates)
    after = replace(plan, territories=dated(plan.territories, here.code, own))
    return await _asked(screen, desk, form, db, engine, here, after)


@router.post(PAGE + "/dates-de-l-edition")
async def follow(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    desk: AtPlan, territory: str, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Give the territory the dates of the edition again."""
    here, plan = desk.territory(territory), desk.plan
    after = replace(plan, territories=dated(plan.territories, here.code, None))
    return await _asked(screen, desk, form, db, engine, here, after)


@router.post(PAGE + "/retirer")
async def leave_out(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    desk: AtPlan, territory: str, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Leave the territory out of this edition."""
    here, plan = desk.territory(territory), desk.plan
    after = with_places(plan, without(plan.territories, here.code))
    return await _asked(screen, desk, form, db, engine, here, after)


@router.post(PAGE + "/separer")
async def separate(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    desk: AtPlan, territory: str, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Make a group into its parts again, each with the dates of the edition."""
    here, plan = desk.territory(territory), desk.plan
    pieces = [planned_at(code) for code in here.places]
    after = with_places(plan, separated(plan.territories, here.code, pieces))
    return await _asked(screen, desk, form, db, engine, here, after)


def planned_at(code: str) -> PlannedTerritory:
    """A region or a département as a territory of its own."""
    place = territory_called(code)
    return PlannedTerritory(place.code, place.name.fr, place.zone, (place.code,))


def with_places(plan: LedEdition, places: tuple[PlannedTerritory, ...]) -> LedEdition:
    """The plan with these territories, its quorum never above their number."""
    return replace(plan, territories=places, quorum=max(1, min(plan.quorum, len(places))))


async def _asked(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    screen: Screen,
    desk: PlanDesk,
    form: PostedForm,
    db: Database,
    engine: Asking,
    here: PlannedTerritory,
    after: LedEdition,
) -> Response:
    if sentence := wrong_in(after, screen):
        return _form(screen, desk, here, dict(form.fields), uuid4(), 422, {"": sentence})
    try:
        await revised(desk, form, db, engine, plan=after, what=here.code)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return _form(
            screen, desk, here, dict(form.fields), next_request_id(form, refusal), 409, said
        )
    return back(desk, screen)


def _form(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: PlanDesk,
    here: PlannedTerritory,
    typed: Mapping[str, str],
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    known = territories()
    return screen.show(
        "pages/organiser/planning/territory.html",
        status,
        desk=desk,
        here=here,
        parts=[known[code].name for code in here.parts if code in known],
        typed=as_typed(dates_of(here, desk.plan.frame), here.zone) | dict(typed),
        names=NAMES,
        seen=desk.plan.seen,
        request_id=request_id,
        complaints=complaints or {},
    )
