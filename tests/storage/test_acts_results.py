"""The palmarès: what is published, and that twice is once."""

import pytest
from sqlalchemy import select

from domain.applications import Status
from domain.phases import Phase
from domain.wire.cycle import CycleRef
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.database import Database
from storage.tables.results import Palmares
from storage.templates import calendar_in
from tests.builders import NOON, a_calendar
from tests.storage.acts import a_request, kinds, lines
from tests.storage.deliberation import decision, deliberating, signed

RESULTS = [*["jury_thanks"] * 3, "result_laureate", "result_nominee", "result_other"]


async def test_a_publication_asked_twice_happens_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))

        for _ in range(2):
            await publish(session, CycleRef(str(cycle.id), NOON))

        page = (await session.scalars(select(Palmares))).one()
        assert (cycle.phase, page.published_at) == (Phase.PUBLISHED, NOON)
        assert [each for each in await kinds(session) if each in RESULTS] == RESULTS
        assert await lines(session, "publish", cycle.id) == 1


async def test_the_page_says_who_won_and_nothing_of_the_marks(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))

        await publish(session, CycleRef(str(cycle.id), NOON))

        document = (await session.scalars(select(Palmares))).one().document
        [category] = document["categories"]
        assert category["laureate"]["application"] == str(files[0].id)
        assert [each["application"] for each in category["nominees"]] == [str(files[1].id)]
        assert {*category["laureate"]} == {
            "application",
            "company",
            "siret",
            "siren",
            "title",
            "summary",
        }


async def test_a_laureate_who_withdrew_under_embargo_is_not_shown(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))
        files[0].status = Status.WITHDRAWN
        await session.flush()

        await publish(session, CycleRef(str(cycle.id), NOON))

        [category] = (await session.scalars(select(Palmares))).one().document["categories"]
        assert (category["laureate"], category["has_withdrawn"]) == (None, True)
        assert "result_laureate" not in await kinds(session)


@pytest.mark.parametrize("phase", [Phase.DELIBERATION, Phase.CANCELLED, Phase.CLOSED])
async def test_nothing_is_published_that_is_not_decided(database: Database, phase: Phase) -> None:
    async with database.transaction() as session:
        cycle, _ = await deliberating(session)
        cycle.phase = phase
        await session.flush()

        await publish(session, CycleRef(str(cycle.id), NOON))

        assert (await session.scalars(select(Palmares))).all() == []
        assert cycle.phase == phase


async def test_an_embargo_lifted_early_moves_the_date_in_force(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        await sign_minutes(session, await signed(session, cycle))
        at = a_calendar().deliberation_until
        request = await a_request(
            session, "end_phase", f"cycle:{cycle.id}", {"reason": "Prêts"}, at=at
        )

        await publish(session, CycleRef(str(cycle.id), at, str(request.id)))

        assert (calendar_in(cycle).publishes_at, cycle.calendar_version) == (at, 2)
        assert request.settled
