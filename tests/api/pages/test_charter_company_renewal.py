"""Renewing, leaving, naming a successor: who may, when, and what it does."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from domain.charter.states import State
from settings import Settings
from storage.database import Database
from storage.tables.charter import AdherenceMember
from tests.api.pages.charter_world import fresh, letters_of, requests_of
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.report_world import ADA, NOW, Due, a_due_report, is_missed, put_adherence
from tests.browser import Browser
from tests.builders import a_person
from tests.conftest import SignIn

COLLEAGUE = "paul@exemple.fr"
SIGNED = {"name": "Ada Martin", "function": "Gérante", "agrees": "yes"}
TERM = (NOW + timedelta(days=60)).date()


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


async def a_term_that_ends(database: Database) -> Due:
    """An adherence whose term comes in two months, with targets after it."""
    due = await a_due_report(database, by=f"{NOW.year + 2}-12-31")
    await put_adherence(database, due, term_on=TERM, self_diagnosis=a_diagnosis())
    return due


def a_diagnosis() -> dict[str, str]:
    return {f"D{number:02}": "partly" for number in range(1, 21)}


def url(due: Due, page: str) -> str:
    return f"/adhesions/{due.adherence.id}/{page}"


async def the_letter(browser: Browser, due: Due) -> dict[str, str]:
    shown = await browser.get(url(due, "renouvellement"))
    return {name: hidden(shown.text, name) for name in ("request_id", "fingerprint")} | SIGNED


async def a_colleague(
    database: Database, due: Due, signed_in: SignIn, role: str = "purchasing"
) -> Browser:
    async with database.transaction() as session:
        person = await a_person(session, COLLEAGUE)
        session.add(AdherenceMember(adherence_id=due.adherence.id, person_id=person.id, role=role))
    return await signed_in(COLLEAGUE)


async def test_the_head_signs_for_a_new_term(
    temporal_client: Client, database: Database, configured: Settings, ada: Browser
) -> None:
    due = await a_term_that_ends(database)

    async with working(temporal_client, database, configured):
        answer = await ada.submit(url(due, "renouvellement"), await the_letter(ada, due))

    after = await fresh(database, due.adherence)
    assert answer.status_code == 303
    assert after.term_on is not None
    assert after.term_on.year == TERM.year + 3
    assert after.state == State.ACTIVE
    assert len(await letters_of(database, "charter_renewed")) == 1


async def test_a_colleague_asks_the_head_who_receives_a_link(
    database: Database, signed_in: SignIn
) -> None:
    due = await a_term_that_ends(database)
    paul = await a_colleague(database, due, signed_in, role="owner")

    shown = await paul.get(url(due, "renouvellement"))
    signed = await paul.submit(url(due, "renouvellement"), SIGNED)
    asked = await paul.submit(
        url(due, "renouvellement/demande"), {"request_id": hidden(shown.text, "request_id")}
    )

    (letter,) = await letters_of(database, "charter_signature_requested")
    assert (signed.status_code, asked.status_code) == (403, 303)
    assert letter.facts["link"] == url(due, "renouvellement")
    assert letter.facts["new_term_on"] == f"{TERM.year + 3}-{TERM:%m}-{_last_day()}"
    assert await requests_of(database, due.adherence) == []


async def test_whoever_is_no_longer_named_is_told_so(database: Database, signed_in: SignIn) -> None:
    due = await a_term_that_ends(database)
    paul = await a_colleague(database, due, signed_in)

    asked = await paul.submit(url(due, "renouvellement/demande"))

    assert asked.status_code == 409
    assert "Vous n'avez plus de rôle dans ce dossier" in words_of(asked.text)


async def test_before_its_time_the_page_says_when_it_opens(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database)

    shown = await ada.get(url(due, "renouvellement"))
    answer = await ada.submit(url(due, "renouvellement"), SIGNED)

    assert "Le renouvellement s'ouvre le" in words_of(shown.text)
    assert answer.status_code == 409


async def test_who_owes_a_report_is_told_what_to_cure_first(
    database: Database, ada: Browser
) -> None:
    due = await a_term_that_ends(database)
    await is_missed(database, due)

    shown = await ada.get(url(due, "renouvellement"))

    words = words_of(shown.text)
    assert "Le renouvellement attend que l'adhésion soit en ordre" in words
    assert f'href="{due.url}"' in shown.text


async def test_leaving_takes_effect_at_once(
    temporal_client: Client, database: Database, configured: Settings, ada: Browser
) -> None:
    due = await a_due_report(database)
    shown = await ada.get(url(due, "retrait"))

    async with working(temporal_client, database, configured):
        fields = {
            "request_id": hidden(shown.text, "request_id"),
            "confirm": "yes",
            "reason": "Fin.",
        }
        answer = await ada.submit(url(due, "retrait"), fields)
        again = await ada.submit(url(due, "retrait"), fields)

    words = words_of(shown.text)
    assert "pendant 3 mois" in words
    assert (answer.status_code, again.status_code) == (303, 303)
    assert (await fresh(database, due.adherence)).state == State.WITHDRAWN


async def test_leaving_asks_to_confirm_and_says_that_a_missing_report_stays(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database)
    await is_missed(database, due)

    shown = await ada.get(url(due, "retrait"))
    answer = await ada.submit(url(due, "retrait"), {"reason": "Nous partons."})

    assert "Le bilan manquant reste publié" in words_of(shown.text)
    assert answer.status_code == 422
    assert "Nous partons." in answer.text
    assert (await fresh(database, due.adherence)).state == State.UNREPORTED


async def test_a_colleague_may_not_leave_for_the_company(
    database: Database, signed_in: SignIn
) -> None:
    due = await a_due_report(database)
    paul = await a_colleague(database, due, signed_in)
    stranger = await signed_in("curieux@ailleurs.example")

    answers = [
        await paul.get(url(due, "retrait")),
        await paul.submit(url(due, "retrait"), {"confirm": "yes"}),
        await stranger.get(url(due, "retrait")),
        await stranger.get(url(due, "renouvellement")),
        await stranger.get(url(due, "successeur")),
    ]

    assert [each.status_code for each in answers] == [403, 403, 404, 404, 404]
    assert url(due, "retrait") not in (await paul.get(url(due, ""))).text


async def a_closed_company(database: Database) -> Due:
    due = await a_due_report(database)
    await put_adherence(database, due, state=State.CEASED, ceased_on=NOW.date(), since=NOW)
    return due


@pytest.mark.parametrize(
    ("siret", "sentence"),
    [
        pytest.param("", "Indiquez le SIRET du successeur", id="nothing"),
        pytest.param("123", "SIRET", id="no siret"),
        pytest.param("12345678200010", "C'est le SIRET de l'établissement fermé", id="itself"),
    ],
)
async def test_a_successor_that_cannot_be_is_refused(
    database: Database, ada: Browser, siret: str, sentence: str
) -> None:
    due = await a_closed_company(database)

    answer = await ada.submit(url(due, "successeur"), {"siret": siret})

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert (await fresh(database, due.adherence)).successor_siret is None


async def test_no_successor_is_named_for_an_open_establishment(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database)

    shown = await ada.get(url(due, "successeur"))

    assert "l'établissement n'est pas fermé" in words_of(shown.text)


def _last_day() -> int:
    following = TERM.replace(day=28) + timedelta(days=4)
    return (following - timedelta(days=following.day)).day
