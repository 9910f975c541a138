"""Moving the dates of an edition as one: the form, what it would do in every cycle, then the act."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.planned import AtPlan, PlanDesk
from api.pages.organiser.planning_dates import LEVELS, read_frame, shown
from api.pages.public.steps import NAMES
from domain.calendar_effects import GROUP_NAMES, Group
from domain.calendar_moves import MovedDate, collisions
from domain.edition_moves import changes_of
from domain.editions import EDITION_MOVES, EditionAct, EditionPhase
from domain.levels import Level
from domain.phases import NAMES as PHASES
from domain.refusals import N_, Refusal
from domain.wire.edition import AskOfEdition
from storage.acts.edition_dates import CycleMove, moves_of
from storage.database import Database
from storage.edition_plans import LedEdition, plan_document
from storage.reads.organiser.edition_moves import Followed, last_followed

router = APIRouter()

PAGE = "/organisation/editions/{edition_code}/dates"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed, what it would do in each cycle, and what is wrong with it, by field."""

    plan: LedEdition
    moves: Sequence[CycleMove]
    wrong: Mapping[str, str]

    @property
    def people(self) -> Mapping[Group, int]:
        """How many are concerned, of each group, in all cycles."""
        counts: Counter[Group] = Counter()
        for each in self.moves:
            counts.update({touched.group: touched.count for touched in each.effects.touched})
        return counts

    @property
    def cuts_off(self) -> bool:
        """Whether somebody who is writing would have less than a week left."""
        return any(each.effects.cuts_off for each in self.moves)


@router.get(PAGE)
async def show(desk: AtPlan, db: Db, screen: Screen) -> Response:
    """The dates in force, ready to be changed, and how the cycles followed the last move."""
    _check_led(desk)
    return await _form(screen, db, desk, shown(desk.plan), uuid4())


@router.post(PAGE + "/effets")
async def try_dry(desk: AtPlan, form: Form, db: Db, screen: Screen) -> Response:
    """What the move would do in every cycle; nothing is written."""
    _check_led(desk)
    typed = dict(form.fields)
    tried = await _tried(db, desk, typed, screen)
    wrong = dict(tried.wrong)
    try:
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = screen.say(refusal.sentence, **refusal.facts)
    if wrong:
        return await _form(screen, db, desk, typed, uuid4(), 422, wrong)
    return _effects(screen, desk, typed, tried, request_id_in(form))


@router.post(PAGE)
async def move(desk: AtPlan, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Move the dates; each cycle follows, and tells those whom it concerns."""
    _check_led(desk)
    typed, act = dict(form.fields), EditionAct.MOVE
    tried = await _tried(db, desk, typed, screen)
    try:
        payload = {
            "seen": form.get("seen"),
            "plan": plan_document(tried.plan),
            "force": form.get("force") == "yes",
            "reason": reason_in(form),
        }
        wish = Wish(act, f"edition:{desk.edition.id}", request_id_in(form), payload)
        asked = await written_down(db, desk.viewer, wish)
        await engine.ask_edition(
            desk.edition.code, AskOfEdition(act, asked.request, asked.arrived_at)
        )
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return await _form(screen, db, desk, typed, again, 409, said)
    return screen.go(
        PAGE.format(edition_code=desk.edition.code),
        N_("Les dates de l'édition sont déplacées. Ses cycles suivent, et les lettres partent."),
    )


async def _tried(db: Database, desk: PlanDesk, typed: Mapping[str, str], screen: Screen) -> Tried:
    read = read_frame(desk.plan, typed)
    wrong = {name: screen.say(each.sentence, **each.facts) for name, each in read.wrong.items()}
    frame = read.plan.frame
    crossing = [*collisions(frame.territorial), *collisions(frame.national)]
    if crossing and not wrong:
        wrong[""] = _spoken(screen, crossing)
    async with db.transaction() as session:
        # The page asks for that tick beside the effects.
        moves = await moves_of(session, desk.edition, frame, screen.now, is_forced=True)
    if not wrong:
        wrong |= _refused(moves, screen)
    return Tried(read.plan, moves, wrong)


def _refused(moves: Iterable[CycleMove], screen: Screen) -> dict[str, str]:
    """Why cycles could not follow, each with its name."""
    said: list[str] = []
    for each in moves:
        try:
            if each.moves:
                each.check()
        except Refusal as refusal:
            said.append(f"{each.cycle.name} : {screen.say(refusal.sentence, **refusal.facts)}")
    return {"": " ".join(said)} if said else {}


def _spoken(screen: Screen, refusals: Iterable[Refusal]) -> str:
    return " ".join(screen.say(each.sentence, **each.facts) for each in refusals)


def _check_led(desk: PlanDesk) -> None:
    if EditionPhase(desk.edition.phase) is EditionPhase.PREPARED:
        raise NotFound  # its dates are those of its plan, which waits to be confirmed


async def _form(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    desk: PlanDesk,
    typed: Mapping[str, str],
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        followed: Sequence[Followed] = await last_followed(session, desk.edition.id)
    return screen.show(
        "pages/organiser/edition_dates/form.html",
        status,
        desk=desk,
        typed=typed,
        names=NAMES,
        levels={level.value: title for level, title in LEVELS.items()},
        may_move=EditionPhase(desk.edition.phase) in EDITION_MOVES[EditionAct.MOVE],
        followed=followed,
        seen=typed.get("seen", desk.plan.seen),
        request_id=request_id,
        complaints=complaints or {},
    )


def _effects(
    screen: Screen, desk: PlanDesk, typed: Mapping[str, str], tried: Tried, request_id: UUID
) -> Response:
    now, then = desk.plan.frame, tried.plan.frame
    frames = {
        Level.TERRITORIAL: (now.territorial, then.territorial),
        Level.NATIONAL: (now.national, then.national),
    }
    return screen.show(
        "pages/organiser/edition_dates/effects.html",
        desk=desk,
        changes={
            LEVELS[level]: [
                MovedDate(name, getattr(before, name), getattr(after, name))
                for name in changes_of(before, after)
            ]
            for level, (before, after) in frames.items()
        },
        tried=tried,
        groups=GROUP_NAMES,
        names=NAMES,
        phases=PHASES,
        carried={
            key: said for key, said in typed.items() if key not in {"csrf_token", "request_id"}
        },
        request_id=request_id,
    )
