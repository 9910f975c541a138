"""What a territory sealed about a file of the final, for the juror whose own card is sealed."""

from fastapi import APIRouter
from starlette.responses import Response

from api.errors import Forbidden, NotFound
from api.pages.evidence_shown import evidence_rows
from api.pages.jury.visit import CARD, AtCard
from api.rights import juror_of
from domain.jurors import CardStatus
from domain.refusals import N_
from storage.reads.jury import seat_of
from storage.reads.promotion import card_and_evidence

router = APIRouter()

NOT_YET = N_(
    "Le jury national repart de zéro : scellez d'abord votre fiche, et vous lirez ce que le territoire "
    "avait noté."
)


@router.get(CARD + "/territoire")
async def read(visit: AtCard) -> Response:
    """The sealed evidence; nothing of it before the juror has given their own marks."""
    async with visit.db.transaction() as session:
        seat = await seat_of(session, await juror_of(session, visit.viewer, visit.juror_id))
        card, sealed = await card_and_evidence(session, seat.juror.id, visit.card_id)
    if card is None:
        raise NotFound
    if card.status != CardStatus.SEALED:
        raise Forbidden(NOT_YET)
    if sealed is None:
        raise NotFound
    category = seat.template.category(sealed.category)
    return visit.screen.show(
        "pages/jury/territory.html",
        base=f"/jury/{visit.juror_id}/fiches/{visit.card_id}",
        category=category,
        place=sealed,
        rows=evidence_rows(visit.screen, sealed.evidence, category),
    )
