"""The scenarios of the published rules, over years of virtual time on the real server.

The years are those to come, so that the dates are the calendar's own: 2028 is a leap year, its 30
April is a Sunday before a holiday, and its 1 November is a holiday.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from temporalio.testing import TimeSkipper

from domain.charter.states import Act, State
from domain.eligibility import CharterStanding
from storage.acts.charter.standing import standing_at
from storage.charters import charter_in_force, register_charter, shipped_charters
from storage.database import Database
from storage.tables.charter import Adherence
from tests.workflows.lives import Life, accepted_on
from workflows.adherence import AdherenceWorkflow

SEPTEMBER = date(2027, 9, 15)
CLOSED = "00010126100014"
SUCCESSOR = "00010014900012"


async def state_of(life: Life) -> State:
    return (await life.handle.query(AdherenceWorkflow.state)).situation.state


async def test_1_accepted_in_september_the_first_window_is_that_of_the_year_after(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)

    await life.waits_until(date(2028, 2, 2))
    state = await life.handle.query(AdherenceWorkflow.state)

    assert await life.dates_of("ouvrir_fenetre") == ["01/02/2028 09:00"]
    assert state.situation.term_on == date(2030, 9, 30)


async def test_2_accepted_in_october_the_next_window_is_skipped(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, date(2027, 10, 15))

    await life.waits_until(date(2029, 2, 2))

    assert await life.dates_of("ouvrir_fenetre") == ["01/02/2029 09:00"]


async def test_3_silence_is_noticed_twice_put_on_notice_and_ends_in_november(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)

    await life.waits_until(date(2028, 11, 30))
    ended = await life.handle.result()

    assert ended.situation.state is State.REMOVED
    assert await life.dates_of("constater_absence") == ["03/05/2028 09:00"]
    assert await life.dates_of("radier_sans_bilan") == ["02/11/2028 18:00"]
    assert await life.told_on("report_reminder") == [
        f"2028:{number}" for number in (301, 401, 420, 428)
    ]
    assert await life.told_on("missed_notice") == ["2028:15", "2028:45"]
    assert await life.told_on("formal_notice") == ["2028:60"]


async def test_4_a_late_report_restores_the_day_it_is_accepted_and_not_before(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)
    await life.waits_until(date(2028, 8, 10))
    await life.reports(2028)
    late = await state_of(life)
    await life.waits_until(date(2028, 8, 16))

    restored = await life.asks(Act.VALIDATE_REPORT, level="declaratif")

    assert (late, restored.situation.state) == (State.UNREPORTED, State.ACTIVE)
    assert await life.dates_of("valider_bilan") == ["16/08/2028 12:00"]
    async with database.transaction() as session:
        closing = datetime(2028, 6, 30, 16, tzinfo=UTC)
        row = await session.get_one(Adherence, life.id)
        assert await standing_at(session, row.siren, closing) is CharterStanding.NONE
        assert row.lateness == 1


async def test_5_a_report_returned_and_left_is_missed_on_its_date_and_removed_in_november(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)
    await life.waits_until(date(2028, 4, 20))
    await life.reports(2028)
    await life.waits_until(date(2028, 5, 20))
    returned = await life.asks(Act.RETURN_REPORT, reason="Il manque une preuve.")

    await life.waits_until(date(2028, 11, 30))
    await life.handle.result()

    assert returned.situation.state is State.TO_COMPLETE
    assert await life.dates_of("constater_absence") == ["19/06/2028 18:00"]
    assert await life.dates_of("radier_sans_bilan") == ["02/11/2028 18:00"]


async def test_6_an_organiser_who_is_silent_accepts_a_report_and_never_a_file(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)
    await life.waits_until(date(2028, 4, 1))
    await life.reports(2028)

    await life.waits_until(date(2028, 5, 20))

    assert await life.dates_of("accepter_tacitement") == ["16/05/2028 18:00"]
    # From November to September nobody had accepted the file: it waited, and was told of.
    assert (await life.dates_of("accepter")) == ["15/09/2027 12:00"]


async def test_7_a_closed_establishment_goes_on_under_the_number_of_its_successor(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER, siret=CLOSED)
    await life.waits_until(date(2027, 10, 20))
    ceased = await state_of(life)

    await life.asks(Act.NAME_SUCCESSOR, siret=SUCCESSOR)
    transferred = await life.asks(Act.TRANSFER, reason="Reprise de l’activité.")

    assert (ceased, transferred.situation.state) == (State.CEASED, State.ACTIVE)
    assert await life.dates_of("constater_cessation") == ["15/10/2027 09:00"]
    assert transferred.situation.term_on == date(2030, 9, 30)
    async with database.transaction() as session:
        assert (await session.get_one(Adherence, life.id)).siret == SUCCESSOR


async def test_7_without_a_successor_it_ends_thirty_days_later(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER, siret=CLOSED)

    await life.waits_until(date(2027, 11, 30))
    ended = await life.handle.result()

    assert ended.situation.state is State.FORMER
    assert await life.dates_of("clore_cessation") == ["15/11/2027 18:00"]


async def test_8_a_new_version_of_the_calendar_moves_nobody_who_signed_before(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, SEPTEMBER)
    await _a_second_version(database, closes="05-15")

    await life.waits_until(date(2028, 5, 10))

    assert await life.dates_of("constater_absence") == ["03/05/2028 09:00"]
    async with database.transaction() as session:
        now_signed = await charter_in_force(session, date(2028, 5, 10))
        assert now_signed is not None
        assert now_signed.version == 2


async def _a_second_version(database: Database, *, closes: str) -> None:
    document: Mapping[str, Any] = shipped_charters()[0]
    periods = {**document["periods"], "window": {**document["periods"]["window"], "closes": closes}}
    async with database.transaction() as session:
        await register_charter(
            session, {**document, "version": 2, "in_force_from": "2028-01-01", "periods": periods}
        )


async def test_a_signature_on_a_leap_day_keeps_its_dates_through_the_years(
    charter_at_work: TimeSkipper, database: Database
) -> None:
    life = await accepted_on(charter_at_work, database, date(2028, 2, 29))
    for year in (2029, 2030, 2031):
        await life.waits_until(date(year, 2, 10))
        await life.reports(year)
        await life.asks(Act.VALIDATE_REPORT, level="declaratif")

    await life.waits_until(date(2031, 7, 1))
    ended = await life.handle.result()

    assert await life.dates_of("ouvrir_fenetre") == [
        f"01/02/{year} 09:00" for year in (2029, 2030, 2031)
    ]
    assert await life.dates_of("atteindre_terme") == ["28/02/2031 18:00"]
    assert await life.dates_of("clore_grace") == ["29/05/2031 18:00"]
    assert ended.situation.state is State.FORMER


@pytest.mark.parametrize(
    ("region", "department", "closing", "removal"),
    [
        pytest.param(
            "02",
            "972",
            datetime(2028, 5, 3, 13, tzinfo=UTC),
            datetime(2028, 11, 2, 22, tzinfo=UTC),
            id="Martinique",
        ),
        pytest.param(
            "04",
            "974",
            datetime(2028, 5, 3, 5, tzinfo=UTC),
            datetime(2028, 11, 2, 14, tzinfo=UTC),
            id="La Réunion",
        ),
    ],
)
async def test_an_adherent_overseas_lives_by_its_own_clock(
    charter_at_work: TimeSkipper,
    database: Database,
    *,
    region: str,
    department: str,
    closing: datetime,
    removal: datetime,
) -> None:
    life = await accepted_on(
        charter_at_work, database, SEPTEMBER, region=region, department=department
    )

    await life.waits_until(date(2028, 11, 30))
    await life.handle.result()

    at = {act: when for act, _, when in await life.journal()}
    assert (at["constater_absence"], at["radier_sans_bilan"]) == (closing, removal)
    assert await life.dates_of("radier_sans_bilan") == ["02/11/2028 18:00"]
