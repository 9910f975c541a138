"""Opening an application: the category, the SIRET, what the register says, what the rules allow."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import select

from domain.applications import Status
from domain.phases import Phase
from embedded.registry.application import create_registry
from settings import Settings
from storage.database import Database
from storage.tables.applications import Member
from storage.tables.cycles import Cycle
from storage.tables.records import JournalLine
from tests.activities.serving import served
from tests.api.pages.company_world import (
    BOREALE,
    OWNER,
    STRANGER,
    a_call,
    an_application_of,
    how_many,
    the_application,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn

pytestmark = pytest.mark.usefixtures("temporal_client")

NEW = "/candidatures/nouvelle"
MASKED = "00010140200014"
CLOSED = "00010126100014"
UNKNOWN = "73282932000074"


@pytest.fixture(scope="module")
async def register() -> AsyncIterator[str]:
    async with served(create_registry()) as url:
        yield url


@pytest.fixture
def configured(configured: Settings, register: str) -> Settings:
    return configured.model_copy(update={"registry_url": register})


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def typed(call: Cycle, siret: str = BOREALE, **more: str) -> dict[str, str]:
    return {"cycle": call.code, "category": "QUA", "siret": siret, **more}


def confirmed(call: Cycle, siret: str = BOREALE, **more: str) -> dict[str, str]:
    return typed(call, siret, confirmed="yes", company="Menuiserie Boréale", **more)


async def test_nobody_starts_without_signing_in(client: Browser, call: Cycle) -> None:
    response = await client.get(f"{NEW}?cycle={call.code}")

    assert response.status_code == 303
    assert response.headers["location"].startswith("/connexion?next=")


async def test_the_page_offers_the_categories_of_the_cycle(browser: Browser, call: Cycle) -> None:
    response = await browser.get(f"{NEW}?cycle={call.code}")

    assert response.status_code == 200
    assert "Qualité des parcours d'insertion" in words_of(response.text)


async def test_without_a_cycle_the_open_calls_are_offered(browser: Browser, call: Cycle) -> None:
    response = await browser.get(NEW)

    assert response.status_code == 200
    assert f"{NEW}?cycle={call.code}" in response.text


async def test_a_cycle_that_does_not_exist_is_not_found(browser: Browser) -> None:
    assert (await browser.get(f"{NEW}?cycle=nulle-part")).status_code == 404
    assert (await browser.submit(NEW, {"cycle": "nulle-part"})).status_code == 404


async def test_what_the_register_knows_is_shown_to_be_confirmed(
    browser: Browser, call: Cycle, database: Database
) -> None:
    response = await browser.submit(NEW, typed(call, "000 100 073 00014"))

    assert response.status_code == 200
    assert "MENUISERIE BORÉALE (EXEMPLE)" in response.text
    assert "LILLE (59)" in response.text
    assert await how_many(database) == 0


async def test_a_confirmed_company_has_its_application_and_its_owner(
    browser: Browser, call: Cycle, database: Database
) -> None:
    response = await browser.submit(NEW, confirmed(call))

    row = await the_application(database)
    async with database.transaction() as session:
        member = (await session.execute(select(Member))).scalar_one()
    assert (response.status_code, response.headers["location"]) == (303, f"/candidatures/{row.id}")
    assert (row.status, row.company, row.siren) == (Status.DRAFT, "Menuiserie Boréale", BOREALE[:9])
    assert (member.person_id, member.role) == (browser.person_id, "owner")
    assert row.registry_facts is not None
    assert (row.registry_facts["found"], row.registry_facts["commune"]) == (True, "59350")
    assert row.answers == {
        "siret": BOREALE,
        "candidate_kind": "company",
        "size": "pme",
        "contact_name": "Paul Bois",
        "contact_email": OWNER,
    }


async def test_opening_an_application_is_written_in_the_journal_once(
    browser: Browser, call: Cycle, database: Database
) -> None:
    for _ in range(2):
        await browser.submit(NEW, confirmed(call))

    row = await the_application(database)
    async with database.transaction() as session:
        lines = list((await session.execute(select(JournalLine))).scalars())
    assert [(line.actor, line.subject, line.cycle_id, line.act) for line in lines] == [
        (f"person:{browser.person_id}", f"application:{row.id}", call.id, "open_application")
    ]
    assert (lines[0].before, lines[0].after) == ("", "draft")


async def test_a_masked_company_is_asked_for_its_name_and_never_shown_masked(
    browser: Browser, call: Cycle
) -> None:
    response = await browser.submit(NEW, typed(call, MASKED))

    assert response.status_code == 200
    assert "NON-DIFFUSIBLE" not in response.text
    assert "Nom non diffusé" in response.text


async def test_an_establishment_that_is_closed_is_told_so_before_it_goes_on(
    browser: Browser, call: Cycle
) -> None:
    response = await browser.submit(NEW, typed(call, CLOSED))

    assert "cet établissement est fermé" in response.text


async def test_a_siret_that_the_register_does_not_know_goes_on_with_a_name_to_check(
    browser: Browser, call: Cycle, database: Database
) -> None:
    asked = await browser.submit(NEW, typed(call, UNKNOWN))
    opened = await browser.submit(NEW, confirmed(call, UNKNOWN))

    row = await the_application(database)
    assert "À vérifier" in asked.text
    assert opened.status_code == 303
    assert row.registry_facts is not None
    assert (row.registry_facts["verified"], row.registry_facts["answered"]) == (False, True)


async def test_a_name_is_needed_to_open(browser: Browser, call: Cycle, database: Database) -> None:
    response = await browser.submit(NEW, confirmed(call) | {"company": " "})

    assert response.status_code == 422
    assert "Indiquez le nom de votre structure" in response.text
    assert f'value="{BOREALE}"' in response.text
    assert await how_many(database) == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"siret": ""}, "Indiquez votre SIRET"),
        ({"siret": "123"}, "Un SIRET compte 14 chiffres ; celui-ci en compte 3"),
        ({"siret": "73282932000079"}, "erreur de frappe"),
        ({"siret": "00000000000018"}, "que de zéros"),
        ({"category": "XXX"}, "Choisissez une catégorie parmi celles proposées"),
        ({"category": ""}, "Choisissez une catégorie parmi celles proposées"),
    ],
    ids=["no siret", "short", "typing error", "zeros", "unknown category", "no category"],
)
async def test_wrong_answers_are_said_and_kept(
    browser: Browser, call: Cycle, database: Database, fields: dict[str, str], sentence: str
) -> None:
    response = await browser.submit(NEW, confirmed(call) | fields)

    assert response.status_code == 422
    assert sentence in words_of(response.text)
    assert fields.get("siret", BOREALE) in response.text
    assert await how_many(database) == 0


async def test_the_same_application_twice_is_the_same_application(
    browser: Browser, call: Cycle, database: Database
) -> None:
    first = await browser.submit(NEW, confirmed(call))
    second = await browser.submit(NEW, confirmed(call))

    assert first.headers["location"] == second.headers["location"]
    assert await how_many(database) == 1


async def test_two_colleagues_at_the_same_instant_open_one_application(
    browser: Browser, call: Cycle, database: Database, signed_in: SignIn
) -> None:
    nadia = await signed_in(STRANGER)

    answers = await asyncio.gather(*(one.submit(NEW, confirmed(call)) for one in (browser, nadia)))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await how_many(database) == 1


async def test_a_colleague_is_told_to_ask_for_access(
    browser: Browser, call: Cycle, database: Database, signed_in: SignIn
) -> None:
    row = await an_application_of(database, call)
    stranger = await signed_in(STRANGER)

    response = await stranger.submit(NEW, typed(call))

    assert browser.person_id != stranger.person_id
    assert response.status_code == 409
    assert "Une candidature existe déjà" in response.text
    assert str(row.id) not in response.text


async def test_a_third_category_is_refused_by_the_rules(
    browser: Browser, call: Cycle, database: Database
) -> None:
    await an_application_of(database, call, category="QUA")
    await an_application_of(database, call, category="INN")

    response = await browser.submit(NEW, confirmed(call) | {"category": "CLA"})

    assert response.status_code == 409
    assert "c'est le maximum du règlement" in words_of(response.text)
    assert await how_many(database) == 2


async def test_a_withdrawn_application_leaves_its_place(
    browser: Browser, call: Cycle, database: Database
) -> None:
    await an_application_of(database, call, status=Status.WITHDRAWN)

    response = await browser.submit(NEW, confirmed(call))

    assert response.status_code == 303
    assert await how_many(database) == 2


@pytest.mark.parametrize(
    ("phase", "sentence"),
    [
        (Phase.PREPARED, "ne sont pas encore ouvertes"),
        (Phase.SCREENING, "sont closes"),
        (Phase.CANCELLED, "sont closes"),
    ],
)
async def test_outside_the_call_nothing_is_opened(
    browser: Browser, database: Database, phase: Phase, sentence: str
) -> None:
    call = await a_call(database, phase=phase)

    shown = await browser.get(f"{NEW}?cycle={call.code}")
    sent = await browser.submit(NEW, confirmed(call))

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert sentence in words_of(shown.text)
    assert sentence in words_of(sent.text)
    assert await how_many(database) == 0


async def test_after_the_hour_of_closing_nothing_is_opened(
    browser: Browser, database: Database
) -> None:
    call = await a_call(database, left=timedelta(minutes=-5))

    response = await browser.submit(NEW, confirmed(call))

    assert response.status_code == 409
    assert await how_many(database) == 0


async def test_a_form_without_its_token_opens_nothing(
    browser: Browser, call: Cycle, database: Database
) -> None:
    response = await browser.post(NEW, data=confirmed(call))

    assert response.status_code == 403
    assert await how_many(database) == 0


async def test_a_small_award_has_its_own_questions(browser: Browser, database: Database) -> None:
    call = await a_call(database, template="sample-small")

    await browser.submit(NEW, confirmed(call) | {"category": "EQUIPE"})

    row = await the_application(database)
    assert row.answers == {"siret": BOREALE, "contact_email": OWNER}
