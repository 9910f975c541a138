"""The lists of the desk: the same number of questions at one row and at three, and fifty rows at most."""

from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.jurors import CardStatus
from domain.phases import Phase
from storage.database import Database
from storage.ledger import LetterState
from storage.tables.cycles import Cycle
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    COMPANY,
    ORGANISER,
    a_cycle_in,
    a_jury,
    a_letter,
    a_line,
    a_sent_file,
    a_standing,
    count_again,
)
from tests.builders import a_card, a_cycle, an_edition
from tests.conftest import SignIn
from tests.counting import queries

Fill = Callable[[AsyncSession, Cycle, int], Awaitable[None]]


async def _files(session: AsyncSession, cycle: Cycle, count: int) -> None:
    for place in range(count):
        await a_sent_file(session, cycle, company=f"Atelier {place}", green=bool(place % 2))


async def _jurors(session: AsyncSession, cycle: Cycle, count: int) -> None:
    file = await a_sent_file(session, cycle, status=Status.ADMITTED)
    for juror in await a_jury(session, cycle, count):
        await a_card(session, juror, file, status=CardStatus.SEALED)


async def _letters(session: AsyncSession, cycle: Cycle, count: int) -> None:
    for _ in range(count):
        await a_letter(session, cycle)


async def _lines(session: AsyncSession, cycle: Cycle, count: int) -> None:
    for place in range(count):
        await a_line(session, cycle, await a_sent_file(session, cycle, company=f"Atelier {place}"))


async def _ranks(session: AsyncSession, cycle: Cycle, count: int) -> None:
    for place in range(count):
        file = await a_sent_file(
            session, cycle, category="CLA", status=Status.ADMITTED, company=f"Atelier {place}"
        )
        await a_standing(session, file, place + 1)


LISTS: tuple[tuple[str, Phase, Fill, int], ...] = (
    ("", Phase.EVALUATION, _jurors, 13),
    ("/candidatures", Phase.SCREENING, _files, 4),
    ("/jury", Phase.EVALUATION, _jurors, 7),
    ("/lettres", Phase.OPEN, _letters, 4),
    ("/journal", Phase.OPEN, _lines, 7),
    ("/resultats", Phase.DELIBERATION, _ranks, 5),
)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "phase", "fill", "most"), LISTS, ids=[page or "board" for page, *_ in LISTS]
)
async def test_a_list_asks_the_same_number_of_questions_at_one_row_and_at_three(
    signed_in: SignIn,
    database: Database,
    application: FastAPI,
    page: str,
    phase: Phase,
    fill: Fill,
    most: int,
    count: int,
) -> None:
    cycle = await a_cycle_in(database, phase)
    async with database.transaction() as session:
        await fill(session, cycle, count)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    await browser.get(f"/organisation/{cycle.code}{page}")
    count_again(cycle)

    with queries(application) as counted:
        shown = await browser.get(f"/organisation/{cycle.code}{page}")

    assert shown.status_code == 200
    assert counted.count == most


@pytest.mark.parametrize("count", [1, 3])
async def test_the_list_of_cycles_asks_four_questions(
    signed_in: SignIn, database: Database, application: FastAPI, count: int
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        for territory in ("REG-84", "REG-53", "REG-11")[:count]:
            await a_cycle(session, edition=edition, territory=territory)
    browser = await signed_in(ORGANISER, organises_everything=True)

    with queries(application) as counted:
        shown = await browser.get("/organisation")

    assert shown.text.count('role="rowheader"') == count
    assert counted.count == 4


async def test_empty_lists_say_what_will_come(signed_in: SignIn, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    said = {
        "/candidatures": "Aucune candidature pour l'instant",
        "/jury": "Personne n'est encore appelé à ce jury",
        "/attribution": "Pas encore d'aperçu",
        "/resultats": "Le classement n'est pas encore arrêté",
        "/lettres": "Aucune lettre pour l'instant",
        "/journal": "Rien encore dans ce journal",
    }

    shown = {
        page: words_of((await browser.get(f"/organisation/{cycle.code}{page}")).text)
        for page in said
    }

    assert [page for page, words in said.items() if words not in shown[page]] == []


async def test_pages_of_fifty_follow_one_another(signed_in: SignIn, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        for place in range(53):
            await a_sent_file(session, cycle, company=f"Atelier {place:02}")
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    base = f"/organisation/{cycle.code}/candidatures"

    first = await browser.get(base)
    second = await browser.get(_next_of(first.text))

    assert first.text.count('role="rowheader"') == 50
    assert second.text.count('role="rowheader"') == 3
    assert "53 candidatures" in words_of(first.text)


@pytest.mark.parametrize("words", ["boréale", "BOREALE", "123456782", "k7m2"], ids=str)
async def test_a_file_is_found_by_company_siret_or_number(
    signed_in: SignIn, database: Database, words: str
) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        file = await a_sent_file(session, cycle, company="Menuiserie Boréale")
        file.siret, file.siren = "12345678200010", "123456782"
        file.number = "2027:REG-84-ABCD-K7M2"
        other = await a_sent_file(session, cycle, company="Transports Martin")
        other.siret, other.number = "99999999900010", "2027:REG-84-ABCD-XXXX"
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/candidatures", params={"cherche": words})

    assert f"/candidatures/{file.id}" in shown.text
    assert f"/candidatures/{other.id}" not in shown.text


@pytest.mark.parametrize(
    "query",
    ["statut=zz", "apres=rien", "categorie=%00", "cherche=%25%5C_'\"", "statut=draft&apres=1"],
)
async def test_a_strange_filter_is_never_a_fault(
    signed_in: SignIn, database: Database, query: str
) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/candidatures?{query}")

    assert shown.status_code in {200, 422}


async def test_letters_that_need_somebody_come_first_and_an_address_is_never_in_the_url(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    async with database.transaction() as session:
        for state in (LetterState.SENT, LetterState.UNCERTAIN, LetterState.FAILED):
            await a_letter(session, cycle, state=state)
        await a_letter(session, cycle, to="autre@ailleurs.example")
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    url = f"/organisation/{cycle.code}/lettres"

    listed = words_of((await browser.get(url)).text)
    found = await browser.submit(url, {"cherche": "ailleurs"})

    table = listed[listed.index("4 lettres") :]
    assert table.index("Impossible à envoyer") < table.index("Peut-être partie")
    assert table.index("Peut-être partie") < table.rindex("Envoyée")
    assert "autre@ailleurs.example" in found.text
    assert COMPANY not in found.text


async def test_the_subject_that_the_reader_saw_is_shown(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    async with database.transaction() as session:
        await a_letter(session, cycle)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/lettres")

    assert "Votre candidature est enregistrée (n° 2027-K7M2)" in words_of(shown.text)


@pytest.mark.parametrize("kind", ["draft_reminder", "of_another_version"])
async def test_a_letter_whose_subject_cannot_be_said_is_named_by_its_kind(
    signed_in: SignIn, database: Database, kind: str
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    async with database.transaction() as session:
        await a_letter(session, cycle, kind=kind)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/lettres")

    assert shown.status_code == 200
    assert ("Rappel de brouillon" if kind == "draft_reminder" else kind) in words_of(shown.text)


async def test_no_mark_is_shown_before_the_ranking_is_frozen(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.EVALUATION)
    async with database.transaction() as session:
        file = await a_sent_file(session, cycle, category="CLA", status=Status.ADMITTED)
        await a_standing(session, file, 1)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(f"/organisation/{cycle.code}/resultats")

    assert "79,00" not in shown.text
    assert "Menuiserie Boréale" not in shown.text


def _next_of(page: str) -> str:
    start = page.index('rel="next" href="') + len('rel="next" href="')
    return page[start : page.index('"', start)].replace("&amp;", "&")
