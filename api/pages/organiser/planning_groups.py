"""Territories of an edition to confirm: several made into one, and one more taken in."""

from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import next_request_id
from api.pages.organiser.confirming import shown
from api.pages.organiser.planned import CONFIRMATION, AtPlan, PlanDesk, back, revised, wrong_in
from api.pages.organiser.planning_places import planned_at, with_places
from api.posted import PostedForm
from domain.edition_territories import group_code, grouped, with_territory
from domain.refusals import Refusal
from storage.database import Database
from storage.edition_plans import LedEdition

router = APIRouter()


@router.post(CONFIRMATION + "/regrouper")
async def group(desk: AtPlan, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Make the territories that were ticked into one, under a name of its own."""
    name, plan = form.get("name").strip(), desk.plan
    try:
        code = group_code(name)
    except Refusal as refusal:
        return _wrong(screen, desk, form, {"name": screen.say(refusal.sentence, **refusal.facts)})
    try:
        places = grouped(plan.territories, form.getlist("codes"), code, name)
    except Refusal as refusal:
        return _wrong(screen, desk, form, {"codes": screen.say(refusal.sentence, **refusal.facts)})
    return await _asked(screen, desk, form, db, engine, with_places(plan, places), code)


@router.post(CONFIRMATION + "/ajouter")
async def take_in(desk: AtPlan, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Take in a region or a département that the edition does not have."""
    code, plan = form.get("code"), desk.plan
    try:
        after = replace(plan, territories=with_territory(plan.territories, planned_at(code)))
    except Refusal as refusal:
        return _wrong(screen, desk, form, {"code": screen.say(refusal.sentence, **refusal.facts)})
    return await _asked(screen, desk, form, db, engine, after, code)


async def _asked(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    screen: Screen,
    desk: PlanDesk,
    form: PostedForm,
    db: Database,
    engine: Asking,
    after: LedEdition,
    what: str,
) -> Response:
    if sentence := wrong_in(after, screen):
        return _wrong(screen, desk, form, {"": sentence})
    try:
        await revised(desk, form, db, engine, plan=after, what=what)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return _again(screen, desk, form, 409, said, again)
    return back(desk, screen)


def _wrong(screen: Screen, desk: PlanDesk, form: PostedForm, said: dict[str, str]) -> Response:
    return _again(screen, desk, form, 422, said, uuid4())


def _again(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: PlanDesk,
    form: PostedForm,
    status: int,
    said: dict[str, str],
    request_id: UUID,
) -> Response:
    return shown(
        screen,
        desk,
        status,
        said,
        revising=request_id,
        name=form.get("name"),
        chosen=form.getlist("codes"),
    )
