"""Opening a cycle: where, then when, then a dry reading, then the real thing."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer
from api.pages.organiser.place import NEW, Place, Unplaced, place_in, written_there
from api.pages.organiser.plan import ZONES, Plan, city_of, plan_in, prefilled
from api.pages.public.steps import NAMES, steps_of
from api.rights import check_organises_everything
from domain.refusals import N_, Refusal
from domain.wire.cycle import RunCycle
from storage.database import Database
from storage.editions import shipped_templates
from storage.reads.organiser.editions import known_editions
from storage.templates import calendar_in
from storage.territories import territories

router = APIRouter()

OPENING = "/organisation/ouvrir"


@router.get(OPENING)
async def choose(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Where, and in which edition."""
    check_organises_everything(viewer)
    return await _choosing(screen, db, {}, {})


@router.get(OPENING + "/calendrier")
async def propose(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """The dates of the template for that year, to be changed at will."""
    check_organises_everything(viewer)
    typed = dict(screen.request.query_params)
    try:
        place = await _free_place(db, typed)
    except Unplaced as unplaced:
        return await _choosing(screen, db, typed, unplaced.complaints)
    proposed = prefilled(place)
    return _dating(screen, place, proposed, plan_in(place, proposed, screen.now).complaints)


@router.post(OPENING + "/calendrier")
async def correct(viewer: SignedInViewer, form: Form, db: Db, screen: Screen) -> Response:
    """Come back from the dry reading with everything as it was typed."""
    check_organises_everything(viewer)
    typed = dict(form.fields)
    try:
        place = await _free_place(db, typed)
    except Unplaced as unplaced:
        return await _choosing(screen, db, typed, unplaced.complaints)
    return _dating(screen, place, typed, {})


@router.post(OPENING + "/relecture")
async def read_through(viewer: SignedInViewer, form: Form, db: Db, screen: Screen) -> Response:
    """What opening would do; nothing is written."""
    check_organises_everything(viewer)
    typed = dict(form.fields)
    try:
        place = await _free_place(db, typed)
    except Unplaced as unplaced:
        return await _choosing(screen, db, typed, unplaced.complaints)
    plan = plan_in(place, typed, screen.now)
    if plan.complaints:
        return _dating(screen, place, typed, plan.complaints)
    return _reading(screen, place, plan, typed)


@router.post(OPENING)
async def open_cycle(
    viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Write the cycle down, then start it; the same form twice opens one cycle."""
    check_organises_everything(viewer)
    typed = dict(form.fields)
    try:
        place = await _place(db, typed)
    except Unplaced as unplaced:
        return await _choosing(screen, db, typed, unplaced.complaints)
    plan = plan_in(place, typed, screen.now)
    if plan.complaints:
        return _dating(screen, place, typed, plan.complaints)
    try:
        async with db.transaction() as session:
            cycle = await written_there(session, place, plan.name, plan.zone, plan.calendar)
        await engine.run_cycle(cycle.code, RunCycle(str(cycle.id), calendar_in(cycle)))
    except Refusal as refusal:
        said = screen.say(refusal.sentence, **refusal.facts)
        return _reading(screen, place, plan, typed, 409, {"": said})
    return screen.go(
        f"/organisation/{cycle.code}", N_("Le cycle est ouvert. Ses dates le conduisent.")
    )


async def _place(db: Database, typed: Mapping[str, str]) -> Place:
    async with db.transaction() as session:
        return await place_in(session, typed)


async def _free_place(db: Database, typed: Mapping[str, str]) -> Place:
    """The place, where no cycle was opened yet."""
    place = await _place(db, typed)
    if place.cycle is not None:
        sentence = N_("%(name)s a déjà un cycle dans cette édition.")
        raise Unplaced({"territoire": Refusal(sentence, name=place.territory.name.fr)})
    return place


async def _choosing(
    screen: Screen, db: Database, typed: Mapping[str, str], wrong: Mapping[str, Refusal]
) -> Response:
    async with db.transaction() as session:
        known = await known_editions(session)
    new = [(NEW + each.code, each.name) for each in shipped_templates()]
    return screen.show(
        "pages/organiser/opening/place.html",
        422 if wrong else 200,
        typed=typed,
        known=[(each.code, each.name) for each in known],
        new=new,
        territories=[(each.code, each.name) for each in territories().values()],
        year=screen.now.year + 1,
        complaints=_said(screen, wrong),
    )


def _dating(
    screen: Screen, place: Place, typed: Mapping[str, str], wrong: Mapping[str, Refusal]
) -> Response:
    return screen.show(
        "pages/organiser/opening/dates.html",
        422 if wrong else 200,
        place=place,
        typed=typed,
        names=NAMES,
        zones=[(zone, city_of(zone, screen.language)) for zone in ZONES],
        complaints=_said(screen, wrong),
    )


def _reading(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    place: Place,
    plan: Plan,
    typed: Mapping[str, str],
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    kept = ("edition", "annee", "territoire", "name", "zone", *NAMES)
    return screen.show(
        "pages/organiser/opening/reading.html",
        status,
        place=place,
        plan=plan,
        steps=steps_of(plan.calendar),
        carried={name: typed.get(name, "") for name in kept},
        complaints=complaints or {},
    )


def _said(screen: Screen, wrong: Mapping[str, Refusal]) -> dict[str, str]:
    return {field: screen.say(each.sentence, **each.facts) for field, each in wrong.items()}
