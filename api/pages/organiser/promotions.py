"""The places in the final: who was asked, who answered what, and the evidence that goes with each."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.errors import NotFound
from api.pages.evidence_shown import evidence_rows
from api.pages.organiser.desk import DESK, AtDesk
from domain.levels import Level
from domain.promotion import OFFER_NAMES, PLACE_NAMES, OfferStatus, PlaceStatus
from storage.reads.organiser.promotions import carried_into, evidence_of, places_of
from storage.templates import template_of

router = APIRouter()

TONES = {
    PlaceStatus.WAITING: "active",
    PlaceStatus.FILLED: "good",
    PlaceStatus.EMPTY: "attention",
    OfferStatus.OFFERED: "active",
    OfferStatus.CONFIRMED: "good",
    OfferStatus.DECLINED: "quiet",
    OfferStatus.LAPSED: "quiet",
    OfferStatus.VOID: "quiet",
}


@router.get(DESK + "/promotions")
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The places of this territory, or of all of them for who organises the final."""
    async with db.transaction() as session:
        template = await template_of(session, desk.cycle)
        places = await places_of(session, desk.cycle)
        carried = await carried_into(session, desk.cycle)
    return screen.show(
        "pages/organiser/promotions.html",
        desk=desk,
        is_final=desk.cycle.level == Level.NATIONAL,
        places=places,
        carried=carried,
        categories={each.code: each.name for each in template.categories},
        place_names=PLACE_NAMES,
        offer_names=OFFER_NAMES,
        tones=TONES,
    )


@router.get(DESK + "/promotions/{offer_id}")
async def read_evidence(offer_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What the territory sealed about one file, verified as it is shown."""
    async with db.transaction() as session:
        template = await template_of(session, desk.cycle)
        place = await evidence_of(session, desk.cycle, offer_id)
    if place is None:
        raise NotFound
    category = template.category(place.category)
    return screen.show(
        "pages/organiser/promotion.html",
        desk=desk,
        place=place,
        category=category,
        rows=evidence_rows(screen, place.evidence, category),
    )
