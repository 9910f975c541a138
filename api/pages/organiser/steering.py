"""Steering an edition: begin its final without the late ones, or cancel it, each with its reason."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    request_id_in,
    short_enough,
    written_down,
)
from api.posted import PostedForm
from api.rights import check_organises_everything
from domain.editions import EDITION_MOVES, EDITION_NAMES, EditionAct, EditionPhase, is_awaited
from domain.final_terms import outlook
from domain.levels import Level
from domain.phases import NAMES, Phase, check_reason
from domain.refusals import N_, Refusal
from domain.wire.edition import AskOfEdition
from storage.acts.edition_opening import cycles_of
from storage.database import Database
from storage.edition_plans import led
from storage.reads.organiser.editions import edition_called
from storage.tables.cycles import Cycle, Edition

router = APIRouter()

PAGE = "/organisation/editions/{edition_code}/conduite"
# Both forms are on one page: each has a field of its own.
REASONS = {EditionAct.BEGIN_FINAL: "reason", EditionAct.CANCEL: "cancel_reason"}
DONE = {
    EditionAct.BEGIN_FINAL: N_("La finale commence. Les territoires en retard en sont avertis."),
    EditionAct.CANCEL: N_("L'édition est annulée, et ses cycles avec elle."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of the page held, and which form it was."""

    request_id: UUID
    act: EditionAct | None = None
    reason: str = ""
    code: str = ""


@router.get(PAGE)
async def show(edition_code: str, viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Where the edition stands, who is awaited, and what its national organiser may do."""
    check_organises_everything(viewer)
    return await _shown(screen, db, edition_code, Typed(uuid4()))


@router.post(PAGE + "/finale")
async def begin_final(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    edition_code: str, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Begin the final without waiting for the territories that have not decided."""
    check_organises_everything(viewer)
    return await _asked(screen, viewer, form, db, engine, edition_code, EditionAct.BEGIN_FINAL)


@router.post(PAGE + "/annuler")
async def cancel(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    edition_code: str, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Cancel the edition and every cycle that still runs, its code being typed again."""
    check_organises_everything(viewer)
    return await _asked(screen, viewer, form, db, engine, edition_code, EditionAct.CANCEL)


async def _asked(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    screen: Screen,
    viewer: SignedInViewer,
    form: PostedForm,
    db: Database,
    engine: Asking,
    code: str,
    act: EditionAct,
) -> Response:
    typed = Typed(request_id_in(form), act, form.get(REASONS[act]), form.get("code"))
    edition, _ = await _read(db, code)
    wrong = _complaints(typed, edition, act)
    if wrong:
        said = {name: screen.say(each.sentence, **each.facts) for name, each in wrong.items()}
        return await _shown(screen, db, code, typed, 422, said)
    wish = Wish(act, f"edition:{edition.id}", typed.request_id, {"reason": typed.reason.strip()})
    try:
        asked = await written_down(db, viewer, wish)
        await engine.ask_edition(edition.code, AskOfEdition(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        again = Typed(next_request_id(form, refusal), act, typed.reason, typed.code)
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, db, code, again, 409, said)
    return screen.go(PAGE.format(edition_code=edition.code), DONE[act])


def _complaints(typed: Typed, edition: Edition, act: EditionAct) -> dict[str, Refusal]:
    wrong: dict[str, Refusal] = {}
    try:
        check_reason(typed.reason)
        short_enough(typed.reason)
    except Refusal as refusal:
        wrong[REASONS[act]] = refusal
    if act is EditionAct.CANCEL and typed.code.strip() != edition.code:
        wrong["code"] = Refusal(N_("Recopiez le code de l'édition : %(code)s."), code=edition.code)
    return wrong


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    code: str,
    typed: Typed,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    edition, cycles = await _read(db, code)
    phase = EditionPhase(edition.phase)
    plan = led(edition)
    phases = [Phase(each.phase) for each in cycles if each.level == Level.TERRITORIAL]
    told = outlook(phases, plan.quorum, plan.cutoff_at, screen.now)
    names = {each.code: each.name for each in plan.territories}
    return screen.show(
        "pages/organiser/steering.html",
        status,
        edition=edition,
        plan=plan,
        phase=EDITION_NAMES[phase],
        awaited=[
            (names[each.territory], NAMES[Phase(each.phase)])
            for each in cycles
            if each.territory in names and is_awaited(Phase(each.phase))
        ],
        outlook=screen.say(told.sentence, **told.facts),
        may_begin=phase in EDITION_MOVES[EditionAct.BEGIN_FINAL],
        may_move=phase in EDITION_MOVES[EditionAct.MOVE],
        may_cancel=phase in EDITION_MOVES[EditionAct.CANCEL],
        page=PAGE.format(edition_code=edition.code),
        # One id for each form: the same id for another act would be somebody else's request.
        ids={
            act.value: typed.request_id if act is typed.act else uuid4()
            for act in (EditionAct.BEGIN_FINAL, EditionAct.CANCEL)
        },
        typed=typed,
        complaints=complaints or {},
    )


async def _read(db: Database, code: str) -> tuple[Edition, list[Cycle]]:
    """An edition that is led, and its cycles; one opened by hand is steered cycle by cycle."""
    async with db.transaction() as session:
        edition = await edition_called(session, code)
        if edition is None or edition.phase == EditionPhase.BY_HAND:
            raise NotFound
        return edition, await cycles_of(session, edition)
