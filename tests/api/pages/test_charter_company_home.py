"""Where an adherence stands: its state, what comes next, its story, and what may be asked."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI

from domain.charter.states import Act, State
from storage.database import Database
from storage.tables.charter import Adherence, Report, Review
from tests.api.pages.charter_world import (
    HEAD,
    OWNER,
    TODAY,
    a_complete_file,
    a_line,
    an_adherence,
    is_signed,
    put,
    term_of,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import a_person
from tests.conftest import SignIn
from tests.counting import queries

NOW = datetime.now(UTC)
SOON = NOW + timedelta(days=20)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


@pytest.fixture
async def row(database: Database) -> Adherence:
    return await a_complete_file(database)


async def a_signatory(database: Database, row: Adherence, **more: Any) -> None:  # noqa: ANN401  (columns of the row)
    """Make it a signatory for a month."""
    await is_signed(database, row)
    term = await term_of(database, row, 1)
    values = {"state": State.ACTIVE, "accepted_on": TODAY - timedelta(days=31), "term_on": term}
    await put(database, row, **(values | more))


async def a_report(database: Database, row: Adherence, **values: Any) -> None:  # noqa: ANN401  (columns of the row)
    """The report of this year, due soon."""
    async with database.transaction() as session:
        session.add(Report(adherence_id=row.id, year=TODAY.year, **({"closes_at": SOON} | values)))


def story(page: str) -> list[str]:
    """What the story of a page says, in its order."""
    told = page.split('<ol class="story">')[1].split("</ol>", maxsplit=1)[0]
    return [words_of(each).strip() for each in re.findall(r'story-title">(.*?)</span>', told)]


async def the_page(browser: Browser, row: Adherence) -> str:
    response = await browser.get(f"/adhesions/{row.id}")
    assert response.status_code == 200
    return response.text


async def test_a_draft_shows_what_is_left_and_until_when(
    browser: Browser, database: Database
) -> None:
    row = await an_adherence(database, entry={"commitments": ["E1", "E3", "E10"]})

    text = await the_page(browser, row)

    words = words_of(text)
    assert "Brouillon" in words
    assert "Ce brouillon expire le" in words
    tasks = re.findall(r'class="task-title" href="([^"]+)"', text)
    assert tasks == [
        f"/adhesions/{row.id}/{page}"
        for page in ("autodiagnostic", "engagements", "cibles", "roles")
    ]
    assert "Engagements À faire : 1 En cours" in words
    assert words.count("À commencer") == 3
    assert "Personne encore" in words
    assert f'href="/adhesions/{row.id}/abandon"' in text


async def test_a_complete_draft_is_signed_by_its_head_and_asked_for_by_others(
    browser: Browser, row: Adherence, signed_in: SignIn
) -> None:
    nadia = await signed_in(HEAD)

    his, hers = await the_page(browser, row), await the_page(nadia, row)

    assert words_of(his).count("Terminé") == 4
    assert f'href="/adhesions/{row.id}/signature"' not in his
    assert f'href="/adhesions/{row.id}/relecture"' in his
    assert f'href="/adhesions/{row.id}/signature"' in hers


async def test_the_story_is_told_in_its_order_then_what_comes(
    browser: Browser, database: Database, row: Adherence
) -> None:
    nadia = await a_member(database)
    await a_signatory(database, row, created_at=NOW - timedelta(days=60))
    await a_line(database, row, Act.SIGN, at=NOW - timedelta(days=50), actor=f"person:{nadia}")
    await a_line(
        database,
        row,
        Act.ASK_COMPLEMENTS,
        at=NOW - timedelta(days=45),
        actor=f"person:{row.id}",
        reason="Précisez la source.",
    )
    await a_line(database, row, Act.ACCEPT, at=NOW - timedelta(days=31), actor=f"person:{row.id}")

    text = await the_page(browser, row)

    told = story(text)
    assert told[:5] == [
        "Dossier d'adhésion ouvert",
        "Lettre d'engagement signée, dossier déposé",
        "Compléments demandés",
        "Adhésion acceptée",
        "Aujourd'hui",
    ]
    assert told[-1] == "Terme de l'adhésion"
    assert "Ouverture du renouvellement" in told[5:]
    assert any(each.startswith("Ouverture de la fenêtre du bilan 20") for each in told[5:])
    assert "Précisez la source." in words_of(text)
    dates = re.findall(r'<time datetime="([^"]+)"', text.split('<ol class="story">')[1])
    assert dates == sorted(dates)


async def a_member(database: Database) -> str:
    async with database.transaction() as session:
        return str((await a_person(session, HEAD)).id)


async def test_the_story_names_the_company_and_never_the_organiser(
    browser: Browser, database: Database, row: Adherence
) -> None:
    async with database.transaction() as session:
        olivia = await a_person(session, "olivia@orga.example", "Olivia Organisatrice")
    await put(database, row, state=State.REFUSED, ended_on=TODAY)
    await a_line(database, row, Act.SIGN, actor=f"person:{browser.person_id}")
    await a_line(database, row, Act.REFUSE, actor=f"person:{olivia.id}", reason="Hors champ.")
    async with database.transaction() as session:
        session.add(
            Review(
                adherence_id=row.id,
                decision=Act.REFUSE,
                reason="Hors champ.",
                by_person=olivia.id,
                at=NOW,
                request_id=row.id,
            )
        )

    words = words_of(await the_page(browser, row))

    assert "Dossier refusé" in words
    assert "Motif Hors champ." in words
    assert "Lettre d'engagement signée, dossier déposé Paul Bois" in words
    assert "Olivia" not in words


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": State.FILED}, "Réponse promise avant le"),
        (
            {"state": State.COMPLEMENTS, "complements_until": SOON},
            "L'organisateur demande des compléments.",
        ),
        ({"state": State.ABANDONED}, "Ce dossier est abandonné."),
        ({"state": State.WITHDRAWN}, "Votre organisation s'est retirée de la charte."),
        ({"state": State.REMOVED}, "Votre organisation a été radiée de la charte, faute de bilan."),
        ({"state": State.FORMER}, "Votre organisation n'est plus signataire de la charte."),
        (
            {"state": State.CEASED, "ceased_on": TODAY},
            "Désignez celui qui lui succède avant le",
        ),
        (
            {"state": State.SUSPENDED, "suspended_on": TODAY},
            "Votre adhésion est suspendue",
        ),
        ({"state": State.ACTIVE}, "Votre organisation est signataire et à jour, jusqu'au"),
        (
            {"state": State.EXPIRED, "expired_on": TODAY - timedelta(days=1)},
            "Vous pouvez encore renouveler jusqu'au",
        ),
    ],
    ids=lambda each: str(each["state"]) if isinstance(each, dict) else "",
)
async def test_each_state_says_what_comes_next(
    browser: Browser,
    database: Database,
    row: Adherence,
    values: dict[str, Any],
    sentence: str,
) -> None:
    await a_signatory(database, row, **values)

    assert sentence in words_of(await the_page(browser, row))


@pytest.mark.parametrize(
    ("report", "values", "sentence", "link"),
    [
        ({}, {}, f"La fenêtre du bilan {TODAY.year} est ouverte", "Remettre le bilan"),
        (
            {"step": "depose", "submitted_at": NOW},
            {},
            "Votre bilan est arrivé. L'organisateur l'examine",
            "Relire le bilan",
        ),
        (
            {"step": "retourne", "return_until": SOON, "returned": True},
            {"state": State.TO_COMPLETE},
            "Votre bilan vous a été retourné. Complétez-le avant le",
            "Remettre le bilan",
        ),
        (
            {"closes_at": NOW - timedelta(days=3)},
            {"state": State.UNREPORTED, "missed_on": TODAY - timedelta(days=2)},
            "Sans lui, l'adhésion prend fin le",
            "Remettre le bilan",
        ),
    ],
    ids=["open", "submitted", "returned", "missed"],
)
async def test_a_report_is_announced_and_linked(
    browser: Browser,
    database: Database,
    row: Adherence,
    report: dict[str, Any],
    values: dict[str, Any],
    sentence: str,
    link: str,
) -> None:
    await a_signatory(database, row, **values)
    await a_report(database, row, **report)

    text = await the_page(browser, row)

    assert sentence in words_of(text)
    assert f"{link} {TODAY.year}" in words_of(text)
    assert f'href="/adhesions/{row.id}/bilan/{TODAY.year}"' in text


async def test_a_signatory_is_led_to_all_that_it_may_ask(
    browser: Browser, database: Database, row: Adherence
) -> None:
    await a_signatory(database, row, term_on=TODAY + timedelta(days=90))

    text = await the_page(browser, row)

    home, code = f"/adhesions/{row.id}", row.verification_code
    for url in (
        f"{home}/renouvellement",
        f"{home}/retrait",
        f"/verifier/{code}",
        f"/verifier/{code}/attestation.pdf",
        f"/signataires/{row.id}",
    ):
        assert f'href="{url}"' in text
    assert f'href="{home}/abandon"' not in text
    assert f'href="{home}/successeur"' not in text


async def test_no_attestation_is_offered_out_of_order(
    browser: Browser, database: Database, row: Adherence
) -> None:
    await a_signatory(database, row, state=State.SUSPENDED, suspended_on=TODAY)

    text = await the_page(browser, row)

    assert "/verifier/" not in text


async def test_dates_are_those_of_the_company(
    browser: Browser, database: Database, row: Adherence
) -> None:
    await put(
        database,
        row,
        zone="Indian/Reunion",
        area="la_reunion",
        state=State.COMPLEMENTS,
        complements_until=SOON,
    )

    words = words_of(await the_page(browser, row))

    local = SOON.astimezone(ZoneInfo("Indian/Reunion"))
    assert f"{local.hour} h {local:%M}" in words


async def test_a_long_story_costs_no_more_than_a_short_one(
    browser: Browser, database: Database, row: Adherence, application: FastAPI
) -> None:
    await a_signatory(database, row)
    counts: list[int] = []
    for lines in (1, 2):
        for _ in range(lines):
            await a_line(database, row, Act.VALIDATE_REPORT)
        await the_page(browser, row)
        with queries(application) as counted:
            told = story(await the_page(browser, row))
        counts.append(counted.count)

    assert told.count("Bilan validé") == 3
    assert counts[0] == counts[1]


async def test_the_page_is_in_english_for_who_reads_english(
    browser: Browser, row: Adherence
) -> None:
    browser.cookies.set("language", "en")

    words = words_of(await the_page(browser, row))

    assert "Adherence of Menuiserie Boréale" in words
    assert "This draft expires on" in words
