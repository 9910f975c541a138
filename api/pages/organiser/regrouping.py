"""Short categories of a territory: see them, give them to another jury, or take that back."""

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
    uuid_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.levels import Level
from domain.phases import CycleAct, Phase
from domain.refusals import N_, Refusal
from domain.regrouping import KIND_NAMES, RegroupKind, short_among
from domain.wire.cycle import AskOfCycle
from storage.database import Database
from storage.reads.regrouping import counts_in, files_in, neighbours_of, regrouped_in
from storage.templates import template_of

router = APIRouter()

PAGE = DESK + "/regroupements"
ACTS = {"regrouper": CycleAct.REGROUP, "annuler": CycleAct.UNGROUP}
DONE = {
    CycleAct.REGROUP: N_(
        "La catégorie change de jury. Ses candidats et les jurys en sont avertis."
    ),
    CycleAct.UNGROUP: N_(
        "La catégorie sera jugée ici. Ses candidats et les jurys en sont avertis."
    ),
}
CHOOSE = N_("Choisissez qui jugera ces dossiers.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of the page held, and for which category."""

    request_id: UUID
    category: str = ""
    where: str = ""
    reason: str = ""


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The categories with too few files, and what becomes of each."""
    return await _shown(screen, desk, db, Typed(uuid4()))


@router.post(PAGE + "/{wanted}")
async def act(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    wanted: str, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Give a category to another jury, or judge it here after all."""
    asked = ACTS.get(wanted)
    if asked is None:
        raise NotFound
    typed = Typed(
        request_id_in(form), form.get("category"), form.get("where"), form.get("reason").strip()
    )
    payload, wrong = _read(form, typed, asked)
    if wrong:
        return await _shown(screen, desk, db, typed, 422, wrong)
    try:
        wish = Wish(asked, f"cycle:{desk.cycle.id}", typed.request_id, payload)
        written = await written_down(db, desk.viewer, wish)
        ask = AskOfCycle(asked, written.request, written.arrived_at)
        await engine.ask_cycle(desk.cycle.code, ask)
    except Refusal as refusal:
        again = Typed(next_request_id(form, refusal), typed.category, typed.where, typed.reason)
        return await _shown(screen, desk, db, again, 409, {"": refusal})
    return screen.go(f"{desk.base}/regroupements", DONE[asked])


def _read(
    form: PostedForm, typed: Typed, asked: CycleAct
) -> tuple[dict[str, object], dict[str, Refusal]]:
    """The request that the form says; a territory is named by its id, the final by the kind alone."""
    wrong: dict[str, Refusal] = {}
    try:
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
    payload: dict[str, object] = {"category": typed.category, "reason": typed.reason}
    if asked is CycleAct.UNGROUP:
        return payload, wrong
    into = uuid_in(typed.where)
    if into is None and typed.where != RegroupKind.CARRIED:
        wrong["where"] = Refusal(CHOOSE)
    kind = RegroupKind.NEIGHBOUR if into else RegroupKind.CARRIED
    return payload | {"kind": kind, "into": str(into) if into else ""}, wrong


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    typed: Typed,
    status: int = 200,
    complaints: dict[str, Refusal] | None = None,
) -> Response:
    async with db.transaction() as session:
        template = await template_of(session, desk.cycle)
        fewest = template.jury.minimum_files_per_category
        counts = await counts_in(session, desk.cycle.id)
        regrouped = await regrouped_in(session, desk.cycle.id)
        short = [each for each in short_among(counts, fewest) if each.category not in regrouped]
        files = {
            code: await files_in(session, desk.cycle.id, code)
            for code in [*regrouped, *(each.category for each in short)]
        }
        neighbours = await neighbours_of(session, desk.cycle)
    said = (complaints or {}).items()
    return screen.show(
        "pages/organiser/regrouping.html",
        status,
        desk=desk,
        page=f"{desk.base}/regroupements",
        is_time=desk.phase is Phase.SCREENING and desk.cycle.level == Level.TERRITORIAL,
        fewest=fewest,
        short=short,
        regrouped=list(regrouped.values()),
        files=files,
        names={each.code: each.name for each in template.categories},
        kinds=KIND_NAMES,
        choices=[
            (RegroupKind.CARRIED, N_("La finale nationale, hors territoire")),
            *((str(each.id), each.name) for each in neighbours),
        ],
        typed=typed,
        complaints={name: screen.say(each.sentence, **each.facts) for name, each in said},
    )
