"""A company from its signature to its validated report, through the pages of everybody."""

from datetime import UTC, datetime

from sqlmodel import col, select
from temporalio.client import Client

from domain.charter.dates import window_opens
from domain.charter.states import State
from domain.charter.timetable import Due, Timer
from domain.wire.adherence import FallDue
from settings import Settings
from storage.acts.charter.adherences import fall_due
from storage.acts.charter.situations import situation_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.tables.charter import Adherence, Report
from tests.api.pages.charter_world import BY, HEAD, OWNER, a_complete_file, fresh, letters_of
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.conftest import SignIn

SIGNED = {"name": "Nadia Chêne", "function": "Présidente", "agrees": "yes"}
MEASURED = {
    "measure.I1.2.value": "2",
    "measure.I3.1.value": "160 000,50",
    "measure.I5.1.value": "12",
    "measure.I10.3.value": "2",
    "narrative.done": "Un tuteur par personne accueillie.",
    "support": "yes",
}


async def test_a_company_signs_is_accepted_reports_and_is_validated(
    temporal_client: Client, database: Database, configured: Settings, signed_in: SignIn
) -> None:
    row = await a_complete_file(database)
    nadia, paul = await signed_in(HEAD, name="Nadia Chêne"), await signed_in(OWNER)
    organiser = await signed_in("orga@charte.example", organises_everything=True)
    home, desk = f"/adhesions/{row.id}", "/organisation/charte"

    async with working(temporal_client, database, configured):
        await sent(nadia, f"{home}/signature", SIGNED)
        await sent(organiser, f"{desk}/dossiers/{row.id}", {}, f"{desk}/dossiers/{row.id}/accepter")
        accepted = await fresh(database, row)
        report = await the_window_opens(temporal_client, database, accepted)
        url = f"{home}/bilan/{report.year}"
        await sent(paul, url, MEASURED)
        await sent(nadia, f"{url}/soutien", {"support": "yes"})
        await sent(paul, f"{url}/relecture", {})
        await sent(
            organiser,
            f"{desk}/bilans/{report.id}",
            {"level": "justifie"},
            f"{desk}/bilans/{report.id}/valider",
        )
    read = await paul.get(url)

    assert accepted.state == State.ACTIVE
    words = words_of(read.text)
    assert f"Bilan {report.year} reçu" in words
    assert "Accepté le" in words
    assert "Justifié" in words
    assert "12 personnes" in words
    assert (await fresh(database, row)).state == State.ACTIVE
    assert [
        len(await letters_of(database, f"charter_{kind}")) > 0
        for kind in ("receipt", "accepted", "window_open", "report_receipt", "report_accepted")
    ] == [True] * 5


async def sent(browser: Browser, page: str, typed: dict[str, str], to: str = "") -> None:
    """Open a page, and post its form with what it carries."""
    shown = (await browser.get(page)).text
    names = ("request_id", "fingerprint", "revision")
    carried = {name: hidden(shown, name) for name in names if f'name="{name}"' in shown}
    answer = await browser.submit(to or page, carried | typed)
    assert answer.status_code == 303, words_of(answer.text)


async def the_window_opens(client: Client, database: Database, row: Adherence) -> Report:
    """What the calendar will do months from now; the workflow begins again from the rows."""
    await client.get_workflow_handle(row.workflow).terminate("time passes")
    async with database.transaction() as session:
        periods = (await charter_by_id(session, row.charter_id)).periods
        situation = situation_of(row, None)
        year = int(BY[-4:]) + 1
        accepted_in_time = datetime(year - 1, 3, 1, tzinfo=UTC).date()
        (await session.get_one(Adherence, row.id)).accepted_on = accepted_in_time
        await session.flush()
        at = window_opens(year, situation, periods)
        due = Due(at, Timer.OPEN_WINDOW, year)
        await fall_due(session, FallDue(str(row.id), due, at))
        found = await session.scalars(
            select(Report).where(col(Report.adherence_id) == row.id, col(Report.year) == year)
        )
        return found.one()
