"""What the result letter of a file that did not win says of its scores."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus
from domain.phases import Phase
from domain.wire.cycle import CycleRef
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from tests.builders import NOON, a_juror
from tests.storage.acts import FAIR, GOOD, POOR, ranked_files
from tests.storage.deliberation import decision, signed


async def facts_told(session: AsyncSession, file: Application) -> dict[str, object]:
    """What the letter of a file says of its scores."""
    letters = await session.scalars(
        select(Letter).where(col(Letter.subject) == f"application:{file.id}")
    )
    told = {"mean", "category_mean", "strengths", "lead", "lead_help"}
    return {name: fact for name, fact in letters.one().facts.items() if name in told}


async def published_with(
    session: AsyncSession, *marks: dict[str, int], alone: bool = False
) -> list[Application]:
    """The files of a cycle that was published without a laureate, their cards as given."""
    cycle, files = await ranked_files(session, *marks)
    await a_juror(session, cycle)
    if alone:
        await session.execute(
            update(Card)
            .where(col(Card.juror_id).in_(select(col(Juror.id)).where(col(Juror.is_chair))))
            .values(status=CardStatus.TO_SCORE)
        )
    await freeze_ranking(session, cycle, NOON)
    cycle.phase = Phase.DELIBERATION
    none = decision(cycle, None)
    none.reason = "Aucun dossier n’emporte la conviction."
    session.add(none)
    await sign_minutes(session, await signed(session, cycle))
    await publish(session, CycleRef(str(cycle.id), NOON))
    return files


async def test_a_company_that_did_not_win_reads_strengths_one_lead_and_two_means(
    database: Database,
) -> None:
    async with database.transaction() as session:
        files = await published_with(session, GOOD, {"EFF": 4, "EQU": 2}, POOR)

        assert await facts_told(session, files[1]) == {
            "mean": "80.00",
            "category_mean": "76.67",
            "strengths": ["Effet pour les personnes"],
            "lead": "Force de l’équipe",
            "lead_help": "Qui s’est engagé, et comment.",
        }


async def test_the_mean_of_two_files_would_tell_that_of_the_other(database: Database) -> None:
    async with database.transaction() as session:
        files = await published_with(session, GOOD, {"EFF": 4, "EQU": 2})

        told = await facts_told(session, files[1])

        assert (told["mean"], told["category_mean"]) == ("80.00", "")


async def test_one_score_alone_is_told_to_nobody(database: Database) -> None:
    async with database.transaction() as session:
        files = await published_with(session, GOOD, {"EFF": 4, "EQU": 2}, POOR, alone=True)

        assert await facts_told(session, files[1]) == {
            "mean": "",
            "category_mean": "",
            "strengths": [],
            "lead": "",
            "lead_help": "",
        }


async def test_no_letter_of_a_result_names_a_juror(database: Database) -> None:
    async with database.transaction() as session:
        await published_with(session, GOOD, FAIR, POOR)

        names = ("Jeanne Jurée", "Réseau Alliances")
        letters = (await session.scalars(select(Letter))).all()
        assert [
            each.key for each in letters if any(name in str(each.facts) for name in names)
        ] == []
