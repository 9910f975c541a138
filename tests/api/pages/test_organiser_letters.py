"""Letters that failed or may have left: a person decides, and twice sends once."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from activities.letters.samples import SAMPLES
from domain.phases import Phase
from settings import Settings
from storage.database import Database
from storage.ledger import LetterState
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_letter
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

WHY = {"reason": "L'adresse a été corrigée."}


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.OPEN)


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.UNCERTAIN], ids=str)
async def test_a_letter_that_needs_somebody_is_sent_again(
    browser: Browser, database: Database, cycle: Cycle, state: LetterState
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=state)

    done = await browser.submit(f"/organisation/{cycle.code}/lettres/{letter.id}/renvoyer", WHY)

    assert done.status_code == 303
    async with database.transaction() as session:
        now = (await session.get_one(Letter, letter.id)).state
    assert now not in {LetterState.FAILED, LetterState.UNCERTAIN}


async def test_a_letter_that_left_is_not_sent_again(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.SENT)

    shown = await browser.submit(f"/organisation/{cycle.code}/lettres/{letter.id}/renvoyer", WHY)

    assert shown.status_code == 409
    assert "Cette lettre n'attend pas d'être renvoyée." in words_of(shown.text)


async def test_a_letter_is_sent_again_for_a_reason_that_the_journal_keeps(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.BOUNCED)
    url = f"/organisation/{cycle.code}/lettres/{letter.id}/renvoyer"

    refused = await browser.submit(url, {"reason": " "})
    await browser.submit(url, WHY)

    assert refused.status_code == 422
    async with database.transaction() as session:
        lines = await session.execute(
            select(col(JournalLine.act), col(JournalLine.reason)).where(
                col(JournalLine.subject) == f"letter:{letter.id}"
            )
        )
        assert lines.all() == [("resend_letter", WHY["reason"])]


async def test_a_letter_of_nowhere_is_not_found(browser: Browser, cycle: Cycle) -> None:
    shown = await browser.submit(f"/organisation/{cycle.code}/lettres/{uuid4()}/renvoyer", WHY)

    assert shown.status_code == 404


async def test_a_letter_is_previewed_as_its_reader_sees_it_without_its_personal_link(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.FAILED)
        letter.kind = "receipt"
        letter.facts = SAMPLES["receipt"][0] | {"link": "/secret/of-the-reader"}
        letter.error = "550 5.1.1 <…>: no such mailbox"

    shown = await browser.get(f"/organisation/{cycle.code}/lettres/{letter.id}")

    assert shown.status_code == 200
    said = words_of(shown.text)
    assert "Pourquoi" in said or "Vous recevez" in said
    assert "550 5.1.1 <…>: no such mailbox" in said
    assert "of-the-reader" not in shown.text


async def test_a_letter_whose_facts_say_nothing_says_so(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.PLANNED)
        letter.kind, letter.facts = "receipt", {"arrived_at": 20270628}

    shown = await browser.get(f"/organisation/{cycle.code}/lettres/{letter.id}")

    assert shown.status_code == 200
    assert "Son modèle ne peut pas être rempli avec ses données." in words_of(shown.text)


async def test_the_preview_of_a_letter_of_another_cycle_is_not_found(
    browser: Browser, cycle: Cycle
) -> None:
    shown = await browser.get(f"/organisation/{cycle.code}/lettres/{uuid4()}")

    assert shown.status_code == 404


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("receipt", {}, "Récépissé"),
        ("draft_reminder", {}, "Rappel de brouillon"),
        ("draft_reminder", {"closes_at": "bientôt"}, "Rappel de brouillon"),
        ("draft_reminder", {"closes_at": None}, "Rappel de brouillon"),
        ("juror_reminder", {"left": "deux", "evaluation_until": 7}, "Rappel de notation"),
        ("from_another_version", {}, "from_another_version"),
    ],
    ids=["no fact", "no date", "words for a date", "null", "other types", "unknown kind"],
)
async def test_a_letter_whose_subject_cannot_be_said_is_called_by_its_kind(
    browser: Browser,
    database: Database,
    cycle: Cycle,
    kind: str,
    facts: dict[str, object],
    said: str,
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.FAILED, kind=kind)
        letter.facts = facts

    shown = await browser.get(f"/organisation/{cycle.code}/lettres")

    assert shown.status_code == 200
    assert f">{said}</a></th>" in shown.text


async def test_the_words_of_a_mail_server_are_shown_as_they_are(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        letter = await a_letter(session, cycle, state=LetterState.FAILED)
        letter.error = "552 mailbox 100% full %(sorry)s"

    shown = await browser.get(f"/organisation/{cycle.code}/lettres")

    assert shown.status_code == 200
    assert "552 mailbox 100% full %(sorry)s" in words_of(shown.text)
