"""A company removed for silence comes back with the report that was missing; after a fault, later."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from domain.charter.dates import months_after
from domain.charter.situation import Step
from domain.charter.states import Act, State
from domain.refusals import Refusal
from domain.wire.adherence import SettleAdherence
from settings import Settings
from storage.acts.charter.adherences import settle
from storage.database import Database
from storage.requests import write_request
from storage.tables.charter import Adherence, Report
from tests.api.pages.charter_world import (
    BOREALE,
    HEAD,
    OWNER,
    STRANGER,
    TODAY,
    a_complete_file,
    an_adherence,
    an_entry,
    fresh,
    is_signed,
    put,
    the_adherences,
)
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.builders import a_person
from tests.conftest import SignIn

YEAR = TODAY.year
TOLD = {f"measure.{code}.value": "2" for code in ("I1.2", "I5.1", "I10.3")} | {
    "measure.I3.1.value": "151 000"
}


async def removed(database: Database, *, fault: bool = False) -> tuple[Adherence, Report]:
    """A signatory that was removed this year."""
    before = await an_adherence(database, head=HEAD, entry=an_entry())
    await is_signed(database, before)
    await put(
        database, before, state=State.REMOVED, ended_on=TODAY - timedelta(days=30), for_fault=fault
    )
    async with database.transaction() as session:
        report = Report(
            adherence_id=before.id,
            year=YEAR,
            step=Step.OPEN,
            closes_at=datetime.now(UTC) - timedelta(days=200),
            missed=True,
        )
        session.add(report)
    return before, report


async def the_report(database: Database, report: Report) -> Report:
    async with database.transaction() as session:
        return await session.get_one(Report, report.id)


async def tells(browser: Browser, row: Adherence, fields: dict[str, str]) -> int:
    page = f"/adhesions/{row.id}/bilan-manquant"
    revision = hidden((await browser.get(page)).text, "revision")
    return (await browser.submit(page, {"revision": revision, **fields})).status_code


async def signs(database: Database, row: Adherence, at: datetime | None = None) -> State:
    """The head signs, as the workflow settles it."""
    async with database.transaction() as session:
        head = await a_person(session, HEAD)
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=Act.SIGN,
            subject=f"adherence:{row.id}",
            by_person=head.id,
        )
        asking = SettleAdherence(str(row.id), Act.SIGN, asked.request, at or asked.arrived_at)
        return (await settle(session, asking)).state


async def test_the_new_file_shows_the_missing_report_as_a_part_to_fill(
    signed_in: SignIn, database: Database
) -> None:
    _, report = await removed(database)
    row = await a_complete_file(database)
    paul = await signed_in(OWNER)

    home = words_of((await paul.get(f"/adhesions/{row.id}")).text)
    shown = words_of((await paul.get(f"/adhesions/{row.id}/bilan-manquant")).text)
    review = words_of((await paul.get(f"/adhesions/{row.id}/relecture")).text)

    assert (await the_report(database, report)).owed_by == row.id
    assert f"Bilan {YEAR}, qui manquait À faire : 4" in home
    assert (
        f"Votre organisation a été radiée parce que le bilan {YEAR} n'est jamais arrivé." in shown
    )
    assert "La signature se demande une fois le dossier complet." in review


async def test_signing_without_it_is_refused_and_changes_nothing(database: Database) -> None:
    await removed(database)
    row = await a_complete_file(database)

    with pytest.raises(Refusal, match="n’est pas complet") as refused:
        await signs(database, row)

    assert refused.value.facts == {"year": YEAR}
    assert (await fresh(database, row)).state == State.DRAFT


async def test_once_it_is_told_the_file_is_signed_then_accepted_with_it(
    signed_in: SignIn, temporal_client: Client, database: Database, configured: Settings
) -> None:
    _, report = await removed(database)
    row = await a_complete_file(database)
    paul = await signed_in(OWNER)
    organiser = await signed_in("orga@charte.example", organises_everything=True)

    saved = await tells(paul, row, TOLD)
    letter = words_of((await (await signed_in(HEAD)).get(f"/adhesions/{row.id}/signature")).text)
    state = await signs(database, row)
    desk = f"/organisation/charte/dossiers/{row.id}"
    read = words_of((await organiser.get(desk)).text)
    async with working(temporal_client, database, configured):
        accepted = await organiser.submit(f"{desk}/accepter", {})

    kept = await the_report(database, report)
    assert (saved, state, accepted.status_code) == (303, State.FILED, 303)
    assert f"Nous remettons avec cette lettre le bilan {YEAR}" in letter
    assert f"Le bilan {YEAR}, qui manquait" in read
    assert "151 000" in read
    assert (kept.step, kept.level, kept.late, kept.missed) == (
        Step.ACCEPTED,
        "declaratif",
        True,
        True,
    )
    assert kept.sent is not None
    assert kept.sent["support"] == "yes"


async def test_what_is_wrong_in_it_is_said_with_everything_typed(
    signed_in: SignIn, database: Database
) -> None:
    await removed(database)
    row = await a_complete_file(database)
    paul = await signed_in(OWNER)

    page = f"/adhesions/{row.id}/bilan-manquant"
    sent = await paul.submit(page, TOLD | {"measure.I5.1.value": "beaucoup"})

    assert sent.status_code == 422
    assert 'value="beaucoup"' in sent.text
    assert await tells(paul, row, TOLD) == 303


async def test_a_file_given_up_leaves_the_report_to_the_next_one(
    signed_in: SignIn, database: Database
) -> None:
    _, report = await removed(database)
    first = await an_adherence(database)
    await tells(await signed_in(OWNER), first, TOLD)
    await put(database, first, state=State.ABANDONED, ended_on=TODAY)

    second = await an_adherence(database)

    kept = await the_report(database, report)
    assert kept.owed_by == second.id
    assert kept.answers["values"]["I5.1"]["value"] == "2"


async def test_who_was_never_removed_owes_nothing(signed_in: SignIn, database: Database) -> None:
    row = await a_complete_file(database)
    paul = await signed_in(OWNER)

    assert (await paul.get(f"/adhesions/{row.id}/bilan-manquant")).status_code == 404
    assert await signs(database, row) is State.FILED


async def test_nobody_else_reads_or_writes_it(signed_in: SignIn, database: Database) -> None:
    _, report = await removed(database)
    row = await a_complete_file(database)
    stranger = await signed_in(STRANGER)
    page = f"/adhesions/{row.id}/bilan-manquant"

    answers = [
        await stranger.get(page),
        await stranger.submit(page, TOLD),
        await stranger.submit(f"{page}/brouillon", TOLD),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert (await the_report(database, report)).answers == {}


async def test_after_a_fault_the_day_and_the_reason_are_said(
    signed_in: SignIn, database: Database
) -> None:
    before, _ = await removed(database, fault=True)
    paul = await signed_in(OWNER)

    asked = await paul.submit("/charte/adherer", {"siret": BOREALE})
    home = words_of((await paul.get(f"/adhesions/{before.id}")).text)

    again: Any = months_after(TODAY - timedelta(days=30), 24)
    words = words_of(asked.text)
    assert asked.status_code == 409
    assert "a été radiée pour manquement le" in words
    assert f"possible à partir du {again:%d/%m/%Y}" in words
    assert "pour manquement. Une nouvelle adhésion est possible à partir du" in home
    assert len(await the_adherences(database)) == 1
