from sqlalchemy import select
from sqlmodel import col

from domain.jurors import CardStatus
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.reads.ranking_again import Again, Difference, ranked_again
from storage.tables.juries import Card
from storage.tables.results import Calibration, Standing
from tests.builders import NOON
from tests.storage.acts import FAIR, GOOD, POOR, ranked_files


async def test_a_ranking_computed_again_is_equal_to_the_last_digit(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _ = await ranked_files(session, FAIR, GOOD, POOR)
        await freeze_ranking(session, cycle, NOON)
    async with database.transaction() as session:
        again = await ranked_again(session, cycle.code)

        assert again == Again(3, ())
        await session.rollback()


async def test_a_card_set_aside_since_is_seen_where_it_counted(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await ranked_files(session, FAIR, GOOD)
        await freeze_ranking(session, cycle, NOON)
        for card in await session.scalars(
            select(Card).where(col(Card.application_id) == files[0].id)
        ):
            card.status = CardStatus.RECUSED
        await session.flush()

        again = await ranked_again(session, cycle.code)

        assert again is not None
        assert Difference(str(files[0].id), "valid_cards", "2", "0") in again.differences
        assert {each.file for each in again.differences} == {str(files[0].id), "calibration"}


async def test_nothing_is_compared_before_a_ranking_is_frozen(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _ = await ranked_files(session, GOOD)

        assert await ranked_again(session, cycle.code) is None
        assert await ranked_again(session, "2099:REG-84") is None


async def test_the_adjusted_ranking_is_kept_beside_the_raw_one(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _ = await ranked_files(session, FAIR, GOOD, POOR)

        await freeze_ranking(session, cycle, NOON)

        rows = (await session.scalars(select(Standing).order_by(col(Standing.place)))).all()
        assert [(row.rank, row.adjusted["rank"], row.adjusted["score"]) for row in rows] == [
            (1, 1, "100.00"),
            (2, 2, "75.00"),
            (3, 3, "50.00"),
        ]
        kept = await session.get_one(Calibration, cycle.id)
        assert [each["uncorrected"] for each in kept.document["juries"]] == ["few_jurors"]
        assert kept.document["rules"]["method"] == "advice"
