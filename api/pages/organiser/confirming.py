"""Confirming an edition: every territory and every date, read before anything opens."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import Wish, next_request_id, request_id_in, written_down
from api.pages.organiser.planned import CONFIRMATION, AtPlan, PlanDesk
from api.pages.public.steps import steps_of
from domain.calendar_gaps import idle_closing
from domain.edition_plan import PARIS, dates_of
from domain.editions import EDITION_NAMES, EditionAct, EditionPhase
from domain.refusals import N_, Refusal
from domain.wire.edition import AskOfEdition
from storage.edition_plans import LedEdition
from storage.territories import Territory, departments_by_place, territories

router = APIRouter()

PAGE = CONFIRMATION


@router.get(PAGE)
async def show(desk: AtPlan, screen: Screen) -> Response:
    """What confirming would open, and when."""
    return shown(screen, desk)


@router.post(PAGE)
async def confirm(desk: AtPlan, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Confirm the plan that the page showed; its cycles are written down and started."""
    edition, act = desk.edition, EditionAct.CONFIRM
    wish = Wish(act, f"edition:{edition.id}", request_id_in(form), {"seen": form.get("seen")})
    try:
        asked = await written_down(db, desk.viewer, wish)
        await engine.ask_edition(edition.code, AskOfEdition(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return shown(screen, desk, 409, said, confirming=next_request_id(form, refusal))
    return screen.go(
        f"/organisation?annee={edition.year}",
        N_("L'édition est confirmée : ses cycles s'ouvriront à leurs dates."),
    )


def shown(  # noqa: PLR0913  (what the page is made of)
    screen: Screen,
    desk: PlanDesk,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
    *,
    confirming: UUID | None = None,
    revising: UUID | None = None,
    name: str = "",
    chosen: Sequence[str] = (),
) -> Response:
    """The page of a plan, with what was typed to group territories."""
    plan = desk.plan
    return screen.show(
        "pages/organiser/confirming.html",
        status,
        desk=desk,
        edition=desk.edition,
        plan=plan,
        phase=EDITION_NAMES[EditionPhase(desk.edition.phase)],
        may_confirm=desk.edition.phase == EditionPhase.PREPARED,
        territories=[(each, dates_of(each, plan.frame)) for each in plan.territories],
        final=steps_of(plan.frame.national),
        warnings=_warnings(plan, screen),
        absent=[(each.code, each.name) for each in _absent(plan)],
        choices=[(each.code, each.name) for each in plan.territories],
        name=name,
        chosen=chosen,
        # One id for each act: the same id for another would be somebody else's request.
        confirming=confirming or uuid4(),
        revising=revising or uuid4(),
        complaints=complaints or {},
    )


def _warnings(plan: LedEdition, screen: Screen) -> list[tuple[str, str]]:
    """Where a closing falls on a day that is not worked: the places together, then the sentence."""
    where: dict[str, list[str]] = {}
    closings = [
        (each.name, dates_of(each, plan.frame).closes_at, each.zone, each.code)
        for each in plan.territories
    ]
    closings.append((screen.say(N_("Finale nationale")), plan.frame.national.closes_at, PARIS, ""))
    for name, at, zone, code in closings:
        warning = idle_closing(at, zone, code)
        if warning:
            where.setdefault(screen.say(warning.sentence, **warning.facts), []).append(name)
    return [(", ".join(names), sentence) for sentence, names in where.items()]


def _absent(plan: LedEdition) -> list[Territory]:
    """The regions and départements of which the plan holds nothing."""
    held = departments_by_place()
    taken = {code for each in plan.territories for place in each.places for code in held[place]}
    return [
        place for code, place in territories().items() if code in held and not held[code] & taken
    ]
