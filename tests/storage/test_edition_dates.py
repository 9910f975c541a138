"""The move of an edition: checked in every cycle first, then one request for each that follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select
from sqlmodel import col

from domain.calendar_effects import Group
from domain.editions import EditionAct, EditionPhase
from domain.refusals import Refusal
from domain.wire.cycle import MoveDates
from domain.wire.edition import SettleEdition
from storage.acts.dates import move_dates
from storage.acts.edition_dates import asked_of_cycles, moves_of
from storage.acts.edition_opening import cycles_of, open_cycles, prepare_edition
from storage.acts.editions import settle
from storage.database import Database
from storage.edition_plans import LedEdition, keep, led, plan_document
from storage.editions import MAIN, shipped_template
from storage.requests import write_request
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import JournalLine, Request
from storage.templates import calendar_document, calendar_in
from tests.builders import an_application, an_organiser

DAY = timedelta(days=1)
NOW = datetime(2030, 12, 1, tzinfo=UTC)
PLACES = ("REG-53", "REG-52", "REG-04")


@pytest.fixture
async def edition(database: Database) -> Edition:
    """Three territories that are written down, one of which closes a day before the others."""
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        row = await prepare_edition(session, shipped.document, 2031)
        plan = led(row)
        kept = tuple(each for each in plan.territories if each.code in PLACES)
        keep(row, LedEdition(kept, plan.frame, 2, plan.cutoff_at))
        await open_cycles(session, row, NOW)
        row.phase = EditionPhase.TERRITORIAL
        own = next(each for each in await cycles_of(session, row) if each.territory == "REG-52")
        dates = calendar_in(own)
        own.calendar = calendar_document(replace(dates, closes_at=dates.closes_at - DAY))
    return row


def with_closing(plan: LedEdition, days: int) -> LedEdition:
    territorial = plan.frame.territorial
    moved = replace(territorial, closes_at=territorial.closes_at + days * DAY)
    return replace(plan, frame=replace(plan.frame, territorial=moved))


async def asks(database: Database, row: Edition, plan: LedEdition, **more: object) -> SettleEdition:
    """The move as a page writes it."""
    async with database.transaction() as session:
        organiser = await an_organiser(session, None, "nationale@exemple.fr")
        await session.flush()
        payload = {"seen": led(row).seen, "plan": plan_document(plan), "reason": "Grève."}
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=EditionAct.MOVE,
            subject=f"edition:{row.id}",
            by_person=organiser.id,
            payload=payload | more,
        )
    return SettleEdition(str(row.id), EditionAct.MOVE, asked.request, asked.arrived_at)


async def test_followers_are_asked_and_own_dates_are_left_alone(
    database: Database, edition: Edition
) -> None:
    wanted = with_closing(led(edition), 5)
    asked = await asks(database, edition, wanted)

    async with database.transaction() as session:
        await settle(session, asked)
    async with database.transaction() as session:
        await settle(session, asked)
        waiting = await asked_of_cycles(session, str(edition.id), asked.request)
        for each in waiting:
            await move_dates(
                session, MoveDates(each.cycle, each.asked.request, each.asked.arrived_at)
            )

    async with database.transaction() as session:
        row = await session.get_one(Edition, edition.id)
        cycles = {each.territory: each for each in await cycles_of(session, row)}
        left = await asked_of_cycles(session, str(edition.id), asked.request)
        lines = await session.scalars(
            select(col(JournalLine.act)).where(col(JournalLine.subject) == f"edition:{row.id}")
        )
    assert sorted(each.code for each in waiting) == ["2031:REG-04", "2031:REG-53"]
    assert led(row).frame == wanted.frame
    assert {place: each.calendar_version for place, each in cycles.items()} == {
        "REG-53": 2,
        "REG-04": 2,
        "REG-52": 1,
        "national": 1,
    }
    assert calendar_in(cycles["REG-04"]).closes_at.isoformat() == "2031-07-05T14:00:00+00:00"
    assert (left, list(lines)) == ([], ["prepare_edition", "move_edition_dates"])


@pytest.mark.parametrize(
    ("days", "more", "sentence"),
    [
        pytest.param(5, {"reason": "  "}, "Indiquez le motif", id="no reason"),
        pytest.param(5, {"seen": "another"}, "a changé depuis", id="an older plan"),
        pytest.param(0, {}, "Aucune date ne change", id="nothing moves"),
        pytest.param(40, {}, "La fin de la recevabilité", id="phases that cross"),
    ],
)
async def test_a_move_that_cannot_be_held_moves_nothing(
    database: Database, edition: Edition, days: int, more: dict[str, str], sentence: str
) -> None:
    asked = await asks(database, edition, with_closing(led(edition), days), **more)

    with pytest.raises(Refusal, match=sentence):
        async with database.transaction() as session:
            await settle(session, asked)

    async with database.transaction() as session:
        row = await session.get_one(Edition, edition.id)
        requests = await session.scalars(select(Request))
        assert (led(row), len(requests.all())) == (led(edition), 1)


async def test_a_territory_moves_within_the_frame_or_is_told_by_how_much(
    database: Database, edition: Edition
) -> None:
    async with database.transaction() as session:
        cycle = next(
            each for each in await cycles_of(session, edition) if each.territory == PLACES[0]
        )
        organiser = await an_organiser(session, cycle, "orga@exemple.fr")
        await session.flush()
        last = led(edition).frame.territorial.ends_at
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind="move_dates",
            subject=f"cycle:{cycle.id}",
            by_person=organiser.id,
            payload={
                "dates": {"ends_at": (last + 4 * DAY).isoformat()},
                "version": 1,
                "reason": "Remise.",
            },
        )

    with pytest.raises(Refusal) as refused:
        async with database.transaction() as session:
            await move_dates(session, MoveDates(str(cycle.id), asked.request, NOW))

    assert refused.value.facts["days"] == 4
    assert refused.value.sentence.startswith("Le %(wanted)s sort du cadre de l'édition")


@pytest.mark.parametrize("places", [1, 3])
async def test_the_dry_run_asks_as_much_of_one_cycle_as_of_three(
    database: Database, edition: Edition, places: int
) -> None:
    async with database.transaction() as session:
        cycles = await cycles_of(session, edition)
        for each in cycles:
            if each.territory not in PLACES[:places]:
                (await session.get_one(Cycle, each.id)).phase = "closed"
            else:
                await an_application(session, each)
    counted: list[object] = []
    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *_: counted.append(1))

    async with database.transaction() as session:
        moves = await moves_of(
            session, edition, with_closing(led(edition), 5).frame, NOW, is_forced=True
        )

    drafts = [
        touched.count
        for each in moves
        for touched in each.effects.touched
        if touched.group is Group.DRAFTS
    ]
    assert (len(moves), len(counted)) == (places, 7)
    assert drafts == [1] * sum(each.moves for each in moves)
