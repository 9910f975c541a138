"""Eighteen territories and their final, from the confirmation to the end, on the server that skips time."""

import asyncio
from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from temporalio.testing import TimeSkipper

from domain.editions import EditionPhase
from domain.final_files import Entry
from domain.phases import Phase
from domain.wire.edition import EditionState
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.letters import Letter
from storage.tables.results import Palmares
from storage.territories import regions
from tests.workflows.editions import Edition, an_edition_at_work
from tests.workflows.whole_edition import FILES, MINUTE, WholeEdition

PLACES = tuple(each.code for each in regions())
COUNT = len(PLACES)


async def test_an_edition_of_eighteen_territories_and_its_final(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await an_edition_at_work(at_work, database, quorum=COUNT, places=PLACES)
    whole = WholeEdition(edition)
    await edition.waits(MINUTE)

    await edition.is_confirmed()
    await edition.waits(MINUTE)
    territories = await whole.cycles()
    assert (len(territories), await whole.phases()) == (COUNT, {Phase.PREPARED})

    await whole.passes(territories, "opens_at")
    await whole.reach(territories, Phase.OPEN)
    await whole.applies()
    await whole.gathers_juries(territories)
    await whole.passes(territories, "closes_at")
    await whole.reach(territories, Phase.SCREENING)
    await whole.passes(territories, "evaluation_from")
    await whole.reach(territories, Phase.EVALUATION)
    await whole.scores(territories)
    await whole.passes(territories, "evaluation_until")
    await whole.reach(territories, Phase.DELIBERATION)
    assert await edition.state() == EditionState(EditionPhase.TERRITORIAL, awaited=COUNT)

    await whole.decides(territories)
    await whole.reach(territories, Phase.DECIDED)
    await reaches(edition, EditionPhase.FINAL)
    await every_place_is_offered(database)
    await whole.confirms_places()

    (final,) = await whole.cycles(final=True)
    assert await entries(database, final.id) == {Entry.PROMOTED: COUNT}
    await whole.gathers_juries([final])
    # The final screens in no time: its three dates are one.
    await whole.passes([final], "opens_at")
    await whole.reach([final], Phase.OPEN)
    await whole.passes([final], "evaluation_from")
    await whole.reach([final], Phase.EVALUATION)
    await whole.scores([final])
    await whole.passes([final], "evaluation_until")
    await whole.reach([final], Phase.DELIBERATION)
    await whole.decides([final])
    await whole.reach([final], Phase.DECIDED)

    every = [*territories, final]
    await whole.passes(every, "publishes_at")
    await whole.reach(every, Phase.PUBLISHED)
    await reaches(edition, EditionPhase.PUBLISHED)
    await whole.passes(every, "ends_at")
    await whole.reach(every, Phase.CLOSED)

    assert (await edition.handle.result()).phase is EditionPhase.CLOSED
    assert [phase for phase, _ in await edition.lines()] == [
        *("territorial", "final", "published", "closed")
    ]
    assert await laureates(database) == COUNT + 1
    assert await letters(database, "receipt") == COUNT * FILES
    assert await letters(database, "promotion_offered") == COUNT
    assert await letters(database, "territory_late") == 0


async def reaches(edition: Edition, phase: EditionPhase) -> None:
    """Wait until the edition is in a phase by its row, which its own workflow writes."""
    async with asyncio.timeout(240):
        while (await edition.reads()).phase != phase:  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.2)


async def every_place_is_offered(database: Database) -> None:
    """Wait until each territory has offered the place of its laureate."""
    async with asyncio.timeout(240):
        while await letters(database, "promotion_offered") < COUNT:  # noqa: ASYNC110  (a database rings no bell)
            await asyncio.sleep(0.1)


async def entries(database: Database, final: UUID) -> dict[str | None, int]:
    """How the files of the final came there."""
    async with database.transaction() as session:
        rows = await session.scalars(
            select(col(Application.entry)).where(col(Application.cycle_id) == final)
        )
        return dict(Counter(rows))


async def laureates(database: Database) -> int:
    """How many trophies the palmarès published, all together."""
    async with database.transaction() as session:
        pages = await session.scalars(select(Palmares))
        return sum(
            category["laureate"] is not None
            for page in pages
            for category in page.document["categories"]
        )


async def letters(database: Database, kind: str) -> int:
    """How many letters of a kind were planned."""
    async with database.transaction() as session:
        rows = await session.scalars(select(Letter).where(col(Letter.kind) == kind))
        return len(rows.all())
