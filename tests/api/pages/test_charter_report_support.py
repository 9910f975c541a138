"""The renewed support of a yearly report: the head alone gives it; the others see that it waits."""

from uuid import uuid4

import pytest

from storage.database import Database
from storage.tables.charter import AdherenceMember
from tests.api.pages.charter_world import letters_of
from tests.api.pages.company_world import words_of
from tests.api.pages.report_world import (
    ADA,
    Due,
    a_due_report,
    complete,
    save,
    send,
    the_report,
    typed,
)
from tests.browser import Browser
from tests.conftest import SignIn

PAUL = "paul@exemple.fr"
ASKED = "charter_support_requested"


@pytest.fixture
async def due(database: Database) -> Due:
    answers = complete()
    del answers["support"]
    return await a_due_report(database, answers=answers)


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


@pytest.fixture
async def paul(signed_in: SignIn, database: Database, due: Due) -> Browser:
    """He gathers the values; Ada heads the company."""
    browser = await signed_in(PAUL, name="Paul Bois")
    async with database.transaction() as session:
        session.add(
            AdherenceMember(
                adherence_id=due.adherence.id, person_id=browser.person_id, role="reporting"
            )
        )
    return browser


async def test_a_colleague_sees_that_it_waits_for_the_head_and_has_no_box_to_tick(
    paul: Browser, due: Due
) -> None:
    shown = await paul.get(due.url)
    review = words_of((await paul.get(f"{due.url}/relecture")).text)

    assert 'name="support"' not in shown.text
    assert "Seule la personne qui dirige la structure, Ada Martin, coche cette case." in words_of(
        shown.text
    )
    assert "Il attend la personne qui dirige la structure" in review
    assert "Envoyer le bilan" not in review


async def test_a_box_that_a_colleague_posts_all_the_same_is_not_ticked(
    paul: Browser, due: Due, database: Database
) -> None:
    await save(paul, due, typed())
    quietly = await paul.submit(f"{due.url}/brouillon", typed(I5_1_value="7"))

    report = await the_report(database, due)
    assert "support" not in report.answers
    assert quietly.status_code == 200
    assert report.answers["values"]["I5.1"]["value"] == "7"


async def test_what_the_head_ticked_stays_when_a_colleague_saves(
    ada: Browser, paul: Browser, due: Due, database: Database
) -> None:
    await ada.submit(f"{due.url}/soutien", {"support": "yes"})

    await save(paul, due, typed(support=""))

    assert (await the_report(database, due)).answers["support"] == "yes"
    assert (await send(paul, due)).status_code != 422


async def test_the_head_is_written_to_once_for_a_form_and_finds_the_report(
    ada: Browser, paul: Browser, due: Due, database: Database
) -> None:
    form = {"request_id": str(uuid4())}

    asked = [await paul.submit(f"{due.url}/soutien/demander", form) for _ in range(2)]
    (letter,) = await letters_of(database, ASKED)
    shown = await ada.get(letter.facts["link"])

    assert [each.status_code for each in asked] == [303, 303]
    assert letter.person_id == ada.person_id
    assert (letter.facts["asked_by"], letter.facts["year"]) == ("Paul Bois", due.report.year)
    assert "Renouveler votre soutien" in words_of(shown.text)
    assert "Demandé le" in words_of((await paul.get(f"{due.url}/relecture")).text)


async def test_the_head_renews_the_support_and_nothing_is_missing_any_more(
    ada: Browser, paul: Browser, due: Due
) -> None:
    unticked = await ada.submit(f"{due.url}/soutien")

    given = await ada.submit(f"{due.url}/soutien", {"support": "yes"})

    assert unticked.status_code == 422
    assert "Cochez cette case pour renouveler votre soutien." in words_of(unticked.text)
    assert given.headers["location"] == f"{due.url}/relecture"
    assert "Envoyer le bilan" in words_of((await paul.get(f"{due.url}/relecture")).text)


async def test_nobody_else_finds_the_page_of_the_head(
    paul: Browser, due: Due, signed_in: SignIn, database: Database
) -> None:
    stranger = await signed_in("curieux@ailleurs.example")
    page = f"{due.url}/soutien"

    answers = [(await browser.get(page)).status_code for browser in (paul, stranger)] + [
        (await browser.submit(page, {"support": "yes"})).status_code for browser in (paul, stranger)
    ]

    assert answers == [403, 404, 403, 404]
    assert "support" not in (await the_report(database, due)).answers


async def test_the_head_is_not_written_to_six_times_a_day(
    paul: Browser, due: Due, database: Database
) -> None:
    for _ in range(6):
        await paul.submit(f"{due.url}/soutien/demander", {"request_id": str(uuid4())})

    review = words_of((await paul.get(f"{due.url}/relecture")).text)

    assert len(await letters_of(database, ASKED)) == 5
    assert "a déjà été demandé 5 fois depuis hier" in review
