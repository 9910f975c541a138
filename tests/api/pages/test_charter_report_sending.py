"""Sending the yearly report: read as the public will, sent whole, kept with its receipt."""

import re

import pytest
from temporalio.client import Client

from settings import Settings
from storage.database import Database
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.report_world import (
    ADA,
    YEAR,
    a_due_report,
    a_past_report,
    complete,
    is_missed,
    put_report,
    save,
    send,
    the_report,
    typed,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


async def test_a_report_is_sent_once_and_keeps_its_receipt(
    temporal_client: Client, database: Database, configured: Settings, ada: Browser
) -> None:
    due = await a_due_report(database, answers=complete(I5_1="12"))

    async with working(temporal_client, database, configured):
        answer = await send(ada, due)
        again = await ada.submit(f"{due.url}/relecture", {"fingerprint": "0"})
    receipt = await ada.get(due.url)
    later = await ada.submit(due.url, typed(I5_1_value="40"))

    words = words_of(receipt.text)
    kept = await the_report(database, due)
    assert (answer.status_code, again.status_code) == (303, 303)
    assert (kept.step, kept.sent) == ("depose", complete(I5_1="12"))
    assert f"Bilan {YEAR} reçu" in words
    assert "heure de Paris" in words
    assert f"123 456 782-{YEAR}" in words
    assert kept.fingerprint in words
    assert later.status_code == 409
    assert "Ce que vous veniez d'écrire n'est pas enregistré" in words_of(later.text)
    assert (await the_report(database, due)).answers == complete(I5_1="12")


async def test_a_late_report_waits_for_its_acceptance(
    temporal_client: Client, database: Database, configured: Settings, ada: Browser
) -> None:
    due = await a_due_report(database, answers=complete())
    await is_missed(database, due)

    async with working(temporal_client, database, configured):
        answer = await send(ada, due)
    receipt = await ada.get(due.url)

    assert answer.status_code == 303
    assert "Transmis en retard" in words_of(receipt.text)
    assert (await the_report(database, due)).late is True


async def test_what_is_missing_is_listed_with_links_and_nothing_is_sent(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, answers={"values": {"I1.2": {"value": "2"}}})

    shown = await ada.get(f"{due.url}/relecture")
    answer = await ada.submit(f"{due.url}/relecture", {"fingerprint": "0"})

    assert "Encore à faire avant l'envoi" in words_of(shown.text)
    assert re.findall(rf'href="{due.url}#field-([^"]+)"', shown.text) == [
        "measure.I5.1.value",
        "measure.I10.3.value",
        "support",
    ]
    assert answer.status_code == 422
    assert (await the_report(database, due)).step == "ouvert"


async def test_what_changed_since_it_was_read_is_not_sent(database: Database, ada: Browser) -> None:
    due = await a_due_report(database, answers=complete())
    read = hidden((await ada.get(f"{due.url}/relecture")).text, "fingerprint")
    await save(ada, due, typed(I5_1_value="40"))

    answer = await ada.submit(f"{due.url}/relecture", {"fingerprint": read})

    assert answer.status_code == 409
    assert "Le bilan a changé depuis" in words_of(answer.text)
    assert (await the_report(database, due)).step == "ouvert"


async def test_a_value_carried_from_last_year_must_be_confirmed_before_sending(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, before=complete())
    await save(ada, due, {"support": "yes", **{f"was.{c}": v for c, v in VALUES}, **MEASURED})

    shown = await ada.get(f"{due.url}/relecture")

    assert words_of(shown.text).count("confirmez-la ou remplacez-la") == 3


VALUES = (("I1.2", "2"), ("I5.1", "3"), ("I10.3", "1"))
MEASURED = {f"measure.{code}.value": value for code, value in VALUES}


async def test_small_counts_are_shown_as_the_public_will_read_them(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, answers=complete(I5_1="3"))

    shown = await ada.get(f"{due.url}/relecture")

    assert "Ce que le public lit" in words_of(shown.text)
    assert "&lt;\u00a05" in shown.text


async def test_the_report_waits_when_the_engine_is_away(database: Database, ada: Browser) -> None:
    due = await a_due_report(database, answers=complete())

    answer = await send(ada, due)

    assert answer.status_code == 409
    assert (await the_report(database, due)).step == "ouvert"


async def test_past_years_stay_readable(database: Database, ada: Browser) -> None:
    due = await a_due_report(database, before=complete(I5_1="12"))
    await put_report(database, due, step="ouvert")
    past = due.url.replace(str(YEAR), str(YEAR - 1))

    shown = await ada.get(past)
    answer = await ada.submit(past, typed(I5_1_value="40"))

    assert shown.status_code == 200
    assert "12 personnes" in words_of(shown.text)
    assert answer.status_code == 409


async def test_the_pages_cost_the_same_whatever_is_told(database: Database, ada: Browser) -> None:
    due = await a_due_report(database, answers=complete())
    with queries(ada.app) as alone:
        await ada.get(due.url)
    for ago in (1, 2):
        await a_past_report(database, due, YEAR - ago)
    for _ in range(3):
        await ada.submit(f"{due.url}/pieces", {"indicator": "I5.1"}, {"file": ("a.pdf", b"%PDF-1")})

    with queries(ada.app) as among_three:
        shown = await ada.get(due.url)

    assert words_of(shown.text).count("Bilan 20") >= 3
    assert among_three.count == alone.count
