"""A file in the final: updated while the final is open, judged as it was sent otherwise."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.conflicts import Source
from domain.final_files import Entry
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.promotion import PromotionAct
from domain.refusals import Refusal
from domain.wire.application import SettleApplication
from domain.wire.juror import SettleAnswer
from storage.acts import applications, judged_below, juries
from storage.acts.dealing import deal
from storage.acts.final_files import GoingUp, send_up
from storage.acts.final_opening import waiting_promotions, write_to_files
from storage.database import Database
from storage.drafts.pen import Pen, opened
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.letters import Letter
from storage.templates import calendar_in
from tests.api.pages.company_world import COMPLETE
from tests.builders import NOON, a_juror, a_person
from tests.storage.acts import a_request
from tests.storage.promoting import DAY, Territory, a_decided_territory


async def in_the_final(session: AsyncSession) -> tuple[Territory, Application]:
    """A territory whose laureate has confirmed, and its file in the final."""
    territory = await a_decided_territory(session, "80", "70")
    await territory.begin(session)
    await territory.answer(session, PromotionAct.CONFIRM)
    [offer] = await territory.offers(session)
    return territory, await session.get_one(Application, offer.final_file_id)


@pytest.mark.parametrize(
    ("phase", "may_write"),
    [(Phase.PREPARED, False), (Phase.OPEN, True), (Phase.EVALUATION, False)],
)
async def test_the_file_is_written_in_while_the_final_is_open(
    database: Database, phase: Phase, *, may_write: bool
) -> None:
    async with database.transaction() as session:
        territory, file = await in_the_final(session)
        territory.final.phase = phase
        await session.flush()
        pen = Pen(file.id, territory.owners[0], calendar_in(territory.final).opens_at)

        if may_write:
            assert (await opened(session, pen)).id == file.id
        else:
            with pytest.raises(Refusal):
                await opened(session, pen)


async def test_an_update_is_a_new_version_and_stays_admitted(database: Database) -> None:
    async with database.transaction() as session:
        territory, file = await in_the_final(session)
        territory.final.phase = Phase.OPEN
        file.answers = COMPLETE | {"title": "Deux tuteurs pour chacun"}
        at = calendar_in(territory.final).opens_at + DAY
        request = await a_request(
            session, Act.SUBMIT, f"application:{file.id}", at=at, by=territory.owners[0]
        )

        state = await applications.settle(
            session, SettleApplication(str(file.id), Act.SUBMIT, str(request.id), at)
        )

        versions = await session.scalars(
            select(col(ApplicationVersion.version))
            .where(col(ApplicationVersion.application_id) == file.id)
            .order_by(col(ApplicationVersion.version))
        )
        assert (state.status, state.version) == (Status.ADMITTED, 2)
        assert list(versions) == [1, 2]


async def test_an_admitted_file_of_a_territory_is_not_sent_again(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")
        file = territory.files[0]
        request = await a_request(session, Act.SUBMIT, f"application:{file.id}", at=NOON)

        with pytest.raises(Refusal):
            await applications.settle(
                session, SettleApplication(str(file.id), Act.SUBMIT, str(request.id), NOON)
            )


async def test_going_up_twice_is_once(database: Database) -> None:
    async with database.transaction() as session:
        territory, file = await in_the_final(session)

        again = await send_up(
            session,
            GoingUp(territory.files[0], territory.final, Entry.PROMOTED, NOON + 2 * DAY),
        )

        assert again.id == file.id


async def test_a_carried_file_enters_marked_as_outside_its_territory(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")

        file = await send_up(
            session, GoingUp(territory.files[0], territory.final, Entry.CARRIED, NOON)
        )

        assert (file.entry, file.status, file.origin_id) == (
            Entry.CARRIED,
            Status.ADMITTED,
            territory.files[0].id,
        )


async def test_the_opening_of_the_final_is_written_once_to_who_went_up(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory, _ = await in_the_final(session)
        before = await write_to_files(session, str(territory.final.id))
        territory.final.phase = Phase.OPEN
        await session.flush()

        keys = await write_to_files(session, str(territory.final.id))
        again = await write_to_files(session, str(territory.final.id))

        letters = await session.scalars(
            select(col(Letter.person_id)).where(col(Letter.kind) == "national_file_open")
        )
        assert before == []
        assert keys == again
        assert list(letters) == [territory.owners[0]]


async def test_the_places_that_wait_hear_of_the_final_and_a_territory_wakes_nobody(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)

        of_final = await waiting_promotions(session, str(territory.final.id))
        of_territory = await waiting_promotions(session, str(territory.cycle.id))

        assert f"promotion:{territory.cycle.id}:QUA" in of_final
        assert of_territory == []


async def conflicts(session: AsyncSession) -> list[tuple[str, str]]:
    rows = await session.execute(select(col(Conflict.juror_id), col(Conflict.kind)))
    return [(str(row.juror_id), row.kind) for row in rows]


async def test_who_judged_the_company_below_never_reads_it_in_the_final(
    database: Database,
) -> None:
    async with database.transaction() as session:
        territory, file = await in_the_final(session)
        judged = Juror(
            cycle_id=territory.final.id,
            person_id=territory.chair.person_id,
            status=JurorStatus.ACCEPTED,
        )
        session.add(judged)
        others = [await a_juror(session, territory.final, name=f"Juré {n}") for n in range(2)]
        await session.flush()

        await deal(session, territory.final, NOON + 60 * DAY)

        readers = set(
            await session.scalars(
                select(col(Card.juror_id)).where(col(Card.application_id) == file.id)
            )
        )
        assert readers == {each.id for each in others}
        assert await conflicts(session) == [(str(judged.id), Source.BELOW)]


async def test_the_conflict_is_there_as_soon_as_the_juror_accepts(database: Database) -> None:
    async with database.transaction() as session:
        territory, _ = await in_the_final(session)
        invited = Juror(
            cycle_id=territory.final.id,
            person_id=territory.chair.person_id,
            status=JurorStatus.INVITED,
        )
        session.add(invited)
        await session.flush()
        request = await a_request(
            session, "answer", f"juror:{invited.id}", {"accepts": True}, by=invited.person_id
        )

        await juries.settle_answer(
            session, SettleAnswer(str(invited.id), str(request.id), NOON, accepts=True)
        )

        assert await conflicts(session) == [(str(invited.id), Source.BELOW)]


async def test_an_edition_may_allow_it(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with database.transaction() as session:
        territory, _ = await in_the_final(session)
        template = await judged_below.template_by_id(session, territory.final.template_id)
        assert template.national
        allowing = replace(template, national=replace(template.national, jury_may_have_judged=True))

        async def allowed(*_: object) -> object:
            return allowing

        monkeypatch.setattr(judged_below, "template_by_id", allowed)
        session.add(
            Juror(
                cycle_id=territory.final.id,
                person_id=territory.chair.person_id,
                status=JurorStatus.ACCEPTED,
            )
        )
        await session.flush()

        await judged_below.keep_from_judging_again(session, territory.final, NOON)

        assert await conflicts(session) == []


async def test_a_company_of_another_territory_is_read(database: Database) -> None:
    async with database.transaction() as session:
        territory, file = await in_the_final(session)
        elsewhere = await a_person(session, "ailleurs@exemple.fr")
        session.add(
            Juror(cycle_id=territory.final.id, person_id=elsewhere.id, status=JurorStatus.ACCEPTED)
        )
        await session.flush()

        await deal(session, territory.final, NOON + 60 * DAY)

        cards = await session.scalars(
            select(col(Card.status)).where(col(Card.application_id) == file.id)
        )
        assert list(cards) == [CardStatus.TO_SCORE]
        assert await conflicts(session) == []
