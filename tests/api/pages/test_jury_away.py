"""While the engine is away, a juror's form keeps its request: the same form again asks once."""

import pytest

from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.database import Database
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import JUROR, MARKS, a_bench, a_desk, requests_about
from tests.browser import Browser
from tests.conftest import SignIn

KEPT = "elle est gardée avec cette heure et sera traitée dès que possible"


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


async def sent_twice(browser: Browser, url: str, page: str, fields: dict[str, str]) -> str:
    """The answer to a form that is sent, then sent again from the page that came back."""
    shown = (await browser.get(page)).text
    posted = fields | {name: hidden(shown, name) for name in ("request_id", "read")}
    back = (await browser.submit(url, posted)).text
    again = posted | {"request_id": hidden(back, "request_id")}
    return words_of((await browser.submit(url, again)).text)


async def test_an_answer_sent_twice_is_one_request(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)

    said = await sent_twice(browser, f"{bench.url}/reponse", bench.url, {"accepts": "yes"})

    assert KEPT in said
    assert len(await requests_about(database, f"juror:{bench.juror.id}")) == 1


async def test_another_answer_of_the_same_form_is_another_request(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.OPEN, status=JurorStatus.INVITED)
    form = {"request_id": hidden((await browser.get(bench.url)).text, "request_id")}

    await browser.submit(f"{bench.url}/reponse", form | {"accepts": "yes"})
    await browser.submit(f"{bench.url}/reponse", form | {"accepts": "no", "reason": "Malade."})

    asked = await requests_about(database, f"juror:{bench.juror.id}")
    assert [each.payload["accepts"] for each in asked] == [True, False]


@pytest.mark.parametrize(
    ("path", "page", "fields"),
    [
        ("scellement", "/relecture", {}),
        ("abstention", "", {"reason.abstain": "Hors de ma compétence."}),
        ("deport", "", {"reason.recuse": "Une amie y travaille."}),
    ],
)
async def test_a_card_closed_twice_is_one_request(
    browser: Browser, database: Database, path: str, page: str, fields: dict[str, str]
) -> None:
    desk = await a_desk(database, marks=MARKS)

    said = await sent_twice(browser, f"{desk.url}/{path}", desk.url + page, fields)

    assert KEPT in said
    assert len(await requests_about(database, f"card:{desk.card.id}")) == 1
