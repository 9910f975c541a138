"""A complaint about a signatory: its author, its company, and the step that a test is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, func, select

from domain.charter.alerts import AlertStep
from storage.database import Database
from storage.drafts.alerts import file_alert
from storage.tables.charter import Adherence, Alert
from storage.tables.letters import Letter
from storage.tables.records import JournalLine, Request
from tests.builders import a_person
from tests.charters import a_signatory

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
AUTHOR, AUTHOR_NAME = "rose@temoin.example", "Rose Témoin"
HEAD = "ada@exemple.fr"
ORGANISER = "charte@exemple.fr"
STRANGER = "curieux@ailleurs.example"
SUBJECT = "Badge vu sur un emballage du rayon bricolage"
FACTS = (
    "Le badge est imprimé sur les emballages vendus en magasin depuis le mois de mars. "
    "Je travaille au rayon et je les mets en place chaque mardi."
)
ALLEGED = "L'usage du badge sur des produits est allégué."
REPLY = "Ce lot a été retiré le jour même."
# Everything of the author that the company must never read.
OF_AUTHOR = (SUBJECT, FACTS, FACTS[:40], "rayon", "chaque mardi", AUTHOR, AUTHOR_NAME, "Rose")
FILLED: Mapping[str, str] = {"subject": SUBJECT, "facts": FACTS}
SIRETS = ("12345678200010", "00010014900012", "00010021400014")


@dataclass(frozen=True, slots=True)
class Told:
    """A complaint, and the addresses of its pages."""

    id: UUID
    adherence_id: UUID

    @property
    def form(self) -> str:
        return f"/signataires/{self.adherence_id}/signaler"

    @property
    def receipt(self) -> str:
        return f"{self.form}/{self.id}"

    @property
    def company_list(self) -> str:
        return f"/adhesions/{self.adherence_id}/signalements"

    @property
    def company(self) -> str:
        return f"{self.company_list}/{self.id}"

    @property
    def desk(self) -> str:
        return f"/organisation/charte/signalements/{self.id}"


async def a_company(database: Database, siret: str = SIRETS[0], email: str = HEAD) -> Adherence:
    """A company that signed."""
    async with database.transaction() as session:
        adherent = await a_signatory(session, accepted=NOW - 100 * DAY, siret=siret, email=email)
    return adherent.adherence


async def a_complaint(
    database: Database,
    adherence: Adherence,
    *,
    step: AlertStep = AlertStep.RECEIVED,
    age: timedelta = DAY,
    **values: Any,  # noqa: ANN401  (columns of the row)
) -> Told:
    """A complaint at that step since so long, with what acts would have written."""
    async with database.transaction() as session:
        # One person has room for one: a further one is sent by somebody else, then hers all the same.
        before = await session.scalar(select(func.count()).select_from(Alert)) or 0
        author = await a_person(session, AUTHOR, AUTHOR_NAME)
        sender = await a_person(session, f"{before}-{AUTHOR}", AUTHOR_NAME) if before else author
        row = await file_alert(session, adherence.id, sender.id, SUBJECT, FACTS, uuid4())
        row.author_id = author.id
        row.received_at, row.since, row.step = NOW - age, NOW - age, step
        written = _written(step, age) | values
        for name, value in written.items():
            setattr(row, name, value)
    return Told(row.id, adherence.id)


def _written(step: AlertStep, age: timedelta) -> dict[str, Any]:
    if step in {AlertStep.RECEIVED, AlertStep.INADMISSIBLE}:
        return {}
    until = {
        AlertStep.INQUIRY: NOW + 30 * DAY - age,
        AlertStep.REMEDY: NOW + 20 * DAY,
        AlertStep.DECIDED: NOW + 30 * DAY - age,
        AlertStep.APPEALED: NOW + 60 * DAY - age,
    }
    return {"alleged": ALLEGED, "until": until.get(step)}


async def the_alert(database: Database, told: Told) -> Alert:
    """The row as it is now."""
    async with database.transaction() as session:
        return await session.get_one(Alert, told.id)


async def the_alerts(database: Database) -> list[Alert]:
    """Every complaint."""
    async with database.transaction() as session:
        return list((await session.execute(select(Alert))).scalars())


async def requests_about(database: Database, told: Told) -> list[Request]:
    """What was asked of a complaint."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(Request)
            .where(col(Request.subject) == f"alert:{told.id}")
            .order_by(col(Request.arrived_at))
        )
        return list(rows.scalars())


async def letters_to(database: Database, email: str) -> list[Letter]:
    """The letters to that person, in the order in which they were planned."""
    async with database.transaction() as session:
        person = await a_person(session, email)
        rows = await session.execute(
            select(Letter)
            .where(col(Letter.person_id) == person.id)
            .order_by(col(Letter.planned_at), col(Letter.id))
        )
        return list(rows.scalars())


async def a_turn(database: Database, told: Told, act: str, **payload: str) -> None:
    """One line of its journal, with the request that caused it."""
    async with database.transaction() as session:
        organiser = await a_person(session, ORGANISER, "Olivia Charte")
        request = Request(
            kind=act, subject=f"alert:{told.id}", by_person=organiser.id, payload=payload
        )
        session.add(request)
        await session.flush()
        session.add(
            JournalLine(
                actor=f"person:{organiser.id}",
                subject=f"alert:{told.id}",
                act=act,
                reason=payload.get("reason", ""),
                request_id=request.id,
            )
        )
