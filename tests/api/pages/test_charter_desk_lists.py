"""The lists of the desk of the charter: their order, their filters, and what they cost."""

import csv
import io
from datetime import timedelta

import pytest
from fastapi import FastAPI

from domain.charter.states import State
from storage.database import Database
from storage.ledger import LetterState
from tests.api.pages.charter_desk_world import (
    ACCEPTED,
    BASE,
    NOW,
    OPENED,
    Places,
    a_charter_letter,
    a_filed_file,
    a_number,
    a_sent_report,
    an_organiser,
    moved,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.charters import a_draft, a_signatory, an_open_report
from tests.conftest import SignIn
from tests.counting import queries

LISTS = (
    "/dossiers",
    "/bilans",
    "/bilans?annee=2027",
    "/adherents",
    "/adherents?cherche=atelier",
    "/lettres",
    "/lettres/registre",
)
WHY = {"reason": "L'adresse a été corrigée."}


@pytest.fixture
async def browser(signed_in: SignIn, application: FastAPI) -> Browser:
    return await an_organiser(signed_in, application)


@pytest.mark.parametrize("page", LISTS)
async def test_a_list_asks_as_much_of_one_row_as_of_three(
    signed_in: SignIn, application: FastAPI, database: Database, page: str
) -> None:
    places, counts = Places(), list[int]()
    for more in (1, 2):
        async with database.transaction() as session:
            for _ in range(more):
                await a_filed_file(session, siret=places.next())
                adherent, _ = await a_sent_report(session, siret=places.next())
                await a_charter_letter(session, adherent)
        browser = await an_organiser(signed_in, application)
        with queries(application) as counted:
            shown = await browser.get(BASE + page)
        assert shown.status_code == 200
        counts.append(counted.count)

    assert counts[0] == counts[1]


async def test_the_file_that_waited_longest_comes_first_and_a_late_one_says_so(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        for place, days in ((1, 3), (2, 26), (3, 12)):
            since, name = NOW - timedelta(days=days), f"Structure {place}"
            await a_filed_file(session, since=since, siret=a_number(place), company=name)
        await a_draft(session, siret=a_number(4), company="Brouillon")

    words = words_of((await browser.get(f"{BASE}/dossiers")).text)

    order = sorted(("Structure 1", "Structure 2", "Structure 3"), key=words.index)
    assert order == ["Structure 2", "Structure 3", "Structure 1"]
    assert "26 jours sur 21 promis En retard" in words
    assert words.count("En retard") == 1
    assert "Brouillon" not in words


async def test_the_report_that_waited_longest_comes_first_whatever_its_year(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        for place, days in ((1, 3), (2, 50)):
            name, sent = f"Structure {place}", NOW - timedelta(days=days)
            await a_sent_report(session, sent=sent, siret=a_number(place), company=name)
        open_one = await a_signatory(
            session, accepted=ACCEPTED, siret=a_number(3), company="Muette"
        )
        await an_open_report(session, open_one, 2027, OPENED)

    words = words_of((await browser.get(f"{BASE}/bilans")).text)

    assert words.index("Structure 2") < words.index("Structure 1")
    assert "50 jours sur 45 promis En retard" in words
    assert "Muette" not in words


async def test_the_reports_of_a_campaign_are_found_by_step_and_territory(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        await a_sent_report(session, siret=a_number(1), company="Reçue")
        for place, region, name in ((2, "53", "Bretonne"), (3, "84", "Rhodanienne")):
            awaited = await a_signatory(
                session, accepted=ACCEPTED, siret=a_number(place), company=name, region=region
            )
            await an_open_report(session, awaited, 2027, OPENED)

    list_url = f"{BASE}/bilans?annee=2027&etape=attendus&territoire=REG-53"
    words = words_of((await browser.get(list_url)).text)

    assert [name in words for name in ("Bretonne", "Rhodanienne", "Reçue")] == [True, False, False]


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("?annee=&etape=&territoire=", id="the filter left as it was"),
        pytest.param("?annee=bientot", id="no year"),
        pytest.param("?annee=99999999999999999999", id="a year of no calendar"),
        pytest.param("?annee=²027", id="digits of another kind"),
        pytest.param("?apres=ici", id="no place"),
        pytest.param("?etape=deposes", id="a step without its year"),
    ],
)
async def test_a_filter_that_is_not_whole_shows_what_waits(
    browser: Browser, database: Database, asked: str
) -> None:
    async with database.transaction() as session:
        await a_sent_report(session, company="Bretonne")

    shown = await browser.get(f"{BASE}/bilans{asked}")

    assert shown.status_code == 200
    assert "Bretonne" in words_of(shown.text)


@pytest.mark.parametrize("asked", ["?annee=", "?annee=bientot", "?annee=-1"])
async def test_a_board_of_no_year_is_that_of_the_last_campaign(
    browser: Browser, database: Database, asked: str
) -> None:
    async with database.transaction() as session:
        await a_sent_report(session)

    shown = await browser.get(BASE + asked)

    assert "Campagne des bilans 2027" in words_of(shown.text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("", ["Bretonne", "Suspendue", "Élan"], id="all"),
        pytest.param("?etat=suspendue", ["Suspendue"], id="by state"),
        pytest.param("?territoire=REG-84", ["Élan"], id="by territory"),
        pytest.param("?cherche=elan", ["Élan"], id="by name, accents aside"),
        pytest.param(f"?cherche={a_number(1)[:9]}", ["Bretonne"], id="by SIREN"),
        pytest.param(f"?cherche={a_number(2)}", ["Suspendue"], id="by SIRET"),
        pytest.param("?cherche=%25", [], id="a sign that means nothing"),
        pytest.param("?etat=inconnu", ["Bretonne", "Suspendue", "Élan"], id="an unknown state"),
        pytest.param("?territoire=REG-99", [], id="an unknown territory"),
    ],
)
async def test_adherents_are_found(
    browser: Browser, database: Database, asked: str, found: list[str]
) -> None:
    async with database.transaction() as session:
        await a_signatory(session, accepted=ACCEPTED, siret=a_number(1), company="Bretonne")
        halted = await a_signatory(
            session, accepted=ACCEPTED, siret=a_number(2), company="Suspendue"
        )
        await moved(session, halted, "suspended", NOW)
        await a_signatory(
            session, accepted=ACCEPTED, siret=a_number(3), company="Élan", region="84"
        )

    table = (await browser.get(f"{BASE}/adherents{asked}")).text.partition("<tbody")[2]

    words = words_of(table)
    assert [name for name in ("Bretonne", "Suspendue", "Élan") if name in words] == found


async def test_fifty_adherents_a_page_and_everybody_once(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        for place in range(1, 54):
            draft = await a_draft(
                session, siret=a_number(place), company=f"Structure {place % 4:02}"
            )
            draft.adherence.state = [State.ACTIVE, State.FILED, State.DRAFT][place % 3]

    first = await browser.get(f"{BASE}/adherents")
    following = first.text.partition('rel="next" href="')[2].partition('"')[0]
    second = await browser.get(following.replace("&amp;", "&"))

    rows = [page.text.count('<th scope="row"') for page in (first, second)]
    links = {
        line.partition('"')[0]
        for page in (first, second)
        for line in page.text.split(f'href="{BASE}/adherents/')[1:]
    }
    assert rows == [50, 3]
    assert len(links) == 53


async def test_the_export_holds_everybody_and_nobody_s_address(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        await a_signatory(session, accepted=ACCEPTED, siret=a_number(1), company="=Formule()")
        await a_filed_file(session, siret=a_number(2), company="Bretonne")

    answer = await browser.get(f"{BASE}/adherents.csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert answer.headers["content-disposition"] == 'attachment; filename="adherents.csv"'
    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("siren", "raison_sociale", "etat"),
        (a_number(2)[:9], "Bretonne", "Dossier déposé"),
        (a_number(1)[:9], "'=Formule()", "Signataire à jour"),
    ]
    assert "@" not in answer.text


async def test_the_export_follows_the_filter(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        await a_signatory(session, accepted=ACCEPTED, siret=a_number(1), company="Active")
        await a_filed_file(session, siret=a_number(2), company="Déposée")

    answer = await browser.get(f"{BASE}/adherents.csv?etat=deposee")

    assert [line.split(";")[2] for line in answer.text.splitlines()[1:]] == ["Déposée"]


async def test_letters_to_come_are_said_by_day_with_names(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        for place, name in ((1, "Bretonne"), (2, "Alpine")):
            adherent = await a_signatory(
                session, accepted=ACCEPTED, siret=a_number(place), company=name
            )
            await an_open_report(session, adherent, 2027, OPENED)

    words = words_of((await browser.get(f"{BASE}/lettres")).text)

    assert "mardi 20 avril 2027 Rappel : bilan attendu 2 adhérents Alpine , Bretonne" in words
    assert "lundi 3 mai 2027 Bilan non transmis 2 adhérents" in words
    assert (
        "18 mai 2027" not in words
    )  # the notice that follows the miss is more than thirty days away


async def test_more_adherents_than_are_named_are_counted(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        for place in range(1, 15):
            adherent = await a_signatory(
                session, accepted=ACCEPTED, siret=a_number(place), company=f"Structure {place:02}"
            )
            await an_open_report(session, adherent, 2027, OPENED)

    words = words_of((await browser.get(f"{BASE}/lettres")).text)

    assert "14 adhérents Structure 01 ," in words
    assert "Structure 12 et 2 autres" in words


async def test_the_ledger_shows_the_letters_of_the_charter_and_no_other(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        adherent = await a_signatory(session, accepted=ACCEPTED)
        await a_charter_letter(session, adherent, state=LetterState.FAILED)
        await a_charter_letter(session, adherent, kind="login_link")

    words = words_of((await browser.get(f"{BASE}/lettres/registre")).text)

    assert "1 lettre " in words
    assert "Récépissé du dossier" in words
    assert "login_link" not in words


@pytest.mark.parametrize(
    ("asked", "count"), [("ada@exemple", "Récépissé"), ("bob", "Aucune lettre")]
)
async def test_the_ledger_is_searched_by_reader(
    browser: Browser, database: Database, asked: str, count: str
) -> None:
    async with database.transaction() as session:
        await a_charter_letter(session, await a_signatory(session, accepted=ACCEPTED))

    shown = await browser.submit(f"{BASE}/lettres/registre", {"cherche": asked})

    table = words_of(shown.text.partition("Chercher")[2])
    assert count in table


async def test_a_letter_that_left_is_not_sent_again(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        letter = await a_charter_letter(session, await a_signatory(session, accepted=ACCEPTED))

    shown = await browser.submit(f"{BASE}/lettres/registre/{letter.id}/renvoyer", WHY)

    assert shown.status_code == 409
    assert "Cette lettre n'attend pas d'être renvoyée." in words_of(shown.text)


async def test_a_letter_of_a_cycle_is_not_sent_from_here(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        adherent = await a_signatory(session, accepted=ACCEPTED)
        letter = await a_charter_letter(session, adherent, kind="receipt", state=LetterState.FAILED)

    shown = await browser.submit(f"{BASE}/lettres/registre/{letter.id}/renvoyer", WHY)

    assert shown.status_code == 404


async def test_a_page_of_one_adherent_asks_as_much_of_a_short_life_as_of_a_long_one(
    signed_in: SignIn, application: FastAPI, database: Database
) -> None:
    async with database.transaction() as session:
        adherent, _ = await a_sent_report(session)
    browser = await an_organiser(signed_in, application)
    page = f"{BASE}/adherents/{adherent.adherence.id}"
    with queries(application) as short:
        await browser.get(page)
    async with database.transaction() as session:
        for _ in range(3):
            await a_charter_letter(session, adherent)

    with queries(application) as long:
        await browser.get(page)

    assert long.count == short.count
