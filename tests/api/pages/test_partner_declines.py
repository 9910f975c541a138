"""A partner that declines: with a reason, told to the company, which may invite somebody else."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.partners import PartnerAct, PartnerStatus
from domain.refusals import Refusal
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import OWNER, STRANGER, words_of
from tests.api.pages.partner_world import PARTNER, a_partnership, done, invited, the_partner
from tests.browser import Browser
from tests.conftest import SignIn

REASON = "Notre équipe est déjà engagée ailleurs."


@pytest.fixture
async def row(database: Database) -> Application:
    return await a_partnership(database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(PARTNER, name="Yann Le Goff")


async def declined(database: Database) -> list[tuple[str, str]]:
    """The letters that say so to the company, and the reason that they give."""
    async with database.transaction() as session:
        rows = await session.scalars(
            select(col(Letter.facts)).where(col(Letter.kind) == "partner_declined")
        )
        return [(facts["partner_name"], facts["reason"]) for facts in rows]


async def test_a_partner_declines_once_and_its_company_reads_why(
    temporal_client: Client,
    browser: Browser,
    database: Database,
    configured: Settings,
    row: Application,
) -> None:
    partner = await invited(database, row)
    form = {"request_id": str(uuid4()), "reason": REASON}
    page = await browser.get(f"/partenariats/{partner.id}")

    async with working(temporal_client, database, configured):
        first = await browser.submit(f"/partenariats/{partner.id}/decliner", form)
        second = await browser.submit(f"/partenariats/{partner.id}/decliner", form)
    after = await browser.get(f"/partenariats/{partner.id}")

    assert "Décliner l'invitation" in words_of(page.text)
    assert [each.headers["location"] for each in (first, second)] == ["/mon-espace"] * 2
    assert (await the_partner(database, row)).status == PartnerStatus.DECLINED
    assert await declined(database) == [("Yann Le Goff", REASON)]
    assert "Vous avez décliné cette invitation" in words_of(after.text)
    assert "Décliner l'invitation" not in words_of(after.text)
    async with database.transaction() as session:
        lines = await session.execute(
            select(col(JournalLine.after), col(JournalLine.reason)).where(
                col(JournalLine.act) == PartnerAct.DECLINE
            )
        )
        assert [tuple(line) for line in lines] == [(PartnerStatus.DECLINED, REASON)]


async def test_no_reason_is_said_beside_its_field_and_nothing_changes(
    browser: Browser, database: Database, row: Application
) -> None:
    partner = await invited(database, row)

    page = await browser.submit(f"/partenariats/{partner.id}/decliner", {"reason": "  "})

    assert page.status_code == 422
    assert "Indiquez le motif" in words_of(page.text)
    assert (await the_partner(database, row)).status == PartnerStatus.INVITED


@pytest.mark.parametrize("email", [OWNER, STRANGER])
async def test_nobody_else_declines_for_the_partner(
    signed_in: SignIn, database: Database, row: Application, email: str
) -> None:
    partner = await invited(database, row)
    other = await signed_in(email)

    page = await other.submit(f"/partenariats/{partner.id}/decliner", {"reason": REASON})
    with pytest.raises(Refusal, match="Seule la personne invitée"):
        await done(database, row, PartnerAct.DECLINE, email, {"reason": REASON})

    assert page.status_code == 404
    assert (await the_partner(database, row)).status == PartnerStatus.INVITED


async def test_after_a_refusal_the_company_invites_again_and_the_partner_may_sign(
    database: Database, row: Application
) -> None:
    await invited(database, row)
    await done(database, row, PartnerAct.DECLINE, PARTNER, {"reason": REASON})
    with pytest.raises(Refusal, match="Vous avez décliné"):
        await done(database, row, PartnerAct.COUNTERSIGN, PARTNER, {"seen": "x"})

    again = await invited(database, row, email="autre@ateliers-cap.example", name="Léa Autre")

    assert (again.status, again.round) == (PartnerStatus.INVITED, 2)


async def test_what_is_countersigned_is_not_declined(database: Database, row: Application) -> None:
    partner = await invited(database, row)
    async with database.transaction() as session:
        (await session.merge(partner)).status = PartnerStatus.COUNTERSIGNED

    with pytest.raises(Refusal, match="déjà contresigné"):
        await done(database, row, PartnerAct.DECLINE, PARTNER, {"reason": REASON})
