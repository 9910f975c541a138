"""More time for one company: its draft, what it sends, its reminders, its letters."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.calendar_effects import Group
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import ApplicationState, LapseDraft, RemindDraft, SettleApplication
from storage.acts import applications
from storage.acts.touched import people_in
from storage.database import Database
from storage.drafts.applications import Typed, save_answers
from storage.drafts.pen import Pen
from storage.reads.extensions import extensions_in
from storage.tables.applications import Application, Extension, Member
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.templates import calendar_document
from tests.builders import NOON, a_calendar, a_cycle, an_organiser
from tests.storage.acts import SAMPLE, a_draft, a_request, kinds

CALENDAR = a_calendar(day=timedelta(days=3))
CLOSES, DAY = CALENDAR.closes_at, timedelta(days=1)
LATER = CLOSES + 8 * DAY
WHY = "Un incendie dans vos bureaux."


async def asks(
    session: AsyncSession, file: Application, act: Act, at: datetime, **typed: object
) -> ApplicationState:
    by = (await an_organiser(session, None)).id
    request = await a_request(
        session, act, f"application:{file.id}", {"reason": WHY} | typed, at=at, by=by
    )
    asked = SettleApplication(str(file.id), act, str(request.id), at)
    return await applications.settle(session, asked)


async def extended(
    session: AsyncSession, *, at: datetime = NOON, status: Status = Status.DRAFT
) -> tuple[Cycle, Application]:
    phase = Phase.OPEN if at <= CLOSES else Phase.SCREENING
    cycle = await a_cycle(session, template=SAMPLE, phase=phase, calendar=CALENDAR)
    file = await a_draft(session, cycle, status=status)
    file.created_at = NOON
    await session.flush()
    await asks(session, file, Act.EXTEND, at, until=LATER.isoformat())
    return cycle, file


async def states_of(session: AsyncSession, kind: str) -> list[str]:
    rows = await session.scalars(select(col(Letter.state)).where(col(Letter.kind) == kind))
    return list(rows)


async def test_a_draft_is_sent_until_its_own_closing_and_not_after(database: Database) -> None:
    async with database.transaction() as session:
        cycle, file = await extended(session)
        cycle.phase = Phase.SCREENING
        await session.flush()

        with pytest.raises(Refusal, match="arrivé après l’heure"):
            await asks(session, file, Act.SUBMIT, LATER + DAY)
        sent = await asks(session, file, Act.SUBMIT, LATER)

        assert (sent.status, sent.version) == (Status.SUBMITTED, 1)
        assert await kinds(session) == ["extension_granted", "receipt"]


async def test_a_move_of_dates_counts_it_apart_until_the_others_have_as_much(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, _ = await extended(session)
        await a_draft(session, cycle, siret="36252187900034")

        before = await people_in(session, cycle.id)
        cycle.calendar = calendar_document(replace(CALENDAR, closes_at=LATER))
        after = await people_in(session, cycle.id)

        assert (before[Group.DRAFTS], before[Group.EXTENDED]) == (1, 1)
        assert (after[Group.DRAFTS], after[Group.EXTENDED]) == (2, 0)


async def test_a_draft_that_had_lapsed_is_written_again(database: Database) -> None:
    async with database.transaction() as session:
        _, file = await extended(session, at=CLOSES + DAY, status=Status.LAPSED)
        person = (await session.scalars(select(col(Member.person_id)))).one()

        pen = Pen(file.id, person, LATER)
        await save_answers(session, pen, Typed({"title": "Deux tuteurs"}, None))

        assert file.status == Status.DRAFT
        assert file.title == "Deux tuteurs"
        with pytest.raises(Refusal, match="sont closes"):
            await save_answers(
                session, Pen(file.id, person, LATER + DAY), Typed({"title": "Trop tard"}, None)
            )


async def test_it_lapses_at_its_own_closing(database: Database) -> None:
    async with database.transaction() as session:
        _, file = await extended(session)

        kept = await applications.lapse(session, LapseDraft(str(file.id), CLOSES + DAY))
        lapsed = await applications.lapse(session, LapseDraft(str(file.id), LATER + DAY))

        assert kept == ApplicationState(Status.DRAFT, extended_until=LATER)
        assert lapsed.status is Status.LAPSED


async def test_no_reminder_of_the_old_closing_leaves(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, calendar=CALENDAR)
        file = await a_draft(session, cycle)
        old = RemindDraft(str(file.id), CLOSES, 3600)
        await applications.remind_draft(session, old)

        await asks(session, file, Act.EXTEND, NOON, until=LATER.isoformat())
        again = await applications.remind_draft(session, RemindDraft(str(file.id), CLOSES, 60))
        new = await applications.remind_draft(session, RemindDraft(str(file.id), LATER, 3600))

        assert (again.count, new.count) == (0, 1)
        assert sorted(await states_of(session, "draft_reminder")) == ["cancelled", "planned"]


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.SUBMITTED, "un délai ne se donne"), (Status.WITHDRAWN, "un délai ne se donne")],
)
async def test_only_a_draft_is_given_time(database: Database, status: Status, said: str) -> None:
    async with database.transaction() as session:
        with pytest.raises(Refusal, match=said):
            await extended(session, status=status)


async def test_a_draft_whose_place_was_taken_stays_lapsed(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, calendar=CALENDAR)
        file = await a_draft(session, cycle, status=Status.LAPSED)
        await a_draft(session, cycle)

        with pytest.raises(Refusal, match="a pris la place"):
            await asks(session, file, Act.EXTEND, NOON, until=LATER.isoformat())


async def test_a_change_keeps_what_was_given_before(database: Database) -> None:
    async with database.transaction() as session:
        cycle, file = await extended(session)

        await asks(session, file, Act.EXTEND, NOON, until=(LATER + DAY).isoformat())

        rows = (await session.scalars(select(Extension).order_by(col(Extension.until)))).all()
        assert [(row.until, row.ended_at) for row in rows] == [(LATER, NOON), (LATER + DAY, None)]
        assert [each.until for each in await extensions_in(session, cycle.id)] == [LATER + DAY]
        assert await kinds(session) == ["extension_granted"] * 2


async def test_taken_back_after_the_closing_what_arrived_before_is_taken(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, file = await extended(session)
        cycle.phase = Phase.SCREENING
        await session.flush()
        waiting = await a_request(
            session, Act.SUBMIT, f"application:{file.id}", at=CLOSES + DAY, by=None
        )

        taken_back = CLOSES + DAY + timedelta(hours=1)
        with pytest.raises(Refusal, match="moins de sept jours"):
            await asks(session, file, Act.END_EXTENSION, taken_back)
        ended = await asks(session, file, Act.END_EXTENSION, taken_back, force=True)
        closed = await applications.lapse(session, LapseDraft(str(file.id), taken_back + DAY))

        assert (ended.status, ended.extended_until) == (Status.DRAFT, taken_back)
        assert (closed.status, waiting.settled) == (Status.SUBMITTED, True)
        assert await extensions_in(session, cycle.id) == ()
        assert await kinds(session) == ["extension_ended", "extension_granted", "receipt"]
