"""A doubt about an admitted file: the company answers first, then it stays or goes out."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.ineligibility import DoubtStep
from domain.jurors import CardStatus
from domain.phases import Phase
from domain.promotion import OfferStatus, PlaceStatus, PromotionAct
from domain.refusals import Refusal
from domain.wire.application import ApplicationState, SettleApplication
from domain.wire.partner import TendPartner
from domain.wire.promotion import PromotionRef
from storage.acts import applications, promotions
from storage.acts.partner_delay import tend
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.doubts import Doubt
from storage.tables.juries import Card
from storage.tables.records import Request
from storage.tables.results import Standing
from tests.builders import NOON, a_card, a_cycle, a_juror, an_organiser
from tests.storage.acts import SAMPLE, a_draft, a_request, kinds, lines
from tests.storage.deliberation import deliberating
from tests.storage.promoting import DAY, a_decided_territory

OPENING: dict[str, object] = {"reason": "L’établissement est fermé.", "rules": ["R02"], "days": 5}
REPLY: dict[str, object] = {"reply": "Nous avons déménagé : voici l’avis de situation."}
DECIDED: dict[str, object] = {"reason": "Le registre le dit fermé.", "rules": ["R02"]}
MARKS: dict[str, int] = {"IMP": 4, "PER": 4, "REP": 4, "ACC": 4, "SUI": 4}
UNTIL = NOON + timedelta(days=5)


async def asks(
    session: AsyncSession,
    file: Application,
    act: Act,
    payload: dict[str, object],
    at: datetime = NOON,
    by: UUID | None = None,
) -> ApplicationState:
    request = await a_request(session, act, f"application:{file.id}", payload, at=at, by=by)
    return await applications.settle(
        session, SettleApplication(str(file.id), act, str(request.id), at)
    )


async def doubted(session: AsyncSession) -> tuple[Cycle, Application, Doubt]:
    """An admitted file that is being scored, whose eligibility is doubted."""
    cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION)
    await an_organiser(session, cycle)
    file = await a_draft(session, cycle, status=Status.ADMITTED)
    state = await asks(session, file, Act.DOUBT, OPENING)
    doubt = (await session.scalars(select(Doubt))).one()
    assert state.partner_at == doubt.until == UNTIL
    return cycle, file, doubt


async def test_the_company_is_asked_first_and_nothing_else_changes(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION)
        file = await a_draft(session, cycle, status=Status.ADMITTED)
        card = await a_card(session, await a_juror(session, cycle), file)

        state = await asks(session, file, Act.DOUBT, OPENING)

        assert (state.status, card.status) == (Status.ADMITTED, CardStatus.TO_SCORE)
        assert await kinds(session) == ["eligibility_doubted"]


async def test_one_doubt_at_a_time(database: Database) -> None:
    async with database.transaction() as session:
        _, file, _ = await doubted(session)

        with pytest.raises(Refusal, match="Un doute est déjà ouvert"):
            await asks(session, file, Act.DOUBT, OPENING)


async def test_a_reply_in_time_is_read_by_the_organiser(database: Database) -> None:
    async with database.transaction() as session:
        _, file, doubt = await doubted(session)

        await asks(session, file, Act.ANSWER_DOUBT, REPLY, UNTIL)

        assert (doubt.step, doubt.reply, doubt.replied_at) == (
            DoubtStep.REPLIED,
            REPLY["reply"],
            UNTIL,
        )
        assert await kinds(session) == ["eligibility_doubted", "eligibility_to_decide"]


async def test_nobody_is_excluded_before_the_company_answered_or_could_have(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, file, _ = await doubted(session)

        with pytest.raises(Refusal, match="attendez sa réponse"):
            await asks(session, file, Act.EXCLUDE, DECIDED, UNTIL)

        assert file.status == Status.ADMITTED


async def test_a_reply_that_arrived_in_time_counts_although_nobody_carried_it(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, file, doubt = await doubted(session)
        await a_request(session, Act.ANSWER_DOUBT, f"application:{file.id}", REPLY, at=UNTIL)

        await tend(session, TendPartner(str(file.id), UNTIL + timedelta(seconds=2)))

        assert (doubt.step, doubt.reply) == (DoubtStep.REPLIED, REPLY["reply"])


async def test_at_the_end_of_the_delay_the_organiser_is_told_once(database: Database) -> None:
    async with database.transaction() as session:
        _, file, _ = await doubted(session)
        late = UNTIL + timedelta(seconds=2)

        first = await tend(session, TendPartner(str(file.id), late))
        again = await tend(session, TendPartner(str(file.id), late))

        assert (first.look_at, first.letters, again.letters) == (None, 1, 0)


async def test_a_doubt_that_is_dropped_leaves_everything_as_it_was(database: Database) -> None:
    async with database.transaction() as session:
        _, file, doubt = await doubted(session)

        state = await asks(session, file, Act.DROP_DOUBT, {"reason": "Le registre a été corrigé."})

        assert (state.status, state.partner_at, doubt.step) == (
            Status.ADMITTED,
            None,
            DoubtStep.DROPPED,
        )
        assert await kinds(session) == ["eligibility_doubted", "eligibility_upheld"]


async def test_during_evaluation_its_readers_stop_and_its_sealed_cards_are_kept(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, file, _ = await doubted(session)
        cards = [
            await a_card(session, await a_juror(session, cycle), file, status=status)
            for status in (CardStatus.SEALED, CardStatus.TO_SCORE)
        ]

        state = await asks(session, file, Act.EXCLUDE, DECIDED, UNTIL + DAY)
        for card in cards:
            await session.refresh(card)

        assert state.status is Status.REFUSED
        assert [card.status for card in cards] == [CardStatus.SEALED, CardStatus.WITHDRAWN]
        assert await kinds(session) == [
            "application_excluded_in_jury",
            "eligibility_doubted",
            "eligibility_lost",
        ]


async def test_a_frozen_ranking_is_computed_again_with_old_and_new_ranks(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        await asks(session, files[0], Act.DOUBT, OPENING)

        await asks(session, files[0], Act.EXCLUDE, DECIDED, UNTIL + DAY)

        standings = await session.scalars(
            select(Standing)
            .where(col(Standing.cycle_id) == cycle.id)
            .order_by(col(Standing.place))
            .execution_options(populate_existing=True)
        )
        ranked = [(each.application_id, each.rank, each.valid_cards) for each in standings]
        assert ranked == [(files[1].id, 1, 2), (files[2].id, 2, 2), (files[0].id, None, 2)]
        doubt = (await session.scalars(select(Doubt))).one()
        assert doubt.ranks == [
            {"application": str(files[0].id), "before": 1, "after": None},
            {"application": str(files[1].id), "before": 2, "after": 1},
            {"application": str(files[2].id), "before": 3, "after": 2},
        ]
        assert await lines(session, "rank_again", cycle.id) == 1
        assert await session.scalar(
            select(col(Card.id)).where(col(Card.application_id) == files[0].id).limit(1)
        )
        assert await kinds(session) == [
            "deliberation_opened",
            "eligibility_doubted",
            "eligibility_lost",
            "ranking_changed",
        ]


async def test_a_place_in_the_final_goes_to_the_next_and_its_file_there_follows(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "81.00", "72.00")
        promotion = await territory.begin(session)
        await territory.answer(session, PromotionAct.CONFIRM)
        first = territory.files[0]
        for _ in range(3):
            juror = await a_juror(session, territory.cycle)
            await a_card(session, juror, territory.files[1], status=CardStatus.SEALED, marks=MARKS)
        await asks(session, first, Act.DOUBT, OPENING)
        organiser = (await an_organiser(session, territory.cycle)).id

        state = await asks(session, first, Act.EXCLUDE, DECIDED, UNTIL + DAY, organiser)
        await promotions.offer_places(session, PromotionRef(str(promotion.id), UNTIL + DAY))

        offers = {each.application_id: each for each in await territory.offers(session)}
        assert state.offer_again == (str(promotion.id),)
        assert promotion.status == PlaceStatus.WAITING
        assert offers[first.id].status == OfferStatus.VOID
        assert offers[territory.files[1].id].status == OfferStatus.OFFERED

        followed = await session.get_one(Application, offers[first.id].final_file_id)
        asked = (
            await session.scalars(
                select(Request).where(col(Request.subject) == f"application:{followed.id}")
            )
        ).one()
        gone = await applications.settle(
            session, SettleApplication(str(followed.id), Act.EXCLUDE, str(asked.id), UNTIL + DAY)
        )
        assert gone.status is Status.REFUSED
