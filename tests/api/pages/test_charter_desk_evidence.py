"""The evidence of a report: handed over as a file, only if it was sent, only from its own report."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from settings import Settings
from storage.database import Database
from storage.tables.charter import Report
from tests.api.pages.charter_desk_world import (
    BASE,
    NOW,
    Places,
    a_sent_report,
    an_evidence,
    an_organiser,
    with_periods,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.charters import a_report
from tests.conftest import SignIn


@pytest.fixture
async def browser(signed_in: SignIn, application: FastAPI) -> Browser:
    return await an_organiser(signed_in, application)


async def the_report(database: Database, answers: dict[str, Any] | None = None) -> Report:
    async with database.transaction() as session:
        return (await a_sent_report(session, answers=answers))[1]


async def test_a_file_is_handed_over_and_never_shown_inside_our_pages(
    browser: Browser, database: Database, configured: Settings
) -> None:
    report = await the_report(database)
    async with database.transaction() as session:
        file = await an_evidence(session, configured, report, content=b"%PDF-1.7 ici")

    answer = await browser.get(f"{BASE}/bilans/{report.id}/preuves/{file.id}")

    assert answer.content == b"%PDF-1.7 ici"
    assert answer.headers["content-disposition"] == 'attachment; filename="etat-agrege.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


async def test_a_file_stands_beside_the_value_that_it_supports(
    browser: Browser, database: Database, configured: Settings
) -> None:
    report = await the_report(database)
    async with database.transaction() as session:
        await an_evidence(session, configured, report, indicator="I5.1", name="etat.pdf")

    page = (await browser.get(f"{BASE}/bilans/{report.id}")).text

    hires = page.partition("I5.1 ·")[2].partition("I10.3 ·")[0]
    assert "etat.pdf" in hires
    assert page.count("etat.pdf") == 1


async def test_a_file_that_was_taken_out_before_the_report_left_is_not_found(
    browser: Browser, database: Database, configured: Settings
) -> None:
    report = await the_report(database)
    assert report.submitted_at is not None
    async with database.transaction() as session:
        gone = report.submitted_at - timedelta(hours=1)
        file = await an_evidence(session, configured, report, removed_at=gone)

    answer = await browser.get(f"{BASE}/bilans/{report.id}/preuves/{file.id}")

    assert answer.status_code == 404


async def test_what_was_sent_is_still_read_once_the_company_corrects_its_report(
    browser: Browser, database: Database, configured: Settings
) -> None:
    async with database.transaction() as session:
        adherent, report = await a_sent_report(session)
        await with_periods(session, adherent, "report_returned", NOW)
        file = await an_evidence(session, configured, report, removed_at=NOW)

    answer = await browser.get(f"{BASE}/bilans/{report.id}/preuves/{file.id}")

    assert answer.status_code == 200


async def test_a_file_of_another_report_is_not_found_here(
    browser: Browser, database: Database, configured: Settings
) -> None:
    places = Places()
    async with database.transaction() as session:
        _, mine = await a_sent_report(session, siret=places.next())
        _, other = await a_sent_report(session, siret=places.next())
        file = await an_evidence(session, configured, other)

    answer = await browser.get(f"{BASE}/bilans/{mine.id}/preuves/{file.id}")

    assert answer.status_code == 404


async def test_a_missed_target_is_read_with_its_explanation_and_an_estimate_says_so(
    browser: Browser, database: Database
) -> None:
    answers = a_report(**{"I5.1": "0"})
    answers["values"]["I5.1"] |= {"explanation": "Atelier fermé.", "estimate": "yes"}
    async with database.transaction() as session:
        entry = {
            "commitments": ["E5"],
            "targets": {"I5.1": {"baseline": "0", "target": "2", "by": "31/12/2026"}},
            "roles": {},
        }
        _, report = await a_sent_report(session, answers=answers, entry=entry)

    words = words_of((await browser.get(f"{BASE}/bilans/{report.id}")).text)

    assert "Valeur 2026 0 Estimation Valeur 2025 – Départ 0 Cible 2 pour le 31/12/2026" in words
    assert "Cible manquée Explication Atelier fermé." in words
