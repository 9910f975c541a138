"""Steering an edition on its page: the final begun without the late ones, the edition cancelled."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from temporalio.client import Client

from domain.editions import EditionPhase
from settings import Settings
from storage.database import Database
from storage.tables.cycles import Edition
from storage.tables.records import Request
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER
from tests.api.pages.test_organiser_edition import PAGE as CONFIRMATION
from tests.api.pages.test_organiser_edition import hidden
from tests.browser import Browser
from tests.builders import a_cycle, an_edition
from tests.conftest import API_TOKEN, SignIn

PAGE = "/organisation/editions/2031/conduite"


@pytest.fixture
async def browser(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    client: Browser,
    signed_in: SignIn,
) -> AsyncIterator[Browser]:
    """The national organiser of an edition that is prepared, with a worker behind."""
    async with working(temporal_client, database, configured):
        await client.post(
            "/api/v1/editions/prepare",
            json={"template": "trophees-insertion", "year": 2031},
            headers={"Authorization": f"Bearer {API_TOKEN}"},
        )
        yield await signed_in(ORGANISER, organises_everything=True)


async def confirm(browser: Browser) -> None:
    shown = await browser.get(CONFIRMATION)
    form = {name: hidden(shown.text, name) for name in ("request_id", "seen")}
    assert (await browser.submit(CONFIRMATION, form)).status_code == 303


async def phase_of(database: Database) -> str:
    async with database.transaction() as session:
        return (await session.scalars(select(Edition))).one().phase


async def test_the_final_is_begun_with_a_reason_once(browser: Browser, database: Database) -> None:
    await confirm(browser)
    shown = await browser.get(PAGE)
    form = {"request_id": hidden(shown.text, "request_id"), "reason": "Deux juries sont malades."}

    begun = await browser.submit(f"{PAGE}/finale", form)
    again = await browser.submit(f"{PAGE}/finale", form)

    assert "18 territoires n'ont pas encore décidé" in words_of(shown.text)
    assert (begun.status_code, again.status_code) == (303, 303)
    assert await phase_of(database) == EditionPhase.FINAL
    assert "Commencer la finale maintenant" not in (await browser.get(PAGE)).text


async def test_the_terms_are_tried_in_a_sentence_then_put_in_force(
    browser: Browser, database: Database
) -> None:
    await confirm(browser)
    page = f"{PAGE}/termes"
    shown = await browser.get(page)
    form = {
        "request_id": hidden(shown.text, "request_id"),
        "quorum": "3",
        "cutoff": "2031-10-20T12:00",
        "reason": "",
    }

    tried = await browser.submit(page, form | {"essai": "yes"})
    unexplained = await browser.submit(page, form)
    wrong = await browser.submit(page, form | {"quorum": "19", "cutoff": "demain"})
    changed = await browser.submit(page, form | {"reason": "Deux juries sont malades."})

    assert (tried.status_code, unexplained.status_code, wrong.status_code) == (200, 422, 422)
    assert "20 octobre 2031" in words_of(tried.text)
    assert "Le quorum va de 1 à 18 territoires." in words_of(wrong.text)
    assert changed.status_code == 303
    async with database.transaction() as session:
        edition = (await session.scalars(select(Edition))).one()
    assert (edition.quorum, edition.cutoff_at) == (3, datetime(2031, 10, 20, 10, 0, tzinfo=UTC))


async def test_without_a_reason_nothing_begins(browser: Browser, database: Database) -> None:
    await confirm(browser)
    shown = await browser.get(PAGE)

    answer = await browser.submit(
        f"{PAGE}/finale", {"request_id": hidden(shown.text, "request_id"), "reason": "  "}
    )

    assert answer.status_code == 422
    assert "Indiquez le motif" in words_of(answer.text)
    assert await phase_of(database) == EditionPhase.TERRITORIAL


async def test_a_final_is_not_begun_before_the_edition_is_confirmed(
    browser: Browser, database: Database
) -> None:
    shown = await browser.get(PAGE)

    answer = await browser.submit(
        f"{PAGE}/finale",
        {"request_id": hidden(shown.text, "request_id"), "reason": "Trop tôt."},
    )

    assert answer.status_code == 409
    assert await phase_of(database) == EditionPhase.PREPARED


@pytest.mark.parametrize(
    ("typed", "status", "phase"),
    [
        ({"cancel_reason": "Plus de financement.", "code": "2031"}, 303, EditionPhase.CANCELLED),
        ({"cancel_reason": "Plus de financement.", "code": "2030"}, 422, EditionPhase.PREPARED),
        ({"cancel_reason": "", "code": "2031"}, 422, EditionPhase.PREPARED),
    ],
    ids=["code and reason", "another code", "no reason"],
)
async def test_an_edition_is_cancelled_by_its_code_and_a_reason(
    browser: Browser,
    database: Database,
    typed: dict[str, str],
    status: int,
    phase: EditionPhase,
) -> None:
    shown = await browser.get(PAGE)

    answer = await browser.submit(
        f"{PAGE}/annuler", typed | {"request_id": hidden(shown.text, "request_id")}
    )

    assert (answer.status_code, await phase_of(database)) == (status, phase)
    if status != 303:
        assert f'value="{typed["code"]}"' in answer.text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/finale", f"{PAGE}/annuler"])
async def test_whoever_organises_one_territory_steers_nothing(
    signed_in: SignIn, database: Database, path: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, edition=await an_edition(session, year=2031))
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    answer = await browser.get(path) if path == PAGE else await browser.submit(path, {})

    assert answer.status_code == 403
    async with database.transaction() as session:
        assert (await session.scalars(select(Request))).all() == []


async def test_an_edition_opened_by_hand_is_steered_cycle_by_cycle(
    signed_in: SignIn, database: Database
) -> None:
    async with database.transaction() as session:
        await an_edition(session, year=2031)
    browser = await signed_in(ORGANISER, organises_everything=True)

    assert (await browser.get(PAGE)).status_code == 404
