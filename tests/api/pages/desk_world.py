"""An organiser's desk: a cycle with files, jurors, cards and letters, each said in one line."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession
from temporalio.client import Client

from api.engine import Engine
from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.wire import names
from domain.wire.application import RunApplication
from domain.wire.cycle import CycleState, RunCycle
from storage.database import Database
from storage.ledger import LetterState
from storage.reads.organiser import tallies
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from storage.tables.results import Palmares, Standing
from storage.templates import calendar_in
from tests.builders import a_calendar, a_cycle, a_juror, a_person, an_application

ORGANISER = "olivia@trophees.example"
COMPANY = "paul@boreale.example"


def running(phase: Phase = Phase.OPEN) -> CycleCalendar:
    """A calendar in which that phase runs today."""
    days_ago = {
        Phase.PREPARED: -5,
        Phase.OPEN: 4,
        Phase.SCREENING: 12,
        Phase.EVALUATION: 18,
        Phase.DELIBERATION: 27,
        Phase.DECIDED: 29,
        Phase.PUBLISHED: 35,
    }
    return a_calendar(datetime.now(UTC) - timedelta(days=days_ago.get(phase, 4)))


async def a_cycle_in(database: Database, phase: Phase, territory: str = "REG-84") -> Cycle:
    """A cycle in that phase, at its right time."""
    async with database.transaction() as session:
        return await a_cycle(session, phase=phase, territory=territory, calendar=running(phase))


async def a_sent_file(
    session: AsyncSession,
    cycle: Cycle,
    *,
    company: str = "Menuiserie Boréale",
    category: str = "QUA",
    status: Status = Status.SUBMITTED,
    green: bool = True,
    answers: dict[str, Any] | None = None,
) -> Application:
    """A file that was sent, with what the rules said of it."""
    person = await a_person(session, COMPANY, "Paul Bois")
    file = await an_application(
        session,
        cycle,
        status=status,
        category=category,
        company=company,
        answers=answers or {"presentation": "Une menuiserie de 42 personnes."},
        number=f"{cycle.code}-{uuid4().hex[:4].upper()}-K7M2",
        by=person.id,
    )
    file.version, file.admissible, file.submitted_at = 1, green, datetime.now(UTC)
    file.verdicts = [
        _verdict("R01", "pass", "L’établissement figure au répertoire public."),
        _verdict("R03", "pass" if green else "fail", "La structure existe depuis %(months)s mois."),
    ]
    session.add(
        ApplicationVersion(
            application_id=file.id,
            version=1,
            answers=file.answers,
            fingerprint="ab" * 32,
            arrived_at=datetime.now(UTC),
            by_person=person.id,
            request_id=uuid4(),
        )
    )
    await session.flush()
    return file


def _verdict(rule: str, outcome: str, sentence: str) -> dict[str, object]:
    return {"rule": rule, "outcome": outcome, "sentence": sentence, "facts": {"months": 12}}


async def goes_on(engine: Engine, cycle: Cycle, file: Application) -> None:
    """Start the workflow of a file, where its row says it stands."""
    await engine.run_application(
        RunApplication(str(file.id), str(cycle.id), calendar_in(cycle), Status(file.status))
    )


async def runs(engine: Engine, cycle: Cycle) -> None:
    """Start the workflow of a cycle."""
    await engine.run_cycle(cycle.code, RunCycle(str(cycle.id), calendar_in(cycle)))


async def until_it_is_in(client: Client, cycle: Cycle, phase: Phase) -> None:
    """Wait for the workflow of a cycle to say that it is in that phase."""
    handle = client.get_workflow_handle(names.cycle_id(cycle.code))
    for _ in range(100):
        state = await handle.query("state", result_type=CycleState)
        if state.phase is phase:
            return
        await asyncio.sleep(0.1)


async def a_territory_below(database: Database, *beside: tuple[str, Phase]) -> Cycle:
    """A territory that screens, with one admitted file; the other cycles of its edition as told."""
    here = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        await a_sent_file(session, here, status=Status.ADMITTED)
        edition = await session.get_one(Edition, here.edition_id)
        for territory, phase in beside:
            await a_cycle(
                session, edition=edition, territory=territory, phase=phase, calendar=running(phase)
            )
    return here


async def a_letter(
    session: AsyncSession,
    cycle: Cycle,
    *,
    state: LetterState = LetterState.SENT,
    kind: str = "receipt",
    to: str = COMPANY,
) -> Letter:
    """A letter of the ledger."""
    person = await a_person(session, to, "Paul Bois")
    letter = Letter(
        key=f"{kind}:{uuid4()}",
        kind=kind,
        subject=f"application:{uuid4()}",
        cycle_id=cycle.id,
        person_id=person.id,
        facts={"number": "2027-K7M2"},
        state=state,
    )
    session.add(letter)
    await session.flush()
    return letter


async def a_line(session: AsyncSession, cycle: Cycle, file: Application) -> None:
    """A line of the journal about a file."""
    session.add(
        JournalLine(
            actor=f"person:{(await a_person(session, COMPANY, 'Paul Bois')).id}",
            subject=f"application:{file.id}",
            cycle_id=cycle.id,
            act="submit",
            before=Status.DRAFT,
            after=Status.SUBMITTED,
        )
    )


async def a_jury(session: AsyncSession, cycle: Cycle, count: int) -> Sequence[Juror]:
    """Jurors who accepted, the first of them in the chair."""
    return [
        await a_juror(session, cycle, name=f"Amina {place}", is_chair=place == 0)
        for place in range(count)
    ]


async def a_standing(session: AsyncSession, file: Application, place: int) -> None:
    """The place of a file in its category."""
    session.add(
        Standing(
            cycle_id=file.cycle_id,
            category=file.category,
            application_id=file.id,
            place=place,
            rank=place,
            mean=80 - place,
            spread=12,
            valid_cards=3,
        )
    )
    await session.flush()


def a_document(cycle: Cycle, company: str = "Menuiserie Boréale") -> dict[str, Any]:
    """A palmarès as publication writes it."""
    named = {
        "application": str(uuid4()),
        "company": company,
        "siret": "12345678200010",
        "siren": "123456782",
        "title": "Un tuteur pour chacun",
        "summary": "Chaque personne accueillie a un tuteur.",
    }
    return {
        "cycle": cycle.code,
        "name": cycle.name,
        "territory": cycle.territory,
        "year": 2027,
        "published_at": "2027-10-11T07:00:00+00:00",
        "categories": [
            {
                "code": "QUA",
                "name": {"fr": "Qualité des parcours", "en": "Quality of pathways"},
                "laureate": named,
                "nominees": [named | {"company": "=Atelier", "siret": "73282932000074"}],
                "reason": "",
            },
            {
                "code": "COL",
                "name": {"fr": "Engagement des collaborateurs", "en": "Staff engagement"},
                "laureate": None,
                "nominees": [],
                "reason": "Aucun dossier n'atteint le seuil.",
            },
        ],
        "fingerprint": "cd" * 32,
    }


async def publish(session: AsyncSession, cycle: Cycle, document: dict[str, Any]) -> None:
    """Publish that palmarès."""
    session.add(Palmares(cycle_id=cycle.id, document=document, published_at=datetime.now(UTC)))
    await session.flush()


async def status_of(database: Database, file: UUID) -> str:
    """Where a file stands now."""
    async with database.transaction() as session:
        return (await session.get_one(Application, file)).status


async def phase_of(database: Database, cycle: Cycle) -> str:
    """Where a cycle stands now."""
    async with database.transaction() as session:
        return (await session.get_one(Cycle, cycle.id)).phase


def count_again(cycle: Cycle) -> None:
    """Forget what was counted of a cycle a moment ago."""
    tallies.forget(cycle.id)
