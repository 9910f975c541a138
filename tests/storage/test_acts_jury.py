"""The deal, the ranking and the reserve: what is kept, and that twice is once."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.ranking import FileScores, rank
from domain.scoring import ScoreCard
from domain.wire.juror import JurorRef
from storage.acts.dealing import deal
from storage.acts.juries import invite_the_next
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.juries import Card
from storage.tables.results import Standing
from storage.templates import template_of
from tests.builders import NOON, a_cycle, a_juror, an_organiser
from tests.storage.acts import FAIR, GOOD, POOR, SAMPLE, a_draft, kinds, lines, ranked_files

DAY = timedelta(days=1)


async def test_the_ranking_kept_is_the_one_that_the_rules_compute(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await ranked_files(session, FAIR, GOOD, FAIR, POOR)
        template = await template_of(session, cycle)
        expected = rank(
            template.category("EQUIPE"),
            template.scale,
            template.jury,
            [
                FileScores(str(file.id), (ScoreCard("a", marks), ScoreCard("b", marks)))
                for file, marks in zip(files, (FAIR, GOOD, FAIR, POOR), strict=True)
            ],
        )

        count = await freeze_ranking(session, cycle, NOON)

        kept = (await session.scalars(select(Standing).order_by(col(Standing.place)))).all()
        assert count == 4
        assert [
            (str(row.application_id), row.rank, row.mean, row.spread, row.flags, row.tied_with)
            for row in kept
        ] == [
            (
                each.application_id,
                each.rank,
                each.mean,
                each.spread,
                list(each.flags),
                list(each.tied_with),
            )
            for each in expected
        ]
        assert [row.mean for row in kept] == [
            Decimal("100.00"),
            Decimal("75.00"),
            Decimal("75.00"),
            Decimal("50.00"),
        ]


async def test_a_ranking_frozen_by_a_worker_that_died_is_not_written_again(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, _ = await ranked_files(session, GOOD)

        counts = [await freeze_ranking(session, cycle, NOON) for _ in range(2)]

        assert counts == [1, 1]
        assert await lines(session, "freeze_ranking", cycle.id) == 1
        assert await kinds(session) == ["deliberation_opened"]


async def test_cards_set_aside_do_not_count(database: Database) -> None:
    async with database.transaction() as session:
        cycle, [file] = await ranked_files(session, GOOD)
        for card in await session.scalars(select(Card)):
            card.status = CardStatus.RECUSED

        await freeze_ranking(session, cycle, NOON)

        standing = (await session.scalars(select(Standing))).one()
        assert (standing.application_id, standing.rank, standing.valid_cards) == (file.id, None, 0)


async def test_a_deal_done_by_a_worker_that_died_is_not_written_again(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        await a_draft(session, cycle, status=Status.ADMITTED)
        for _ in range(2):
            await a_juror(session, cycle)

        first, second = [await deal(session, cycle, NOON) for _ in range(2)]

        assert first.pairs == second.pairs
        assert await lines(session, "deal", cycle.id) == 1
        assert await kinds(session) == ["jury_cards_to_score"] * 2


async def test_a_later_deal_keeps_the_cards_and_adds_what_is_missing(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        for _ in range(2):
            await a_juror(session, cycle)
        first = await a_draft(session, cycle, status=Status.ADMITTED, siret="")
        before = await deal(session, cycle, NOON)
        late = await a_draft(session, cycle, status=Status.ADMITTED, siret="")

        after = await deal(session, cycle, NOON + DAY)

        assert {*before.pairs} < {*after.pairs}
        readers = [[pair[0] for pair in after.pairs].count(str(file.id)) for file in (first, late)]
        assert readers == [2, 2]


async def test_files_that_lack_readers_are_counted_short(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        file = await a_draft(session, cycle, status=Status.ADMITTED)
        await a_juror(session, cycle)

        dealt = await deal(session, cycle, NOON)

        assert dealt.short == ((str(file.id), 1),)


async def test_an_empty_reserve_is_said_to_the_organisers_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        await an_organiser(session, cycle)
        leaving = await a_juror(session, cycle, status=JurorStatus.DECLINED)

        called = [await invite_the_next(session, JurorRef(str(leaving.id), NOON)) for _ in range(2)]

        assert called == [None, None]
        assert await kinds(session) == ["reserve_exhausted"]


async def test_the_same_place_is_offered_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        leaving = await a_juror(session, cycle, status=JurorStatus.DECLINED)
        for _ in range(2):
            await a_juror(session, cycle, status=JurorStatus.RESERVE)

        called = [await invite_the_next(session, JurorRef(str(leaving.id), NOON)) for _ in range(2)]

        assert called[0] is called[1]
        assert await kinds(session) == ["juror_invitation"]
