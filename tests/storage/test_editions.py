from datetime import UTC, datetime

import pytest

from domain.calendar import CycleCalendar
from domain.refusals import Refusal
from domain.template_reading import TemplateError
from storage.database import Database
from storage.editions import (
    create_cycle,
    create_edition,
    register_template,
    shipped_template,
    shipped_templates,
)
from storage.templates import calendar_in, template_of
from tests.builders import a_calendar, an_edition


def _main() -> dict[str, object]:
    shipped = shipped_template("trophees-insertion")
    assert shipped is not None
    return dict(shipped.document)


def test_the_trophies_are_the_first_shipped_template() -> None:
    codes = [shipped.code for shipped in shipped_templates()]

    assert codes == ["trophees-insertion", "sample-small"]


async def test_the_same_template_is_kept_once(database: Database) -> None:
    async with database.transaction() as session:
        first = await register_template(session, _main())
        again = await register_template(session, dict(reversed(_main().items())))

    assert again.id == first.id


async def test_a_document_that_is_no_template_is_refused(database: Database) -> None:
    with pytest.raises(TemplateError, match="unknown key “surprise”"):
        async with database.transaction() as session:
            await register_template(session, _main() | {"surprise": 1})


async def test_an_edition_is_called_by_its_year(database: Database) -> None:
    async with database.transaction() as session:
        edition = await create_edition(session, _main(), 2027)

    assert (edition.code, edition.name) == ("2027", "Trophées de l’insertion 2027")


async def test_an_edition_is_not_opened_twice(database: Database) -> None:
    async with database.transaction() as session:
        await create_edition(session, _main(), 2027)

    with pytest.raises(Refusal, match="Il existe déjà une édition 2027"):
        async with database.transaction() as session:
            await create_edition(session, _main(), 2027)


async def test_a_cycle_takes_name_zone_and_dates_of_its_territory(database: Database) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        cycle = await create_cycle(session, edition, "REG-04")

    assert (cycle.code, cycle.name, cycle.zone) == ("2027:REG-04", "La Réunion", "Indian/Reunion")
    assert calendar_in(cycle).closes_at == datetime(2027, 6, 30, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("territory", "closes_at"),
    [
        pytest.param("REG-84", datetime(2027, 6, 30, 16, 0, tzinfo=UTC), id="territorial"),
        pytest.param("national", datetime(2027, 10, 25, 16, 0, tzinfo=UTC), id="national"),
    ],
)
async def test_a_level_has_its_own_calendar(
    database: Database, territory: str, closes_at: datetime
) -> None:
    async with database.transaction() as session:
        cycle = await create_cycle(session, await an_edition(session), territory)

    assert calendar_in(cycle).closes_at == closes_at


async def test_a_cycle_keeps_the_dates_that_it_is_given(database: Database) -> None:
    calendar = a_calendar()

    async with database.transaction() as session:
        edition = await an_edition(session)
        cycle = await create_cycle(session, edition, "REG-84", calendar=calendar)
        template = await template_of(session, cycle)

    assert calendar_in(cycle) == calendar
    assert template.code == "trophees-insertion"


@pytest.mark.parametrize(
    ("territory", "calendar", "sentence"),
    [
        pytest.param("84", "", "Territoire inconnu", id="a bare number"),
        pytest.param("REG-84", "easter", "n'a pas de calendrier « easter »", id="no such calendar"),
        pytest.param(
            "REG-84",
            a_calendar(),
            "a déjà un cycle dans l'édition 2027",
            id="a territory that has its cycle",
        ),
    ],
)
async def test_a_cycle_that_cannot_be_is_refused(
    database: Database, territory: str, calendar: str | CycleCalendar, sentence: str
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        await create_cycle(session, edition, "REG-84")

    with pytest.raises(Refusal, match=sentence):
        async with database.transaction() as session:
            await create_cycle(session, edition, territory, calendar=calendar)
