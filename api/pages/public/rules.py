"""The rules of a cycle, generated from the template that it froze."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.errors import NotFound
from api.pages.public.steps import steps_of
from domain.judging import TieBreak
from domain.refusals import N_
from storage.reads.public import every_cycle, rules_of

router = APIRouter()

TIES = {
    TieBreak.IMPACT: N_("la meilleure moyenne au critère d'impact"),
    TieBreak.FIRST_SPECIFIC: N_("la meilleure moyenne au premier critère propre à la catégorie"),
    TieBreak.JURY_VOTE: N_("un vote du jury"),
    TieBreak.CHAIR: N_("la voix de la présidence du jury"),
}
FILE_TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


@router.get("/reglement")
async def index(db: Db, screen: Screen) -> Response:
    """The rules that one may read, by year."""
    async with db.transaction() as session:
        cycles = await every_cycle(session)
    years = sorted({cycle.year for cycle in cycles}, reverse=True)
    by_year = [(year, [cycle for cycle in cycles if cycle.year == year]) for year in years]
    return screen.show("pages/public/rules_index.html", years=by_year)


@router.get("/reglement/{cycle_code}")
async def show(cycle_code: str, db: Db, screen: Screen) -> Response:
    """The rules of one cycle, as they were frozen."""
    async with db.transaction() as session:
        rules = await rules_of(session, cycle_code)
    if rules is None:
        raise NotFound
    types = rules.template.attachments.types
    return screen.show(
        "pages/public/rules.html",
        rules=rules,
        frozen=rules.template,
        cycle=rules.cycle,
        steps=steps_of(rules.cycle.calendar),
        ties=[TIES[step] for step in rules.template.jury.tie_rule],
        file_types=", ".join(FILE_TYPES.get(each, each) for each in types),
    )
