"""The ranking of a cycle once it is frozen, and what the jury decided."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.organiser.desk import DESK, AtDesk
from domain.grand_prize import grand_prize_of
from domain.levels import Level
from domain.phases import ORDER, Phase
from domain.ranking import Flag
from domain.refusals import N_
from storage.reads.organiser.results import RankingPage, decisions_of, ranking_page
from storage.templates import template_of

router = APIRouter()

FLAGS = {
    Flag.BELOW_FLOOR: N_("Pas assez de fiches"),
    Flag.BELOW_THRESHOLD: N_("Sous le seuil"),
    Flag.IMPACT_TOO_LOW: N_("Impact trop faible"),
    Flag.SPREAD_ALERT: N_("Jurés en désaccord"),
    Flag.TO_BE_DECIDED: N_("À départager"),
}
# A place that the column can hold.
Place = Annotated[int, Query(ge=0, le=2**31 - 1)]
RANKED = frozenset(ORDER[ORDER.index(Phase.DELIBERATION) :])


@router.get(DESK + "/resultats")
async def show(
    desk: AtDesk, db: Db, screen: Screen, categorie: str = "", apres: Place = 0
) -> Response:
    """The places of a category, fifty at a time; nothing is ranked before evaluation ends."""
    is_ranked = desk.phase in RANKED
    async with db.transaction() as session:
        frozen = await template_of(session, desk.cycle)
        codes = [each.code for each in frozen.categories]
        shown = categorie if categorie in codes else codes[0]
        cycle = desk.cycle.id
        page = await ranking_page(session, cycle, shown, apres) if is_ranked else RankingPage(())
        decisions = await decisions_of(session, cycle) if is_ranked else ()
    return screen.show(
        "pages/organiser/results.html",
        desk=desk,
        is_ranked=is_ranked,
        category=frozen.category(shown),
        categories=frozen.categories,
        page=page,
        is_first=not apres,
        prize=grand_prize_of(frozen, Level(desk.cycle.level)),
        decisions={each.category: each for each in decisions},
        is_signed=is_ranked and desk.phase is not Phase.DELIBERATION,
        flags=FLAGS,
    )
