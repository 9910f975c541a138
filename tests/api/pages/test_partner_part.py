"""The partner's own page: what it reads, what it writes, what it signs, and who never sees it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client

from api.clock import system_clock
from domain.applications import Status
from domain.partners import PartnerAct
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import (
    OWNER,
    STRANGER,
    a_call,
    fresh,
    hidden,
    requests_of,
    words_of,
)
from tests.api.pages.partner_world import (
    ANSWERS,
    PARTNER,
    SIGNED,
    a_partnership,
    done,
    invited,
    the_partner,
)
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def row(database: Database) -> Application:
    return await a_partnership(database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(PARTNER, name="Yann Le Goff")


async def address(database: Database, row: Application) -> str:
    return f"/partenariats/{(await the_partner(database, row)).id}"


async def test_a_partner_reads_what_concerns_it_and_nothing_else(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)

    page = await browser.get(await address(database, row))

    words = words_of(page.text)
    assert page.status_code == 200
    assert "Cinq ans, vingt postes dans l'usine." in words
    assert "Ce que ce partenariat a changé pour votre structure" in words
    assert "Douze tuteurs formés." not in words
    assert "nadia@boreale.example" not in page.text


async def test_a_partner_reads_the_sections_that_the_company_shares(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row, shares=["story"])

    page = await browser.get(await address(database, row))

    assert "Douze tuteurs formés." in words_of(page.text)


async def test_contacts_are_never_shared(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row, shares=["contacts"])

    page = await browser.get(await address(database, row))

    assert "nadia@boreale.example" not in page.text


@pytest.mark.parametrize(
    "page", ["", "/partnership", "/relecture", "/equipe", "/partenaire", "/export.json"]
)
async def test_a_partner_finds_no_page_of_the_company(
    browser: Browser, row: Application, database: Database, page: str
) -> None:
    await invited(database, row)

    response = await browser.get(f"/candidatures/{row.id}{page}")

    assert response.status_code == 404


@pytest.mark.parametrize("who", [STRANGER, OWNER], ids=["stranger", "company"])
async def test_nobody_else_opens_a_part(
    row: Application, database: Database, signed_in: SignIn, who: str
) -> None:
    await invited(database, row)
    other, url = await signed_in(who), await address(database, row)

    answers = [
        await other.get(url),
        await other.submit(url, ANSWERS),
        await other.submit(f"{url}/brouillon", ANSWERS),
        await other.submit(f"{url}/contresigner", SIGNED),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert (await the_partner(database, row)).answers == {}


async def test_what_is_typed_is_kept_at_once_and_later(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    url = await address(database, row)
    first = await browser.get(url)

    quietly = await browser.submit(
        f"{url}/brouillon",
        {"partner_view": "Une activité", "revision": hidden(first.text, "revision")},
    )
    loudly = await browser.submit(url, ANSWERS | {"revision": quietly.json()["revision"]})

    assert (quietly.status_code, loudly.status_code) == (200, 303)
    assert (await the_partner(database, row)).answers == ANSWERS
    assert (await fresh(database, row)).answers == row.answers


async def test_an_answer_that_is_too_long_is_said_and_kept(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)

    page = await browser.submit(await address(database, row), ANSWERS | {"partner_view": "x" * 801})

    assert page.status_code == 422
    assert "x" * 801 in page.text


async def test_nothing_is_signed_while_an_answer_is_missing(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    url = await address(database, row)

    page = await browser.submit(f"{url}/contresigner", ANSWERS)

    assert page.status_code == 422
    assert "Prévenir plus tôt des pointes." in words_of(page.text)
    assert (await the_partner(database, row)).countersigned_at is None
    assert [each.kind for each in await requests_of(database, row)] == ["invite_partner"]


async def test_a_partner_countersigns_and_its_part_is_sealed(
    browser: Browser,
    row: Application,
    database: Database,
    temporal_client: Client,
    configured: Settings,
) -> None:
    await invited(database, row)
    url = await address(database, row)
    shown = await browser.get(url)
    signed = SIGNED | {
        "seen": hidden(shown.text, "seen"),
        "request_id": hidden(shown.text, "request_id"),
    }

    async with working(temporal_client, database, configured):
        first = await browser.submit(f"{url}/contresigner", signed)
        again = await browser.submit(f"{url}/contresigner", signed)
        late = await browser.submit(url, {"partner_view": "Autre chose"})
    page = await browser.get(url)

    part = await the_partner(database, row)
    assert (first.status_code, again.status_code, late.status_code) == (303, 303, 409)
    assert part.answers == SIGNED
    assert part.countersigned_at == (await requests_of(database, row))[-1].arrived_at
    assert "il ne change plus" in words_of(page.text)
    assert "<textarea" not in page.text


async def test_a_text_that_changed_meanwhile_is_read_again_before_it_is_signed(
    browser: Browser,
    row: Application,
    database: Database,
    temporal_client: Client,
    configured: Settings,
) -> None:
    await invited(database, row)
    url = await address(database, row)

    async with working(temporal_client, database, configured):
        page = await browser.submit(
            f"{url}/contresigner", SIGNED | {"seen": "0" * 64, "request_id": str(uuid4())}
        )

    assert page.status_code == 409
    assert "L'entreprise vient de modifier ce qu'elle dit du partenariat" in words_of(page.text)
    assert (await the_partner(database, row)).countersigned_at is None


async def test_after_the_closing_a_part_is_read_only_and_says_why(
    browser: Browser, database: Database
) -> None:
    row = await a_partnership(database, cycle=await a_call(database, left=timedelta(hours=1)))
    await invited(database, row)
    url = await address(database, row)
    browser.app.state.clock = lambda: system_clock() + timedelta(hours=1)

    page = await browser.get(url)
    late = await browser.submit(url, ANSWERS)

    assert "Les candidatures sont closes" in words_of(page.text)
    assert "<textarea" not in page.text
    assert late.status_code == 409


async def test_an_invitation_that_was_withdrawn_says_so(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    await done(database, row, PartnerAct.WITHDRAW, OWNER)

    page = await browser.get(await address(database, row))

    assert page.status_code == 403
    assert "L'entreprise a retiré cette invitation" in words_of(page.text)


async def test_a_corrected_address_closes_the_first_one(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await invited(database, row)
    await invited(database, row, email="direction@ateliers-cap.example")
    url = await address(database, row)
    other = await signed_in("direction@ateliers-cap.example")

    assert (await browser.get(url)).status_code == 404
    assert (await other.get(url)).status_code == 200


async def test_a_decided_application_waits_for_no_partner(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).status = Status.ADMITTED

    page = await browser.submit(await address(database, row), ANSWERS)

    assert page.status_code == 409
    assert "n'attend plus rien de son partenaire" in words_of(page.text)
