"""A territory that was decided and the final above it, as the acts of promotions find them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.phases import Phase
from domain.promotion import PromotionAct
from domain.promotion_evidence import seal_of
from domain.wire import names
from domain.wire.promotion import (
    BeginPromotions,
    PromotionRef,
    PromotionState,
    SettlePromotion,
)
from storage.acts import promotions
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.results import Decision, Minutes, Standing
from tests.builders import (
    NOON,
    a_calendar,
    a_cycle,
    a_juror,
    a_person,
    an_application,
    an_edition,
)
from tests.storage.acts import a_request

CATEGORY = "QUA"
DAY = timedelta(days=1)
WEEK = 7 * DAY
REASON = "Nous préférons laisser la place."


@dataclass
class Territory:
    """A decided territory with files in the order of their ranks, and the final above it."""

    edition: Edition
    cycle: Cycle
    final: Cycle
    files: list[Application]
    owners: list[UUID]
    chair: Juror

    async def begin(self, session: AsyncSession, at: datetime = NOON) -> Promotion:
        """The places of the category of the files, written down and offered."""
        await promotions.begin(session, BeginPromotions(str(self.cycle.id), at))
        promotion = await self.promotion(session)
        await promotions.offer_places(session, PromotionRef(str(promotion.id), at))
        return promotion

    async def promotion(self, session: AsyncSession) -> Promotion:
        found = await session.execute(
            select(Promotion).where(
                col(Promotion.cycle_id) == self.cycle.id, col(Promotion.category) == CATEGORY
            )
        )
        return found.scalar_one()

    async def offers(self, session: AsyncSession) -> list[PlaceOffer]:
        """Every offer, in the order in which they were made."""
        rows = await session.scalars(
            select(PlaceOffer).order_by(col(PlaceOffer.offered_at), col(PlaceOffer.rank))
        )
        return list(rows)

    async def answer(
        self,
        session: AsyncSession,
        act: PromotionAct,
        file: int = 0,
        *,
        at: datetime = NOON + DAY,
        reason: str = REASON,
    ) -> PromotionState:
        """An answer of the owner of a file, arrived at an instant, settled as its activity does."""
        promotion = await self.promotion(session)
        offer = next(
            each
            for each in await self.offers(session)
            if each.application_id == self.files[file].id
        )
        request = await a_request(
            session,
            act,
            names.promotion_subject(str(promotion.id)),
            {"offer": str(offer.id), "reason": reason},
            at=at,
            by=self.owners[file],
        )
        return await promotions.settle(
            session, SettlePromotion(str(promotion.id), act, str(request.id), at)
        )


async def a_decided_territory(
    session: AsyncSession,
    *means: str,
    at: datetime = NOON,
    awards: bool = True,
    final_in: timedelta = 60 * DAY,
    year: int = 2027,
) -> Territory:
    """One ranked file for each mean, best first, the first of them laureate; minutes signed."""
    edition = await an_edition(session, year=year)
    calendar = a_calendar(at - 28 * DAY)
    cycle = await a_cycle(session, edition=edition, calendar=calendar, phase=Phase.DECIDED)
    final = await a_cycle(
        session,
        edition=edition,
        territory="national",
        phase=Phase.PREPARED,
        calendar=a_calendar(at + final_in),
    )
    chair = await a_juror(session, cycle, name="Claire Présidente", is_chair=True)
    files, owners = [], []
    for place, mean in enumerate(means, 1):
        owner = await a_person(session, f"entreprise-{place}@exemple.fr")
        file = await a_sent_file(session, cycle, owner.id, f"Entreprise {place}", at)
        session.add(_standing(cycle, file, place, mean))
        files.append(file)
        owners.append(owner.id)
    session.add(
        Decision(
            cycle_id=cycle.id,
            category=CATEGORY,
            laureate_id=files[0].id if files and awards else None,
            awards=bool(files) and awards,
            reason="" if awards else "Aucun dossier ne se détache.",
        )
    )
    minutes = {"cycle": cycle.code, "categories": [{"code": CATEGORY}]}
    session.add(
        Minutes(
            cycle_id=cycle.id,
            document=minutes,
            fingerprint=seal_of(minutes),
            signed_by=chair.person_id,
            signed_at=at,
        )
    )
    await session.flush()
    return Territory(edition, cycle, final, files, owners, chair)


def _standing(cycle: Cycle, file: Application, place: int, mean: str) -> Standing:
    return Standing(
        cycle_id=cycle.id,
        category=CATEGORY,
        application_id=file.id,
        place=place,
        rank=place,
        mean=Decimal(mean),
        spread=Decimal(10),
        valid_cards=3,
        criteria={"IMP": mean},
        flags=["below_threshold"] if Decimal(mean) < Decimal(50) else [],
    )


async def a_sent_file(
    session: AsyncSession, cycle: Cycle, owner: UUID, company: str, at: datetime = NOON
) -> Application:
    """An admitted file with the version that was sent."""
    answers = {"title": "Un tuteur pour chacun", "public_summary": f"Ce que fait {company}."}
    file = await an_application(
        session,
        cycle,
        status=Status.ADMITTED,
        category=CATEGORY,
        company=company,
        answers=answers,
        number=f"N-{company}",
        by=owner,
    )
    file.version = 1
    session.add(
        ApplicationVersion(
            application_id=file.id,
            version=1,
            answers=answers,
            fingerprint="0" * 64,
            arrived_at=at,
            by_person=owner,
            request_id=uuid4(),
        )
    )
    await session.flush()
    return file
