"""A withdrawn application comes back: its place, its letters, its readers."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Act, Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import SettleApplication
from storage.acts import applications
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from tests.builders import NOON, a_calendar, a_card, a_cycle, a_juror, an_organiser
from tests.storage.acts import SAMPLE, a_draft, a_request, kinds

CALENDAR = a_calendar()
SCREENED = CALENDAR.closes_at + timedelta(days=1)


async def asks(session: AsyncSession, file: Application, act: Act, at: datetime = NOON) -> Status:
    request = await a_request(
        session, act, f"application:{file.id}", {"reason": "Le projet reprend."}, at=at
    )
    asked = SettleApplication(str(file.id), act, str(request.id), at)
    return (await applications.settle(session, asked)).status


async def withdrawn(
    session: AsyncSession, *, version: int = 1, phase: Phase = Phase.OPEN
) -> tuple[Cycle, Application]:
    cycle = await a_cycle(session, template=SAMPLE, phase=phase, calendar=CALENDAR)
    file = await a_draft(session, cycle, status=Status.WITHDRAWN)
    file.version = version
    await session.flush()
    return cycle, file


@pytest.mark.parametrize(
    ("version", "at", "status", "letters"),
    [
        pytest.param(0, NOON, Status.DRAFT, ["application_back"], id="a draft"),
        pytest.param(1, NOON, Status.SUBMITTED, ["application_back"], id="what was sent"),
        pytest.param(
            1, SCREENED, Status.RETURNING, ["return_asked", "return_to_decide"], id="after closing"
        ),
    ],
)
async def test_it_comes_back_by_its_arrival_and_those_concerned_hear_of_it(
    database: Database, version: int, at: datetime, status: Status, letters: list[str]
) -> None:
    async with database.transaction() as session:
        cycle, file = await withdrawn(session, version=version)
        await an_organiser(session, cycle)

        back = await asks(session, file, Act.COME_BACK, at)

        assert back is status
        assert await kinds(session) == letters


async def test_another_file_in_its_place_keeps_it_out(database: Database) -> None:
    async with database.transaction() as session:
        cycle, file = await withdrawn(session)
        await a_draft(session, cycle)

        with pytest.raises(Refusal, match="a pris la place"):
            await asks(session, file, Act.COME_BACK)

        assert file.status == Status.WITHDRAWN


async def test_it_does_not_come_back_over_the_number_of_categories(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, calendar=CALENDAR)
        file = await a_draft(session, cycle, status=Status.WITHDRAWN, category="QUA")
        for category in ("INN", "COL"):
            await a_draft(session, cycle, category=category)

        with pytest.raises(Refusal, match="maximum du règlement"):
            await asks(session, file, Act.COME_BACK)


@pytest.mark.parametrize(
    ("act", "status", "letter"),
    [
        (Act.TAKE_BACK, Status.SUBMITTED, "application_back"),
        (Act.DECLINE_RETURN, Status.WITHDRAWN, "return_declined"),
    ],
)
async def test_the_organiser_answers_with_a_reason(
    database: Database, act: Act, status: Status, letter: str
) -> None:
    async with database.transaction() as session:
        _, file = await withdrawn(session, phase=Phase.SCREENING)
        file.status = Status.RETURNING
        await session.flush()

        answered = await asks(session, file, act, SCREENED)

        assert answered is status
        assert await kinds(session) == [letter]


async def test_each_withdrawal_and_each_return_is_written_of(database: Database) -> None:
    async with database.transaction() as session:
        _, file = await withdrawn(session)

        for act in (Act.COME_BACK, Act.WITHDRAW, Act.COME_BACK, Act.WITHDRAW):
            await asks(session, file, act)

        assert await kinds(session) == ["application_back"] * 2 + ["application_withdrawn"] * 2


async def test_readers_who_were_told_to_stop_go_on_once_it_is_admitted_again(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION)
        cycle.dealt_at = NOON
        file = await a_draft(session, cycle, status=Status.SUBMITTED)
        stays = await a_juror(session, cycle)
        left = await a_juror(session, cycle, status=JurorStatus.DECLINED)
        cards = [
            await a_card(session, juror, file, status=CardStatus.WITHDRAWN)
            for juror in (stays, left)
        ]

        await asks(session, file, Act.ADMIT, SCREENED)
        for card in cards:
            await session.refresh(card)

        assert [card.status for card in cards] == [CardStatus.TO_SCORE, CardStatus.WITHDRAWN]
        assert await kinds(session) == ["application_admitted", "application_back_in_jury"]
