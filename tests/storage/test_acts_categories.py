"""An organiser moves an application to another category: answers, rules, complements, letter."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Act, Status
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import ApplicationState, SettleApplication
from storage.acts import applications
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.builders import a_calendar, a_card, a_cycle, a_juror
from tests.storage.acts import a_draft, a_request, kinds

CALENDAR = a_calendar()
SCREENED = CALENDAR.closes_at + timedelta(days=1)


async def asks(session: AsyncSession, file: Application, category: str) -> ApplicationState:
    typed: dict[str, object] = {"category": category, "reason": "Plutôt une innovation."}
    subject = f"application:{file.id}"
    request = await a_request(session, Act.CHANGE_CATEGORY, subject, typed, at=SCREENED)
    asked = SettleApplication(str(file.id), Act.CHANGE_CATEGORY, str(request.id), SCREENED)
    return await applications.settle(session, asked)


async def sent(
    session: AsyncSession, status: Status = Status.SUBMITTED
) -> tuple[Cycle, Application]:
    cycle = await a_cycle(session, phase=Phase.SCREENING, calendar=CALENDAR)
    answers = {"presentation": "Une menuiserie.", "tutoring": "Douze tuteurs."}
    file = await a_draft(session, cycle, status=status, category="QUA", answers=answers)
    file.version = 1
    await session.flush()
    return cycle, file


async def test_what_lacks_is_asked_with_a_due_date_and_the_rules_are_read_again(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, file = await sent(session, Status.ADMITTED)

        state = await asks(session, file, "INN")

        due = SCREENED + CALENDAR.complements_within
        assert (state.status, state.complements_until) == (Status.COMPLEMENTS, due)
        assert file.category == "INN"
        assert file.answers == {"presentation": "Une menuiserie."}
        assert file.set_aside == {"tutoring": "Douze tuteurs."}
        assert file.verdicts
        assert await kinds(session) == ["category_changed"]


async def test_what_was_kept_aside_comes_back_with_its_category(database: Database) -> None:
    async with database.transaction() as session:
        _, file = await sent(session)
        await asks(session, file, "INN")

        await asks(session, file, "QUA")

        assert file.answers == {"presentation": "Une menuiserie.", "tutoring": "Douze tuteurs."}
        assert file.set_aside == {}


async def test_a_place_that_is_taken_is_not_taken_twice(database: Database) -> None:
    async with database.transaction() as session:
        cycle, file = await sent(session)
        await a_draft(session, cycle, category="INN")

        with pytest.raises(Refusal, match="a pris la place"):
            await asks(session, file, "INN")


async def test_a_file_that_a_juror_received_stays_in_its_category(database: Database) -> None:
    async with database.transaction() as session:
        cycle, file = await sent(session)
        await a_card(session, await a_juror(session, cycle), file)

        with pytest.raises(Refusal, match="L’évaluation a commencé"):
            await asks(session, file, "INN")

        assert file.category == "QUA"


async def test_a_draft_moves_without_being_asked_for_anything(database: Database) -> None:
    async with database.transaction() as session:
        _, file = await sent(session, Status.DRAFT)
        file.version = 0
        await session.flush()

        state = await asks(session, file, "INN")

        assert (state.status, state.complements_until) == (Status.DRAFT, None)
