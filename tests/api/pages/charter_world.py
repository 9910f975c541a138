"""A company that enters the charter: its file, its people, what its pages post."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from domain.charter.dates import first_term, months_after
from domain.registry import RegistryFacts
from domain.siret import Siret
from storage.acts.charter.entry import fingerprint_of
from storage.charters import charter_by_id
from storage.database import Database
from storage.drafts.adherences import Beginning, begin
from storage.tables.charter import Adherence, AdherenceMember, Engagement
from storage.tables.letters import Letter
from storage.tables.records import JournalLine, Request
from tests.builders import a_person

BOREALE = "00010007300014"
OWNER = "paul@boreale.example"
HEAD = "nadia@boreale.example"
STRANGER = "curieux@ailleurs.example"
ROLES = ("signatory", "lead", "purchasing", "staff", "reporting")
TODAY = datetime.now(UTC).date()
BY = f"31/12/{TODAY.year + 1}"


def an_entry(head: str = HEAD) -> dict[str, Any]:
    """A file that lacks nothing, of a company between ten and 249 people."""
    paul = {"name": "Paul Bois", "function": "Responsable achats", "email": OWNER}
    target = {"baseline": "0", "target": "2", "by": BY}
    return {
        "commitments": ["E1", "E3", "E5", "E10"],
        "targets": {
            "I1.2": target,
            "I3.1": {"baseline": "120 000", "target": "150 000,50", "by": BY},
            "I5.1": target,
            "I10.3": target,
        },
        "roles": dict.fromkeys(ROLES[1:], paul)
        | {"signatory": {"name": "Nadia Chêne", "function": "Présidente", "email": head}},
    }


def a_diagnosis(answer: str = "partly") -> dict[str, str]:
    """Twenty answers, all alike."""
    return {f"D{number:02}": answer for number in range(1, 21)}


async def an_adherence(
    database: Database,
    *,
    owner: str = OWNER,
    head: str = "",
    entry: dict[str, Any] | None = None,
    diagnosis: dict[str, str] | None = None,
    siret: str = BOREALE,
    size_code: str = "12",
    size: str = "",
    active: bool = True,
) -> Adherence:
    """A file opened as its page does, with what was typed in it; ``head`` may sign it."""
    async with database.transaction() as session:
        person = await a_person(session, owner)
        facts = RegistryFacts(
            found=True,
            verified=True,
            active=active,
            name="MENUISERIE BORÉALE",
            size_code=size_code,
        )
        begun = Beginning(person.id, Siret(siret), "Menuiserie Boréale", facts, size)
        adherence = await begin(session, begun, TODAY)
        adherence.entry = entry or {}
        adherence.self_diagnosis = diagnosis or {}
        if head:
            signatory = await a_person(session, head)
            session.add(
                AdherenceMember(adherence_id=adherence.id, person_id=signatory.id, role="signatory")
            )
    return adherence


async def a_complete_file(database: Database, **given: Any) -> Adherence:  # noqa: ANN401  (what the test is about)
    """A file that only waits for its signature, by its head."""
    return await an_adherence(
        database, **({"head": HEAD, "entry": an_entry(), "diagnosis": a_diagnosis()} | given)
    )


async def put(database: Database, adherence: Adherence, **values: Any) -> None:  # noqa: ANN401  (columns of the row)
    """Put the row in a state that the calendar or the organiser would have led it to."""
    async with database.transaction() as session:
        row = await session.get_one(Adherence, adherence.id)
        for name, value in values.items():
            setattr(row, name, value)


async def is_signed(database: Database, adherence: Adherence) -> None:
    """Keep what the file says now as signed by its head."""
    async with database.transaction() as session:
        row = await session.get_one(Adherence, adherence.id)
        head = await a_person(session, HEAD)
        session.add(
            Engagement(
                adherence_id=row.id,
                number=1,
                entry=row.entry,
                fingerprint=fingerprint_of(row),
                signed_at=datetime.now(UTC),
                signed_by=head.id,
                request_id=uuid4(),
            )
        )


async def fresh(database: Database, adherence: Adherence) -> Adherence:
    """The row as it is now."""
    async with database.transaction() as session:
        return await session.get_one(Adherence, adherence.id)


async def the_adherences(database: Database) -> list[Adherence]:
    """Every adherence."""
    async with database.transaction() as session:
        return list((await session.execute(select(Adherence))).scalars())


async def members_of(database: Database, adherence: Adherence) -> set[tuple[str, UUID]]:
    """Who has which role."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(AdherenceMember).where(col(AdherenceMember.adherence_id) == adherence.id)
        )
        return {(row.role, row.person_id) for row in rows.scalars()}


async def letters_of(database: Database, kind: str) -> list[Letter]:
    """The letters of that kind, in the order in which they were planned."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(Letter).where(col(Letter.kind) == kind).order_by(col(Letter.planned_at))
        )
        return list(rows.scalars())


async def requests_of(database: Database, adherence: Adherence) -> list[Request]:
    """What was asked of the adherence, in order."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(Request)
            .where(col(Request.subject) == f"adherence:{adherence.id}")
            .order_by(col(Request.arrived_at))
        )
        return list(rows.scalars())


async def a_line(database: Database, adherence: Adherence, act: str, **more: Any) -> None:  # noqa: ANN401  (columns of the row)
    """One line of its journal."""
    async with database.transaction() as session:
        session.add(JournalLine(subject=f"adherence:{adherence.id}", act=act, **more))


async def term_of(database: Database, adherence: Adherence, months: int) -> date:
    """The last day of a term that began so many months ago."""
    async with database.transaction() as session:
        charter = await charter_by_id(session, adherence.charter_id)
    return first_term(months_after(TODAY, -months), charter.periods)
