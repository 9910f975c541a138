"""Short categories of a territory: list them, give one to another jury, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from api.dependencies import Asking as Workflows
from api.dependencies import Db
from api.engine import Engine
from api.identity.programs import Program
from api.identity.viewer import Viewer
from api.rest.asking import check_reason_of, written_as
from api.rest.reaching import organised
from api.rest.shapes import Asking, Regrouping, Ungrouping
from domain.phases import CycleAct
from domain.regrouping import RegroupKind, short_among
from domain.wire.cycle import AskOfCycle, CycleState
from storage.database import Database
from storage.reads.regrouping import counts_in, neighbours_of, regrouped_in
from storage.templates import template_of

router = APIRouter(prefix="/cycles/{cycle}", tags=["Cycles"])


@dataclass(frozen=True, slots=True)
class ShortCategory:
    """A category with too few files, or that was given away; ``kind`` says who judges it, if not here."""

    category: str
    admitted: int
    waiting: int
    kind: RegroupKind | None = None
    into: str = ""


@dataclass(frozen=True, slots=True)
class ShortCategories:
    """The short categories of a cycle, the fewest files that a jury takes, and who could judge them."""

    fewest: int
    categories: Sequence[ShortCategory]
    neighbours: Sequence[UUID]


@router.get("/short-categories")
async def list_short_categories(cycle: str, program: Program, db: Db) -> ShortCategories:
    """List the categories with too few admitted files, and what becomes of each."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        fewest = (await template_of(session, row)).jury.minimum_files_per_category
        counts = await counts_in(session, row.id)
        gone = await regrouped_in(session, row.id)
        neighbours = await neighbours_of(session, row)
    short = {each.category for each in short_among(counts, fewest)} | set(gone)
    return ShortCategories(
        fewest,
        [
            ShortCategory(
                code,
                counts[code].admitted if code in counts else 0,
                counts[code].waiting if code in counts else 0,
                gone[code].kind if code in gone else None,
                gone[code].into if code in gone else "",
            )
            for code in sorted(short)
        ],
        [each.id for each in neighbours],
    )


@router.post("/regroup")
async def regroup(
    cycle: str, regrouping: Regrouping, program: Program, db: Db, workflows: Workflows
) -> CycleState:
    """Give a short category to the jury of a neighbour, named by its id; to the final when none is."""
    into = regrouping.into
    payload = {
        "category": regrouping.category,
        "kind": RegroupKind.NEIGHBOUR if into else RegroupKind.CARRIED,
        "into": str(into) if into else "",
        "reason": regrouping.reason,
    }
    return await _ask(db, workflows, program, cycle, (CycleAct.REGROUP, regrouping, payload))


@router.post("/ungroup")
async def ungroup(
    cycle: str, ungrouping: Ungrouping, program: Program, db: Db, workflows: Workflows
) -> CycleState:
    """Judge a category here after all; possible until the evaluation begins."""
    payload = {"category": ungrouping.category, "reason": ungrouping.reason}
    return await _ask(db, workflows, program, cycle, (CycleAct.UNGROUP, ungrouping, payload))


async def _ask(
    db: Database,
    workflows: Engine,
    program: Viewer,
    cycle: str,
    act: tuple[CycleAct, Asking, dict[str, str]],
) -> CycleState:
    kind, asking, payload = act
    check_reason_of(asking)
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        subject = f"cycle:{row.id}"
        asked = await written_as(session, program, asking.request_id, kind, subject, payload)
    return await workflows.ask_cycle(row.code, AskOfCycle(kind, asked.request, asked.arrived_at))
