"""The desk of the charter: adherents in every state, each said in one line, at a day of spring 2027."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col
from temporalio.client import Client

from api.engine import Engine
from api.pages.charter.organiser.desk import count_again
from domain.charter import moves
from domain.charter.states import State
from domain.wire.adherence import RunAdherence
from settings import Settings
from storage.acts.charter.situations import last_report, situation_of, write_back
from storage.charters import charter_by_id
from storage.database import Database
from storage.drafts.attachments import path_of
from storage.ledger import LetterState
from storage.tables.charter import Adherence, Alert, Engagement, Evidence, Report
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from tests.api.pages.company_engine import working
from tests.browser import Browser
from tests.charters import Adherent, a_draft, a_report, a_signatory, an_open_report
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

ORGANISER = "olivia@charte.example"
BASE = "/organisation/charte"
# Within the window of 2027, three weeks before it closes.
NOW = datetime(2027, 4, 10, 8, tzinfo=UTC)
ACCEPTED = datetime(2026, 9, 15, 8, tzinfo=UTC)
OPENED = datetime(2027, 2, 1, 8, tzinfo=UTC)


def a_number(place: int) -> str:
    """A SIRET whose two keys are right, another one for each place."""
    siren = _with_key(f"{12345000 + place:08}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    return next(f"{digits}{key}" for key in range(10) if _sum(f"{digits}{key}") % 10 == 0)


def _sum(digits: str) -> int:
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits))]
    return sum(each if each < 10 else each - 9 for each in doubled)


@dataclass(slots=True)
class Places:
    """Numbers that no other adherent of the test has."""

    last: int = 0

    def next(self) -> str:
        """One more."""
        self.last += 1
        return a_number(self.last)


async def a_filed_file(
    session: AsyncSession, *, since: datetime = NOW - timedelta(days=5), **given: str
) -> Adherent:
    """A file that its head signed at that instant."""
    adherent = await a_draft(session, **given)
    row = adherent.adherence
    session.add(
        Engagement(
            adherence_id=row.id,
            number=1,
            entry=row.entry,
            fingerprint="0" * 64,
            signed_at=since,
            signed_by=adherent.head.id,
            request_id=uuid4(),
        )
    )
    row.state, row.since = State.FILED, since
    await session.flush()
    return adherent


async def a_sent_report(
    session: AsyncSession,
    *,
    sent: datetime = NOW - timedelta(days=10),
    year: int = 2027,
    opened: datetime = OPENED,
    answers: dict[str, Any] | None = None,
    accepted: datetime = ACCEPTED,
    **given: str,
) -> tuple[Adherent, Report]:
    """A signatory whose report of that year arrived at that instant."""
    adherent = await a_signatory(session, accepted=accepted, **given)
    await an_open_report(session, adherent, year, opened)
    return adherent, await sends(session, adherent, sent, answers)


async def sends(
    session: AsyncSession, adherent: Adherent, at: datetime, answers: dict[str, Any] | None = None
) -> Report:
    """The company sends the report that is open."""
    row = adherent.adherence
    report = await last_report(session, row)
    assert report is not None
    after = moves.report_filed(situation_of(row, report), at)
    write_back(row, report, after, after.day_of(at))
    report.answers = report.sent = answers or a_report()
    report.fingerprint = "ab" * 32
    await session.flush()
    return report


async def moved(session: AsyncSession, adherent: Adherent, move: str, *facts: object) -> Adherent:
    """An adherent to whom one of the moves of the charter happened."""
    row = adherent.adherence
    report = await last_report(session, row)
    after = getattr(moves, move)(situation_of(row, report), *facts)
    write_back(row, report, after, after.day_of(NOW))
    await session.flush()
    return adherent


async def with_periods(session: AsyncSession, adherent: Adherent, move: str, at: datetime) -> None:
    """The same, for a move that reads the periods of the charter."""
    periods = (await charter_by_id(session, adherent.adherence.charter_id)).periods
    await moved(session, adherent, move, at, periods)


async def an_inquiry(
    session: AsyncSession, adherent: Adherent, *, replied: bool = True, step: str = "instruction"
) -> Alert:
    """A complaint under inquiry, to which the company replied."""
    alert = Alert(
        adherence_id=adherent.adherence.id,
        subject="Badge sur un emballage",
        step=step,
        received_at=NOW - timedelta(days=40),
        since=datetime.now(UTC) - timedelta(days=2),
        replied_at=datetime.now(UTC) if replied else None,
    )
    session.add(alert)
    await session.flush()
    return alert


async def an_evidence(
    session: AsyncSession,
    settings: Settings,
    report: Report,
    *,
    indicator: str = "I5.1",
    name: str = "etat-agrege.pdf",
    content: bytes = b"%PDF-1.7 rien",
    **given: datetime,
) -> Evidence:
    """A file that was joined before the report left, with its bytes on disk."""
    row = await session.get_one(Adherence, report.adherence_id)
    assert report.submitted_at is not None
    person = await _signer(session, row)
    file = Evidence(
        adherence_id=row.id,
        report_id=report.id,
        indicator=indicator,
        name=name,
        media_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
        added_at=report.submitted_at - timedelta(days=1),
        added_by=person,
        **given,
    )
    session.add(file)
    await session.flush()
    path = path_of(settings.uploads, file.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return file


async def _signer(session: AsyncSession, row: Adherence) -> UUID:
    found = await session.execute(
        select(col(Engagement.signed_by)).where(col(Engagement.adherence_id) == row.id).limit(1)
    )
    return found.scalar_one()


async def a_charter_letter(
    session: AsyncSession,
    adherent: Adherent,
    *,
    state: LetterState = LetterState.SENT,
    kind: str = "charter_receipt",
) -> Letter:
    """A letter of the ledger about an adherence."""
    letter = Letter(
        key=f"{kind}:{uuid4()}",
        kind=kind,
        subject=f"adherence:{adherent.adherence.id}",
        person_id=adherent.head.id,
        facts={"company": adherent.adherence.company},
        state=state,
    )
    session.add(letter)
    await session.flush()
    return letter


async def a_trace(session: AsyncSession, adherent: Adherent, act: str, **more: str) -> None:
    """One line of the journal of an adherence."""
    subject = f"adherence:{adherent.adherence.id}"
    session.add(JournalLine(subject=subject, act=act, **more))
    await session.flush()


async def an_organiser(signed_in: SignIn, application: FastAPI, now: datetime = NOW) -> Browser:
    """A browser of somebody who organises everything, on that day; nothing is remembered."""
    application.state.clock = lambda: now
    count_again()
    return await signed_in(ORGANISER, organises_everything=True)


@asynccontextmanager
async def at_work(
    client: Client, database: Database, configured: Settings
) -> AsyncGenerator[Postbox]:
    """The workers of a namespace."""
    async with working(client, database, configured) as postbox:
        yield postbox


async def goes_on(engine: Engine, database: Database, adherent: Adherent) -> None:
    """Start the workflow of an adherence, where its rows say that it stands."""
    async with database.transaction() as session:
        row = await session.get_one(Adherence, adherent.adherence.id)
        periods = (await charter_by_id(session, row.charter_id)).periods
        run = RunAdherence(str(row.id), periods, situation_of(row, await last_report(session, row)))
    await engine.run_adherence(row.workflow, run)


async def the_row(database: Database, adherence_id: UUID) -> Adherence:
    """The adherence as it is now."""
    async with database.transaction() as session:
        return await session.get_one(Adherence, adherence_id)
