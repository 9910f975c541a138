"""The place in the final of a file that may not go: it is taken back, and offered to the next."""

from uuid import UUID, uuid5

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.promotion import HOLDING, OfferStatus, PlaceStatus
from storage.acts.case import Case, reason
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.records import Request


async def lose_place(session: AsyncSession, case: Case, act: Act) -> tuple[str, ...]:
    """Take back the places that the file holds; gives the promotions that have one to offer again.

    Its copy in the final has a life of its own: the same act is asked of it, by the same person.
    """
    its_id = case.application.id
    rows = await session.execute(
        select(PlaceOffer, Promotion)
        .join(Promotion, col(Promotion.id) == col(PlaceOffer.promotion_id))
        .where(
            or_(col(PlaceOffer.application_id) == its_id, col(PlaceOffer.final_file_id) == its_id),
            col(PlaceOffer.status).in_(HOLDING),
        )
        .with_for_update(of=Promotion)
    )
    lost: list[str] = []
    for offer, promotion in rows.all():
        _take_back(session, case, offer)
        promotion.status, promotion.settled_at = PlaceStatus.WAITING, None
        promotion.turn += 1
        lost.append(str(promotion.id))
        if offer.application_id == its_id and offer.final_file_id is not None:
            await _ask_of_the_copy(session, case, offer.final_file_id, act)
    return tuple(lost)


def _take_back(session: AsyncSession, case: Case, offer: PlaceOffer) -> None:
    before, offer.status = offer.status, OfferStatus.VOID
    write_line(
        session,
        subject=f"application:{offer.application_id}",
        act="void_offer",
        at=case.at,
        before=before,
        after=OfferStatus.VOID,
        reason=reason(case),
        request=case.request,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )


async def _ask_of_the_copy(session: AsyncSession, case: Case, copy: UUID, act: Act) -> None:
    file = await session.get_one(Application, copy)
    if case.request is None or file.status != Status.ADMITTED:
        return
    await session.execute(
        insert(Request)
        .values(
            id=uuid5(case.request.id, str(copy)),
            kind=act,
            subject=f"application:{copy}",
            by_person=case.request.by_person,
            payload={**case.request.payload, "follows": str(case.request.id)},
            settled=False,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )
