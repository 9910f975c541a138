"""A jury at work: a cycle, people who judge, and files to read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from api.engine import Engine
from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.ranking import Flag
from domain.wire.juror import RunJuror
from storage.database import Database
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.records import Request
from storage.tables.results import Standing
from storage.templates import calendar_in
from tests.builders import NOON, a_card, a_cycle, a_juror, a_person, an_application

JUROR = "jeanne@exemple.fr"
CHAIR = "claire@exemple.fr"
MARKS = {"ACC": 4, "SUI": 3, "IMP": 4, "PER": 3, "REP": 2}

ANSWERS: dict[str, Any] = {
    "siret": "12345678200010",
    "candidate_kind": "company",
    "website": "https://menuiserie.example",
    "presentation": "Une menuiserie de 42 personnes.\n\nElle accueille depuis 2019.",
    "contact_name": "Paul Secret",
    "contact_email": "paul@secret.example",
    "contact_phone": "01 23 45 67 89",
    "legal_email": "direction@secret.example",
    "title": "Un tuteur pour chacun",
    "public_summary": "Chaque personne accueillie a un tuteur <b>de l'atelier</b>.",
    "need": "Le territoire manque de menuisiers, et beaucoup de personnes manquent d'un premier emploi.",
    "action": "Douze tuteurs formés en deux ans.\n\nUn carnet de bord suit chaque parcours.",
    "action_started_on": "2025-09-01",
    "people_supported": {"n2": "4", "n1": "9", "n": "12"},
    "hours_done": {"n2": "not_tracked", "n1": "8 400", "n": "10250,5"},
    "tutoring": "Chaque tuteur suit une personne, une demi-journée par semaine.",
    "accepts_rules": "yes",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """A cycle and one juror in it."""

    cycle: Cycle
    juror: Juror

    @property
    def url(self) -> str:
        return f"/jury/{self.juror.id}"


async def a_bench(
    session: AsyncSession,
    *,
    phase: Phase = Phase.EVALUATION,
    status: JurorStatus = JurorStatus.ACCEPTED,
    email: str = JUROR,
    is_chair: bool = False,
    has_declared: bool = True,
    template: str = "trophees-insertion",
) -> Bench:
    """A juror of a cycle in that phase, whose conflicts are declared unless said otherwise."""
    cycle = await a_cycle(session, phase=phase, template=template)
    juror = await a_juror(session, cycle, email=email, status=status, is_chair=is_chair)
    juror.invited_at = NOON
    juror.conflicts_declared_at = NOON if has_declared else None
    await session.flush()
    return Bench(cycle, juror)


async def a_file(
    session: AsyncSession,
    cycle: Cycle,
    *,
    company: str = "Menuiserie des Alpes",
    category: str = "QUA",
    status: Status = Status.ADMITTED,
    answers: dict[str, Any] | None = None,
    **more: Any,  # noqa: ANN401  (what the row keeps)
) -> Application:
    """An application that was sent, with what it says."""
    person = await a_person(session)
    application = await an_application(
        session, cycle, status=status, category=category, company=company, **more
    )
    application.version = 1
    session.add(
        ApplicationVersion(
            application_id=application.id,
            version=1,
            answers=ANSWERS if answers is None else answers,
            fingerprint="f" * 64,
            arrived_at=NOON,
            by_person=person.id,
            request_id=uuid4(),
        )
    )
    await session.flush()
    return application


@dataclass(frozen=True, slots=True)
class Desk:
    """A juror and one card, at which they sit."""

    bench: Bench
    card: Card

    @property
    def url(self) -> str:
        return f"{self.bench.url}/fiches/{self.card.id}"


async def a_desk(
    database: Database,
    *,
    phase: Phase = Phase.EVALUATION,
    has_declared: bool = True,
    status: CardStatus = CardStatus.TO_SCORE,
    juror_status: JurorStatus = JurorStatus.ACCEPTED,
    marks: dict[str, int] | None = None,
    comments: dict[str, str] | None = None,
) -> Desk:
    """A juror and one file to score, committed."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=phase, has_declared=has_declared, status=juror_status)
        file = await a_file(session, bench.cycle)
        card = await a_card(session, bench.juror, file, status=status, marks=marks)
        card.comments = comments or {}
    return Desk(bench, card)


async def card_now(database: Database, card: Card) -> Card:
    """The row as it is now."""
    async with database.transaction() as session:
        return await session.get_one(Card, card.id)


async def requests_about(database: Database, subject: str) -> list[Request]:
    """What was asked of a juror, a card or a cycle."""
    async with database.transaction() as session:
        rows = await session.execute(select(Request).where(col(Request.subject) == subject))
        return list(rows.scalars())


async def goes_to_work(engine: Engine, bench: Bench) -> None:
    """Start the service of the juror, as the organiser's page does."""
    await engine.run_juror(
        RunJuror(
            str(bench.juror.id),
            str(bench.cycle.id),
            calendar_in(bench.cycle),
            Phase(bench.cycle.phase),
        )
    )


async def a_conflict(session: AsyncSession, juror: Juror, application: Application) -> None:
    """The juror stands aside from that file."""
    session.add(
        Conflict(
            juror_id=juror.id, application_id=application.id, reason="Ancien employeur", at=NOON
        )
    )
    await session.flush()


async def a_standing(
    session: AsyncSession,
    application: Application,
    place: int,
    *,
    rank: int | None = None,
    mean: str | None = "72.50",
    flags: tuple[Flag, ...] = (),
    tied_with: tuple[Application, ...] = (),
) -> Standing:
    """The place of a file in its category, as the end of the evaluation froze it."""
    standing = Standing(
        cycle_id=application.cycle_id,
        category=application.category,
        application_id=application.id,
        place=place,
        rank=None if mean is None else rank or place,
        mean=None if mean is None else Decimal(mean),
        spread=None if mean is None else Decimal("12.00"),
        valid_cards=0 if mean is None else 3,
        criteria={} if mean is None else {code: f"{mark}.00" for code, mark in MARKS.items()},
        flags=[str(flag) for flag in flags],
        tied_with=[str(each.id) for each in tied_with],
    )
    session.add(standing)
    await session.flush()
    return standing


async def a_sealed_card(
    session: AsyncSession, juror: Juror, application: Application, note: str = "68.00"
) -> Card:
    """A card that was sealed, with words for each mark."""
    card = await a_card(session, juror, application, status=CardStatus.SEALED, marks=MARKS)
    card.comments = {"IMP": "Des sorties suivies à six mois."}
    card.note = Decimal(note)
    card.closed_at = NOON
    await session.flush()
    return card


def filled(**changes: str) -> dict[str, str]:
    """The grid as a form posts it, whole, with the changes said: ``score__IMP="5"``."""
    grid = {f"score.{code}": str(mark) for code, mark in MARKS.items()}
    words = {f"comment.{code}": "" for code in MARKS}
    return grid | words | {name.replace("__", "."): value for name, value in changes.items()}
