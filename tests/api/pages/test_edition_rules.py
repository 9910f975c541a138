"""The rules of an edition: copied, changed as a new version, compared; and who may not."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.editions import EditionPhase
from domain.template_editing import prefilled
from storage.database import Database
from storage.tables.cycles import Cycle, Edition, Template
from storage.tables.records import JournalLine
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.browser import Browser
from tests.builders import a_cycle, an_application, an_edition
from tests.conftest import SignIn

BASE = "/organisation/editions/2027/reglement"


async def an_opened_edition(database: Database) -> Cycle:
    async with database.transaction() as session:
        return await a_cycle(session)


async def template_of_edition(database: Database, code: str = "2027") -> Template:
    async with database.transaction() as session:
        found = await session.execute(
            select(Template)
            .join(Edition, col(Edition.template_id) == col(Template.id))
            .where(col(Edition.code) == code)
        )
        return found.scalar_one()


async def filled(database: Database, **changed: str) -> Mapping[str, str]:
    template = await template_of_edition(database)
    return prefilled(template.document, 2027) | changed | {"seen": template.fingerprint}


async def a_national_organiser(signed_in: SignIn) -> Browser:
    return await signed_in(ORGANISER, organises_everything=True)


async def test_what_changes_becomes_a_version_for_the_cycles_to_open(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)
    fields = await filled(database, **{"weight.CLA.VOL": "30", "weight.CLA.FIA": "10"})

    read = await browser.submit(f"{BASE}/relecture", fields)
    kept = await browser.submit(BASE, fields)
    twice = await browser.submit(BASE, fields)

    assert "Modifié 25 30 (+5)" in words_of(read.text)
    assert (kept.status_code, twice.status_code) == (303, 303)
    after = await template_of_edition(database)
    assert (after.version, after.document["categories"][0]["criteria"][0]["weight"]) == (3, 30)
    async with database.transaction() as session:
        assert (await session.get_one(Cycle, cycle.id)).template_id == cycle.template_id
        lines = (await session.execute(select(JournalLine))).scalars().all()
    assert [(line.act, line.before, line.after) for line in lines] == [
        ("change_rules", "version 2", "version 3")
    ]


@pytest.mark.parametrize("page", ["/relecture", ""])
async def test_what_is_wrong_is_said_on_the_form_with_everything_still_there(
    signed_in: SignIn, database: Database, page: str
) -> None:
    await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)
    before = await template_of_edition(database)
    fields = await filled(database, **{"weight.CLA.VOL": "20", "name.PAR.fr": "Un autre nom <b>"})

    shown = await browser.submit(BASE + page, fields)

    assert shown.status_code == 422
    assert "font 95 : ajoutez 5 pour arriver à 100." in words_of(shown.text)
    assert 'value="Un autre nom &lt;b&gt;"' in shown.text
    assert (await template_of_edition(database)).id == before.id


async def test_a_category_that_has_files_is_not_removed(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await an_opened_edition(database)
    async with database.transaction() as session:
        await an_application(session, cycle, category="QUA")
    browser = await a_national_organiser(signed_in)
    fields = dict(await filled(database))
    del fields["keep.QUA"]

    shown = await browser.submit(BASE, fields)

    assert shown.status_code == 422
    assert "a déjà des candidatures (1) dans cette édition" in words_of(shown.text)


async def test_a_closing_on_a_holiday_is_told_with_the_next_working_day_and_not_refused(
    signed_in: SignIn, database: Database
) -> None:
    await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)
    fields = await filled(database, **{"date.one_level.closes_at": "2027-07-14T18:00"})

    shown = await browser.submit(f"{BASE}/relecture", fields)

    assert shown.status_code == 200
    assert "le jour travaillé suivant est le 15/07/2027" in words_of(shown.text)


async def test_who_wrote_from_an_older_version_is_told_so(
    signed_in: SignIn, database: Database
) -> None:
    await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)
    first = await filled(database, **{"limit.presentation": "700"})
    second = await filled(database, **{"limit.presentation": "800"})

    await browser.submit(BASE, first)
    refused = await browser.submit(BASE, second)

    assert refused.status_code == 409
    assert "Quelqu'un a changé ce règlement" in words_of(refused.text)
    assert (await template_of_edition(database)).version == 3


async def test_a_confirmed_edition_keeps_its_rules(signed_in: SignIn, database: Database) -> None:
    await an_opened_edition(database)
    async with database.transaction() as session:
        edition = (await session.execute(select(Edition))).scalar_one()
        edition.phase = EditionPhase.TERRITORIAL
    browser = await a_national_organiser(signed_in)

    shown = await browser.get(f"{BASE}/modifier")
    refused = await browser.submit(BASE, await filled(database, **{"limit.presentation": "700"}))

    assert (shown.status_code, refused.status_code) == (409, 409)
    assert (await template_of_edition(database)).version == 2


async def test_last_years_edition_is_copied_and_then_compared(
    signed_in: SignIn, database: Database
) -> None:
    await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)

    copied = await browser.submit(f"{BASE}/copier", {"year": "2028"})
    again = await browser.submit(f"{BASE}/copier", {"year": "2028"})
    compared = await browser.get("/organisation/editions/2028/reglement/comparer")

    assert copied.headers["location"] == "/organisation/editions/2028/reglement/modifier"
    assert (again.status_code, compared.status_code) == (409, 200)
    assert "Ce règlement dit la même chose" in words_of(compared.text)


async def test_two_editions_are_compared_side_by_side(
    signed_in: SignIn, database: Database
) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=2027)
        await an_edition(session, year=2026, template="sample-small", code="petits")
    browser = await a_national_organiser(signed_in)

    shown = await browser.get(f"{BASE}/comparer", params={"avec": "petits"})

    words = words_of(shown.text)
    assert "Catégorie CLA Ajouté – Clauses sociales et engagements volontaires" in words
    assert "Échelle des notes Modifié de 1 à 4 de 0 à 5" in words


@pytest.mark.parametrize("year", ["", "27", "deux", "1066", "９９９９"])
async def test_a_year_that_is_none_is_refused(
    signed_in: SignIn, database: Database, year: str
) -> None:
    await an_opened_edition(database)
    browser = await a_national_organiser(signed_in)

    shown = await browser.submit(f"{BASE}/copier", {"year": year})

    assert shown.status_code == 422
    assert "Indiquez une année en quatre chiffres" in words_of(shown.text)


@pytest.mark.parametrize("page", ["/modifier", "/copier", "/comparer"])
async def test_a_territorial_organiser_may_not_touch_the_rules(
    signed_in: SignIn, database: Database, page: str
) -> None:
    cycle = await an_opened_edition(database)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(BASE + page)

    assert shown.status_code == 403


@pytest.mark.parametrize("page", ["", "/relecture", "/copier", "/modifier"])
async def test_a_territorial_organiser_may_not_send_them_either(
    signed_in: SignIn, database: Database, page: str
) -> None:
    cycle = await an_opened_edition(database)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    sent = await browser.submit(BASE + page, {"year": "2028"})

    assert sent.status_code == 403


@pytest.mark.parametrize("page", ["/modifier", "/copier", "/comparer"])
async def test_an_edition_that_nobody_opened_is_not_found(signed_in: SignIn, page: str) -> None:
    browser = await a_national_organiser(signed_in)

    shown = await browser.get(f"/organisation/editions/1999/reglement{page}")

    assert shown.status_code == 404
