"""The plan of an edition that waits to be confirmed: read as it stands, and asked to become another."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from api.dependencies import Asking, Db, SignedInViewer
from api.errors import NotFound
from api.identity.viewer import Viewer
from api.pages.organiser.asking import Wish, request_id_in, written_down
from api.posted import PostedForm
from api.rights import check_organises_everything
from api.screen import Screen
from domain.calendar_moves import collisions
from domain.edition_plan import EditionFrame, PlannedTerritory, dates_of
from domain.editions import EditionAct, EditionPhase
from domain.refusals import N_, Refusal
from domain.wire.edition import AskOfEdition
from storage.acts.edition_opening import check_plan
from storage.database import Database
from storage.edition_plans import LedEdition, led, plan_document
from storage.reads.organiser.editions import edition_called
from storage.tables.cycles import Edition

CONFIRMATION = "/organisation/editions/{edition_code}/confirmation"
KEPT = N_("Le plan est changé. Rien n'ouvrira avant votre confirmation.")


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """An edition to confirm, its plan, and who reads it."""

    edition: Edition
    viewer: Viewer

    @property
    def base(self) -> str:
        """The address of its confirmation."""
        return CONFIRMATION.format(edition_code=self.edition.code)

    @property
    def plan(self) -> LedEdition:
        """The plan as it stands."""
        return led(self.edition)

    def territory(self, code: str) -> PlannedTerritory:
        """One of its territories."""
        found = next((each for each in self.plan.territories if each.code == code), None)
        if found is None:
            raise NotFound
        return found


async def led_edition(db: Database, code: str) -> Edition:
    """An edition that is led; one whose cycles are opened by hand has nothing to confirm."""
    async with db.transaction() as session:
        edition = await edition_called(session, code)
    if edition is None or edition.phase == EditionPhase.BY_HAND:
        raise NotFound
    return edition


async def _planned(edition_code: str, viewer: SignedInViewer, db: Db) -> PlanDesk:
    check_organises_everything(viewer)
    return PlanDesk(await led_edition(db, edition_code), viewer)


AtPlan = Annotated[PlanDesk, Depends(_planned)]


async def revised(  # noqa: PLR0913  (who asks what, of whom)
    desk: PlanDesk, form: PostedForm, db: Database, engine: Asking, *, plan: LedEdition, what: str
) -> None:
    """Ask that the edition take this plan in the place of the one that the form had shown."""
    act = EditionAct.REVISE
    payload = {"seen": form.get("seen"), "plan": plan_document(plan), "what": what}
    wish = Wish(act, f"edition:{desk.edition.id}", request_id_in(form), payload)
    asked = await written_down(db, desk.viewer, wish)
    await engine.ask_edition(desk.edition.code, AskOfEdition(act, asked.request, asked.arrived_at))


def wrong_in(plan: LedEdition, screen: Screen) -> str:
    """Everything in a plan that could not be held, in one breath; nothing when it holds."""
    crossing = _crossing(plan)
    if crossing:
        return " ".join(screen.say(each.sentence, **each.facts) for each in crossing)
    try:
        check_plan(plan, screen.now)
    except Refusal as refusal:
        return screen.say(refusal.sentence, **refusal.facts)
    return ""


def back(desk: PlanDesk, screen: Screen) -> Response:
    """Back to the confirmation, once the plan is changed."""
    return screen.go(desk.base, KEPT)


def _crossing(plan: LedEdition) -> tuple[Refusal, ...]:
    frame: EditionFrame = plan.frame
    calendars = (
        frame.territorial,
        frame.national,
        *(dates_of(each, frame) for each in plan.territories if each.calendar),
    )
    return tuple(refusal for calendar in calendars for refusal in collisions(calendar))
