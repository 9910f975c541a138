"""A short category goes to another jury: written down, undone, then its files go there."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.final_files import Entry
from domain.phases import CycleAct, Phase
from domain.refusals import Refusal
from domain.regrouping import RegroupKind
from domain.wire.cycle import CycleRef, SettleCycle
from domain.wire.promotion import BeginPromotions
from storage.acts import cycle_acts, promotions
from storage.acts.carried_files import carry_up
from storage.acts.dealing import deal
from storage.acts.ranking import freeze_ranking
from storage.acts.regrouping import send_to_neighbours
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Regrouping
from storage.tables.juries import Card
from storage.tables.promotions import Promotion
from storage.tables.results import Standing
from tests.builders import NOON, a_calendar, a_cycle, a_juror, a_person, an_edition
from tests.storage.acts import a_request, kinds
from tests.storage.promoting import CATEGORY, DAY, a_sent_file


@dataclass
class Edition:
    """A territory with two files in a category, its neighbour, and the final above them."""

    here: Cycle
    there: Cycle
    final: Cycle
    files: list[Application]


async def an_edition_with_a_short_category(session: AsyncSession) -> Edition:
    edition = await an_edition(session)
    calendar = a_calendar(NOON - 12 * DAY)
    here, there = [
        await a_cycle(
            session, edition=edition, territory=code, phase=Phase.SCREENING, calendar=calendar
        )
        for code in ("REG-84", "REG-93")
    ]
    final = await a_cycle(
        session,
        edition=edition,
        territory="national",
        phase=Phase.PREPARED,
        calendar=a_calendar(NOON + 60 * DAY),
    )
    for cycle in (here, there):
        await a_juror(session, cycle, is_chair=True)
    files = [
        await a_sent_file(
            session, here, (await a_person(session, f"e{n}@exemple.fr")).id, f"Entreprise {n}"
        )
        for n in range(2)
    ]
    return Edition(here, there, final, files)


async def asks(
    session: AsyncSession, cycle: Cycle, act: CycleAct, into: UUID | None = None
) -> None:
    kind = RegroupKind.NEIGHBOUR if into else RegroupKind.CARRIED
    payload: dict[str, object] = {
        "category": CATEGORY,
        "kind": kind,
        "into": str(into) if into else "",
        "reason": "Deux dossiers seulement.",
    }
    request = await a_request(session, act, f"cycle:{cycle.id}", payload)
    await cycle_acts.settle(session, SettleCycle(str(cycle.id), act, str(request.id), NOON))


async def test_its_companies_and_both_chairs_are_told(database: Database) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)

        await asks(session, edition.here, CycleAct.REGROUP, edition.there.id)

        row = (await session.scalars(select(Regrouping))).one()
        assert (row.category, row.kind, row.into_cycle_id) == (
            CATEGORY,
            RegroupKind.NEIGHBOUR,
            edition.there.id,
        )
        assert (
            await kinds(session) == ["category_regrouped"] * 2 + ["category_regrouped_in_jury"] * 2
        )


async def test_a_neighbour_reads_copies_and_the_territory_reads_nothing(
    database: Database,
) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)
        await asks(session, edition.here, CycleAct.REGROUP, edition.there.id)
        edition.there.phase = Phase.EVALUATION

        due = CycleRef(str(edition.here.id), NOON)
        to_run, reading = await send_to_neighbours(session, due)
        again, _ = await send_to_neighbours(session, due)
        await deal(session, edition.here, NOON)
        await freeze_ranking(session, edition.here, NOON)

        copies = await session.scalars(
            select(Application).where(col(Application.cycle_id) == edition.there.id)
        )
        told = {(each.origin_id, each.entry, each.status) for each in copies}
        assert told == {(file.id, Entry.REGROUPED, Status.ADMITTED) for file in edition.files}
        assert (to_run, reading) == (again, {edition.there.id})
        assert (await session.scalars(select(Card))).all() == []
        assert (await session.scalars(select(Standing))).all() == []


async def test_a_carried_category_enters_the_final_once_the_minutes_are_signed(
    database: Database,
) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)
        await asks(session, edition.here, CycleAct.REGROUP)
        edition.here.phase = Phase.DECIDED

        await promotions.begin(session, BeginPromotions(str(edition.here.id), NOON))

        copies = await session.scalars(
            select(col(Application.entry)).where(col(Application.cycle_id) == edition.final.id)
        )
        offered = await session.scalars(select(col(Promotion.category)))
        assert (list(copies), CATEGORY in set(offered)) == ([Entry.CARRIED] * 2, False)


async def test_a_file_that_comes_when_the_neighbour_has_finished_reading_enters_the_final(
    database: Database,
) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)
        await asks(session, edition.here, CycleAct.REGROUP, edition.there.id)
        due = CycleRef(str(edition.here.id), NOON)
        await send_to_neighbours(session, due)
        person = await a_person(session, "tardive@exemple.fr")
        late = await a_sent_file(session, edition.here, person.id, "Entreprise tardive")
        edition.there.phase = Phase.DELIBERATION

        to_run, reading = await send_to_neighbours(session, due)
        await carry_up(session, edition.here, edition.final, NOON)

        copies = await session.execute(
            select(col(Application.origin_id), col(Application.cycle_id)).where(
                col(Application.origin_id).is_not(None)
            )
        )
        assert (to_run, reading) == ([], set())
        assert set(copies) == {
            *((file.id, edition.there.id) for file in edition.files),
            (late.id, edition.final.id),
        }


async def test_it_is_undone_until_the_evaluation_begins(database: Database) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)
        await asks(session, edition.here, CycleAct.REGROUP)

        await asks(session, edition.here, CycleAct.UNGROUP)

        assert (await session.scalars(select(Regrouping))).all() == []
        edition.here.phase = Phase.EVALUATION
        with pytest.raises(Refusal, match="l'évaluation fixe"):
            await asks(session, edition.here, CycleAct.REGROUP)


async def test_a_category_that_waits_for_a_decision_is_not_regrouped(database: Database) -> None:
    async with database.transaction() as session:
        edition = await an_edition_with_a_short_category(session)
        edition.files[0].status = Status.SUBMITTED

        with pytest.raises(Refusal, match="attendent encore"):
            await asks(session, edition.here, CycleAct.REGROUP)
