import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlmodel import SQLModel
from temporalio.client import Client

from api.clock import system_clock
from storage.database import Database
from storage.tables.letters import Letter
from storage.tables.people import LoginLink, Person, SignedIn
from tests.browser import Browser
from tests.conftest import SignIn

ASKED = {"email": "Lea.Martin@Exemple.fr", "next": "/candidatures/nouvelle?cycle=2027:REG-84"}
SENT = "Consultez votre messagerie"


async def _letters(database: Database) -> list[Letter]:
    async with database.transaction() as session:
        return list((await session.execute(select(Letter).order_by(Letter.planned_at))).scalars())


async def _count(database: Database, table: type[SQLModel]) -> int:
    async with database.transaction() as session:
        return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def _link_for(client: Browser, database: Database) -> str:
    await client.submit("/connexion", ASKED)
    return (await _letters(database))[-1].facts["token_path"]


async def test_the_page_asks_for_an_address_only(client: Browser) -> None:
    page = await client.get("/connexion?next=/mon-espace")

    assert page.status_code == 200
    assert re.findall(r'type="(\w+)" id="field-', page.text) == ["email"]


async def test_a_link_is_written_to_the_address(client: Browser, database: Database) -> None:
    page = await client.submit("/connexion", ASKED)

    (letter,) = await _letters(database)
    assert (page.status_code, SENT in page.text) == (200, True)
    assert (letter.kind, letter.state, letter.key) == ("login_link", "planned", letter.subject)
    assert sorted(letter.facts) == ["expires_at", "token_path"]


async def test_the_letter_is_given_to_the_post(
    temporal_client: Client, client: Browser, database: Database
) -> None:
    await client.submit("/connexion", ASKED)

    (letter,) = await _letters(database)
    described = await temporal_client.get_workflow_handle(f"letter:{letter.key}").describe()
    assert described.workflow_type == "LetterWorkflow"


async def test_known_and_unknown_addresses_get_the_same_answer(
    client: Browser, database: Database
) -> None:
    unknown = await client.submit("/connexion", ASKED)
    known = await client.submit("/connexion", ASKED)

    assert known.text == unknown.text
    assert await _count(database, Person) == 1


async def test_an_address_that_is_none_is_asked_again(client: Browser, database: Database) -> None:
    page = await client.submit("/connexion", {"email": "lea@", "next": "/palmares"})

    assert page.status_code == 422
    assert 'value="lea@"' in page.text
    assert 'name="next" value="/palmares"' in page.text
    assert await _count(database, Person) == 0


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param("https://ailleurs.example/", id="another site"),
        pytest.param("//ailleurs.example", id="another host"),
        pytest.param("/\\ailleurs.example", id="a backslash"),
        pytest.param("/\t/ailleurs.example", id="a tab"),
        pytest.param("javascript:alert(1)", id="a script"),
    ],
)
async def test_a_link_leads_nowhere_else(client: Browser, database: Database, wanted: str) -> None:
    await client.submit("/connexion", ASKED | {"next": wanted})

    async with database.transaction() as session:
        link = (await session.execute(select(LoginLink))).scalar_one()
    assert link.next_path == "/mon-espace"


async def test_opening_a_link_opens_nothing_yet(client: Browser, database: Database) -> None:
    link = await _link_for(client, database)

    first, second = await client.get(link), await client.get(link)

    assert [first.status_code, second.status_code] == [200, 200]
    assert "lea.martin@exemple.fr" in first.text
    assert await _count(database, SignedIn) == 0


async def test_pressing_the_button_opens_a_session(client: Browser, database: Database) -> None:
    link = await _link_for(client, database)

    answer = await client.submit(link, {"name": " Léa  Martin "})

    page = await client.get("/accessibilite")
    assert (answer.status_code, answer.headers["location"]) == (303, ASKED["next"])
    assert re.findall(r'session-name">([^<]*)<', page.text) == ["Léa Martin"]


async def test_the_cookie_of_a_session_is_closed_to_scripts(
    client: Browser, database: Database
) -> None:
    answer = await client.submit(await _link_for(client, database))

    cookie = answer.headers["set-cookie"]
    async with database.transaction() as session:
        kept = (await session.execute(select(SignedIn))).scalar_one()
    assert re.sub(r"session=[\w-]{43};", "", cookie) == (
        " HttpOnly; Max-Age=1209600; Path=/; SameSite=lax"
    )
    assert kept.fingerprint not in cookie


async def test_a_link_serves_once(
    client: Browser, database: Database, application: FastAPI
) -> None:
    link = await _link_for(client, database)
    await client.submit(link)

    async with Browser(application) as other:
        opened, pressed = await other.get(link), await other.submit(link)

    assert [opened.status_code, pressed.status_code] == [410, 410]
    assert "Ce lien a déjà servi" in pressed.text
    assert "/connexion?next=/candidatures/nouvelle%3Fcycle%3D2027%3AREG-84" in pressed.text


async def test_a_link_expires(client: Browser, database: Database, application: FastAPI) -> None:
    link = await _link_for(client, database)

    application.state.clock = lambda: system_clock() + timedelta(minutes=15)
    answer = await client.submit(link)

    assert answer.status_code == 410
    assert "Ce lien a expiré" in answer.text
    assert await _count(database, SignedIn) == 0


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("xyz", id="nonsense"),
        pytest.param("IjAwMDAi.AAAA", id="a wrong signature"),
        pytest.param("%00", id="a null character"),
    ],
)
async def test_a_forged_link_is_not_recognised(client: Browser, token: str) -> None:
    answer = await client.submit(f"/connexion/{token}")

    assert answer.status_code == 404
    assert "Ce lien n’est pas reconnu" in answer.text


async def test_the_sixth_link_in_a_quarter_of_an_hour_is_not_sent(
    client: Browser, database: Database
) -> None:
    answers = {(await client.submit("/connexion", ASKED)).text for _ in range(6)}

    assert len(answers) == 1
    assert len(await _letters(database)) == 5


async def test_links_may_be_asked_again_later(
    client: Browser, database: Database, application: FastAPI
) -> None:
    for _ in range(5):
        await client.submit("/connexion", ASKED)

    application.state.clock = lambda: system_clock() + timedelta(minutes=15)
    await client.submit("/connexion", ASKED)

    assert len(await _letters(database)) == 6


async def test_a_flood_of_strangers_stops_and_does_not_keep_out_the_known(
    client: Browser, database: Database
) -> None:
    await client.submit("/connexion", ASKED)
    for number in range(62):
        await client.submit("/connexion", {"email": f"{number}@exemple.fr"})

    await client.submit("/connexion", ASKED)

    assert await _count(database, Person) == 60
    assert len(await _letters(database)) == 61


async def test_leaving_closes_the_session(signed_in: SignIn, database: Database) -> None:
    browser = await signed_in("lea@exemple.fr")

    answer = await browser.submit("/deconnexion")

    page = await browser.get("/connexion")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Votre session est fermée" in page.text
    assert await _count(database, SignedIn) == 0


async def test_leaving_needs_a_form_of_ours(signed_in: SignIn, database: Database) -> None:
    browser = await signed_in("lea@exemple.fr")

    answer = await browser.post("/deconnexion")

    assert answer.status_code == 403
    assert await _count(database, SignedIn) == 1


async def test_whoever_left_already_may_leave_again(client: Browser) -> None:
    answer = await client.post("/deconnexion")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_a_session_ends_by_itself(signed_in: SignIn, application: FastAPI) -> None:
    browser = await signed_in("lea@exemple.fr")

    application.state.clock = lambda: system_clock() + timedelta(days=14)
    page = await browser.get("/connexion")

    assert page.status_code == 200


async def test_whoever_is_in_is_not_asked_again(signed_in: SignIn) -> None:
    browser = await signed_in("lea@exemple.fr")

    answer = await browser.get("/connexion?next=/palmares")

    assert (answer.status_code, answer.headers["location"]) == (303, "/palmares")


async def test_the_language_that_was_chosen_is_that_of_the_letters(
    client: Browser, database: Database
) -> None:
    await client.get("/language/en?next=/connexion")
    await client.submit(await _link_for(client, database))

    async with database.transaction() as session:
        person = (await session.execute(select(Person))).scalar_one()
    assert person.language == "en"
