"""The dates of an edition before it is confirmed: those of its territories, of its final, its quorum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import next_request_id
from api.pages.organiser.planned import CONFIRMATION, AtPlan, PlanDesk, back, revised, wrong_in
from api.pages.public.steps import NAMES
from domain.calendar import CycleCalendar
from domain.calendar_moves import with_dates
from domain.edition_plan import PARIS, EditionFrame, check_quorum
from domain.levels import Level
from domain.refusals import N_, Refusal
from domain.typed_dates import as_typed, local_of, read_dates, read_instant
from storage.edition_plans import LedEdition

router = APIRouter()

PAGE = CONFIRMATION + "/dates"
LEVELS: Mapping[Level, str] = {
    Level.TERRITORIAL: N_("Les territoires"),
    Level.NATIONAL: N_("La finale nationale"),
}
CUTOFF, QUORUM = "cutoff_at", "quorum"


@dataclass(frozen=True, slots=True)
class Read:
    """What a form of dates says, and what cannot be read in it, by field."""

    plan: LedEdition
    wrong: Mapping[str, Refusal]


@router.get(PAGE)
async def show(desk: AtPlan, screen: Screen) -> Response:
    """The dates as they are planned, to be changed at will."""
    return _form(screen, desk, shown(desk.plan), desk.plan.seen, uuid4())


@router.post(PAGE)
async def change(desk: AtPlan, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Give the edition these dates, unless something in them could not be held."""
    typed, seen = dict(form.fields), form.get("seen")
    read = read_frame(desk.plan, typed)
    said = {name: screen.say(each.sentence, **each.facts) for name, each in read.wrong.items()}
    if not said and (sentence := wrong_in(read.plan, screen)):
        said[""] = sentence
    if said:
        return _form(screen, desk, typed, seen, uuid4(), 422, said)
    try:
        await revised(desk, form, db, engine, plan=read.plan, what="dates")
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return _form(screen, desk, typed, desk.plan.seen, again, 409, said)
    return back(desk, screen)


def shown(plan: LedEdition) -> dict[str, str]:
    """The form of an edition's dates before anybody typed in it."""
    calendars = {Level.TERRITORIAL: plan.frame.territorial, Level.NATIONAL: plan.frame.national}
    typed = {
        f"{level}.{name}": said
        for level, calendar in calendars.items()
        for name, said in as_typed(calendar, PARIS).items()
    }
    return typed | {QUORUM: str(plan.quorum), CUTOFF: local_of(plan.cutoff_at, PARIS)}


def read_frame(plan: LedEdition, typed: Mapping[str, str]) -> Read:
    """The plan with the dates that were typed, in Paris time; what is left as shown stays."""
    wrong: dict[str, Refusal] = {}
    territorial = _calendar(plan.frame.territorial, Level.TERRITORIAL, typed, wrong)
    national = _calendar(plan.frame.national, Level.NATIONAL, typed, wrong)
    quorum = _quorum(plan, typed, wrong)
    cutoff_at = _cutoff(plan, national, typed, wrong)
    frame = EditionFrame(territorial, national)
    return Read(LedEdition(plan.territories, frame, quorum, cutoff_at), wrong)


def _calendar(
    calendar: CycleCalendar, level: Level, typed: Mapping[str, str], wrong: dict[str, Refusal]
) -> CycleCalendar:
    under = f"{level}."
    own = {key.removeprefix(under): said for key, said in typed.items() if key.startswith(under)}
    dates, unread = read_dates(own, calendar, PARIS)
    wrong |= {under + name: refusal for name, refusal in unread.items()}
    return with_dates(calendar, dates)


def _quorum(plan: LedEdition, typed: Mapping[str, str], wrong: dict[str, Refusal]) -> int:
    said = typed.get(QUORUM, str(plan.quorum)).strip()
    quorum = int(said) if said.isascii() and said.isdigit() and len(said) <= 3 else 0  # noqa: PLR2004  (digits of a number of territories)
    try:
        check_quorum(quorum, len(plan.territories))
    except Refusal as refusal:
        wrong[QUORUM] = refusal
    return quorum


def _cutoff(
    plan: LedEdition,
    national: CycleCalendar,
    typed: Mapping[str, str],
    wrong: dict[str, Refusal],
) -> datetime:
    """The cut-off, which follows the opening of the final as long as it was there."""
    before = local_of(plan.cutoff_at, PARIS)
    said = typed.get(CUTOFF, before).strip()
    if said == before:
        follows = plan.cutoff_at == plan.frame.national.opens_at
        return national.opens_at if follows else plan.cutoff_at
    try:
        return read_instant(CUTOFF, said, PARIS)
    except Refusal as refusal:
        wrong[CUTOFF] = refusal
        return plan.cutoff_at


def _form(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: PlanDesk,
    typed: Mapping[str, str],
    seen: str,
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    return screen.show(
        "pages/organiser/planning/dates.html",
        status,
        desk=desk,
        typed=typed,
        names=NAMES,
        levels={level.value: title for level, title in LEVELS.items()},
        seen=seen,
        request_id=request_id,
        complaints=complaints or {},
    )
