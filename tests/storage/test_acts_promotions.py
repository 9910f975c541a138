"""Places in the final: offered by rank, answered once, and handed on when nobody takes them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from domain.applications import Status
from domain.final_files import Entry
from domain.phases import Phase
from domain.promotion import OfferStatus, PlaceStatus, PromotionAct
from domain.promotion_dates import SETTLING, PromotionDue, PromotionTimer
from domain.refusals import Refusal
from domain.wire import names
from domain.wire.promotion import BeginPromotions, PromotionFallsDue, PromotionRef
from storage.acts import promotions
from storage.acts.promotion_evidence import verify
from storage.database import Database
from storage.tables.applications import Application, ApplicationVersion, Attachment, Member
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.results import Minutes
from storage.templates import calendar_document
from tests.builders import NOON, a_calendar, a_cycle
from tests.storage.acts import a_request, kinds
from tests.storage.promoting import CATEGORY, DAY, REASON, WEEK, a_decided_territory


def lapsing(offer: PlaceOffer) -> PromotionDue:
    at = offer.until + SETTLING
    return PromotionDue(PromotionTimer.LAPSE, str(offer.id), at, offer.until)


async def test_the_laureate_is_offered_the_place_under_embargo_for_seven_days(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")

        await territory.begin(session)

        [offer] = await territory.offers(session)
        assert (offer.application_id, offer.status) == (territory.files[0].id, OfferStatus.OFFERED)
        assert offer.until == NOON + WEEK
        # The other categories had no file at all: their places are vacant, and it is said.
        assert await kinds(session) == ["promotion_offered"]


async def test_beginning_twice_writes_and_offers_once(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")

        await territory.begin(session)
        await territory.begin(session, NOON + DAY)

        assert len(await territory.offers(session)) == 1
        assert (
            await session.execute(select(func.count()).select_from(Promotion))
        ).scalar_one() == 5
        assert await kinds(session) == ["promotion_offered"]


async def test_an_edition_without_a_final_offers_nothing(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.DECIDED)

        assert await promotions.begin(session, BeginPromotions(str(cycle.id), NOON)) == []


async def test_a_territory_that_is_still_deliberating_offers_nothing(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")
        territory.cycle.phase = Phase.DELIBERATION

        assert await promotions.begin(session, BeginPromotions(str(territory.cycle.id), NOON)) == []


async def test_a_confirmed_place_opens_a_file_in_the_final_as_it_was_last_sent(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)

        state = await territory.answer(session, PromotionAct.CONFIRM)

        [offer] = await territory.offers(session)
        file = await session.get_one(Application, offer.final_file_id)
        source = territory.files[0]
        assert state.status is PlaceStatus.FILLED
        assert (file.cycle_id, file.origin_id) == (territory.final.id, source.id)
        assert (file.status, file.entry, file.version) == (Status.ADMITTED, Entry.PROMOTED, 1)
        assert (file.siret, file.category, file.answers) == (
            source.siret,
            source.category,
            source.answers,
        )
        assert file.number != source.number
        assert await kinds(session) == ["promotion_confirmed", "promotion_offered"]


async def test_the_people_and_the_pieces_go_up_with_the_file(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")
        source = territory.files[0]
        piece = Attachment(
            application_id=source.id,
            name="bilan.pdf",
            media_type="application/pdf",
            size=10,
            sha256="a" * 64,
            added_by=territory.owners[0],
        )
        session.add(piece)
        await session.flush()
        sent = (
            await session.scalars(
                select(ApplicationVersion).where(
                    col(ApplicationVersion.application_id) == source.id
                )
            )
        ).one()
        sent.attachments = [{"id": str(piece.id), "name": "bilan.pdf"}]
        await territory.begin(session)

        await territory.answer(session, PromotionAct.CONFIRM)

        [offer] = await territory.offers(session)
        copied = (
            await session.scalars(
                select(Attachment).where(col(Attachment.application_id) == offer.final_file_id)
            )
        ).one()
        team = await session.scalars(
            select(col(Member.person_id)).where(col(Member.application_id) == offer.final_file_id)
        )
        assert (copied.name, copied.stored_as) == ("bilan.pdf", piece.id)
        assert list(team) == [territory.owners[0]]


async def test_a_declined_place_goes_to_the_next_in_rank_with_its_own_delay(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70", "40")
        await territory.begin(session)

        state = await territory.answer(session, PromotionAct.DECLINE, at=NOON + 2 * DAY)

        first, second = await territory.offers(session)
        assert (first.status, first.reason) == (OfferStatus.DECLINED, REASON)
        assert second.application_id == territory.files[1].id
        assert second.until == NOON + 2 * DAY + WEEK
        assert state.status is PlaceStatus.WAITING


async def test_declining_needs_a_reason(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")
        await territory.begin(session)

        with pytest.raises(Refusal):
            await territory.answer(session, PromotionAct.DECLINE, reason=" ")


async def test_nobody_below_the_threshold_is_asked_and_the_organisers_hear_of_the_vacancy(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "49.99")
        await territory.begin(session)

        state = await territory.answer(session, PromotionAct.DECLINE)

        assert state.status is PlaceStatus.EMPTY
        assert len(await territory.offers(session)) == 1


async def test_a_jury_that_gave_no_trophy_leaves_the_place_vacant(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", awards=False)

        promotion = await territory.begin(session)

        assert promotion.status == PlaceStatus.EMPTY
        assert await territory.offers(session) == []


async def test_silence_lets_the_place_go_to_the_next(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        promotion = await territory.begin(session)
        [offer] = await territory.offers(session)
        due = lapsing(offer)

        await promotions.fall_due(session, PromotionFallsDue(str(promotion.id), due, due.at))

        first, second = await territory.offers(session)
        assert first.status == OfferStatus.LAPSED
        assert second.until == due.at + WEEK


async def test_an_answer_that_arrived_at_the_last_instant_is_taken_by_the_end_of_the_delay(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        promotion = await territory.begin(session)
        [offer] = await territory.offers(session)
        await a_request(
            session,
            PromotionAct.CONFIRM,
            names.promotion_subject(str(promotion.id)),
            {"offer": str(offer.id)},
            at=offer.until,
            by=territory.owners[0],
        )
        due = lapsing(offer)

        state = await promotions.fall_due(
            session, PromotionFallsDue(str(promotion.id), due, due.at)
        )

        assert state.status is PlaceStatus.FILLED
        assert [each.status for each in await territory.offers(session)] == [OfferStatus.CONFIRMED]


async def test_an_answer_that_arrived_a_microsecond_late_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)

        with pytest.raises(Refusal):
            await territory.answer(
                session, PromotionAct.CONFIRM, at=NOON + WEEK + timedelta(microseconds=1)
            )


async def test_a_delay_follows_the_closing_of_the_final_when_it_moves(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70", final_in=-8 * DAY)
        promotion = await territory.begin(session)
        [offer] = await territory.offers(session)
        before, due = offer.until, lapsing(offer)
        territory.final.calendar = calendar_document(a_calendar(NOON + 20 * DAY))
        await session.flush()

        state = await promotions.fall_due(
            session, PromotionFallsDue(str(promotion.id), due, due.at)
        )

        assert before == NOON + 2 * DAY
        assert [(each.status, each.until) for each in state.offers] == [
            (OfferStatus.OFFERED, NOON + WEEK)
        ]


async def test_nobody_goes_up_once_the_final_reads(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)
        territory.final.phase = Phase.EVALUATION

        with pytest.raises(Refusal):
            await territory.answer(session, PromotionAct.CONFIRM)


async def test_a_file_that_was_withdrawn_loses_the_offer(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        promotion = await territory.begin(session)
        territory.files[0].status = Status.WITHDRAWN
        await session.flush()

        await promotions.offer_places(session, PromotionRef(str(promotion.id), NOON + DAY))

        first, second = await territory.offers(session)
        assert (first.status, second.application_id) == (OfferStatus.VOID, territory.files[1].id)


async def test_the_evidence_is_sealed_with_the_offer_and_verified_against_the_minutes(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)
        [offer] = await territory.offers(session)
        minutes = await session.get_one(Minutes, territory.cycle.id)

        as_sealed = await verify(session, offer)
        offer.evidence = offer.evidence | {"score": "99.00"}
        changed = await verify(session, offer)
        offer.evidence = offer.evidence | {"score": "80.00"}
        minutes.document = minutes.document | {"summary": "Autre"}
        await session.flush()
        other_minutes = await verify(session, offer)

        assert offer.evidence["rank"] == 1
        assert offer.evidence["readings"] == 3
        assert offer.evidence["calendar_version"] == territory.cycle.calendar_version
        assert (as_sealed.holds, changed.is_whole, other_minutes.has_its_minutes) == (
            True,
            False,
            False,
        )


async def test_the_same_request_settles_once(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)

        await territory.answer(session, PromotionAct.CONFIRM)
        files = await session.scalar(
            select(func.count())
            .select_from(Application)
            .where(col(Application.cycle_id) == territory.final.id)
        )

        assert files == 1
        with pytest.raises(Refusal):
            await territory.answer(session, PromotionAct.CONFIRM)
        assert (await territory.promotion(session)).category == CATEGORY
