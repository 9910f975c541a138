"""Requests and decisions, as the acts of workflows find them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.jurors import CardStatus
from storage.acts.case import Case, opened
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.records import JournalLine, Request
from tests.builders import A_SIRET, NOON, a_card, a_cycle, a_juror, a_person, an_application

SAMPLE = "sample-small"
ANSWERS = {
    "siret": A_SIRET,
    "contact_email": "direction@exemple.fr",
    "title": "Un tuteur pour chacun",
    "public_summary": "Chaque personne accueillie a un tuteur de l’atelier.",
    "story": "Nous avons formé douze tuteurs en deux ans.",
    "people_welcomed": "12",
    "accepts_rules": "yes",
}
GOOD, FAIR, POOR = {"EFF": 4, "EQU": 4}, {"EFF": 3, "EQU": 3}, {"EFF": 2, "EQU": 2}


async def a_request(
    session: AsyncSession,
    kind: str,
    subject: str,
    payload: dict[str, object] | None = None,
    *,
    at: datetime = NOON,
    by: UUID | None = None,
) -> Request:
    """A request of somebody, arrived at an instant."""
    request = Request(
        id=uuid4(),
        kind=kind,
        subject=subject,
        by_person=by or (await a_person(session)).id,
        payload=payload or {},
        arrived_at=at,
    )
    session.add(request)
    await session.flush()
    return request


async def a_draft(session: AsyncSession, cycle: Cycle, **given: object) -> Application:
    """A complete draft, on which one person works."""
    person = await a_person(session)
    chosen: dict[str, object] = {"category": "EQUIPE", "siret": A_SIRET, "answers": dict(ANSWERS)}
    return await an_application(session, cycle, by=person.id, **(chosen | given))  # type: ignore[arg-type]


async def asked_of(
    session: AsyncSession,
    file: Application,
    act: Act,
    *,
    at: datetime = NOON,
    payload: dict[str, object] | None = None,
) -> Case:
    """The application locked, with a request about it."""
    request = await a_request(session, act, f"application:{file.id}", payload, at=at)
    return await opened(session, str(file.id), str(request.id), at)


async def ranked_files(
    session: AsyncSession, *marks: dict[str, int], cycle: Cycle | None = None
) -> tuple[Cycle, list[Application]]:
    """One admitted file for each pair of marks, sealed by two jurors, the first of them chair."""
    where = cycle or await a_cycle(session, template=SAMPLE)
    jurors = [await a_juror(session, where, is_chair=chair) for chair in (True, False)]
    files = []
    for each in marks:
        file = await a_draft(session, where, status=Status.ADMITTED, siret="")
        files.append(file)
        for juror in jurors:
            await a_card(session, juror, file, status=CardStatus.SEALED, marks=each)
    return where, files


async def kinds(session: AsyncSession) -> list[str]:
    """The kinds of the letters that are planned."""
    rows = await session.scalars(select(col(Letter.kind)).order_by(col(Letter.kind)))
    return list(rows.all())


async def lines(session: AsyncSession, act: str, subject: UUID) -> int:
    """How many lines the journal has for that act."""
    rows = await session.scalars(
        select(JournalLine).where(
            col(JournalLine.act) == act, col(JournalLine.subject) == f"cycle:{subject}"
        )
    )
    return len(rows.all())
