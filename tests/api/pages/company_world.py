"""A company at work: a call that is open, an application, and everything that it must say."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.registry import RegistryFacts
from domain.siret import Siret
from storage.database import Database
from storage.drafts.applications import Start, start_application
from storage.reads.calls import call_of
from storage.reads.insiders import Knower
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.records import Request
from tests.builders import a_calendar, a_cycle, a_person

BOREALE = "00010007300014"
OWNER = "paul@boreale.example"
EDITOR = "nadia@boreale.example"
STRANGER = "curieux@ailleurs.example"

COMPLETE: dict[str, Any] = {
    "siret": BOREALE,
    "candidate_kind": "company",
    "size": "pme",
    "presentation": "Une menuiserie de 42 personnes, à Lille.",
    "contact_name": "Paul Bois",
    "contact_role": "Directeur",
    "contact_email": "paul@boreale.example",
    "legal_name": "Nadia Chêne",
    "legal_role": "Présidente",
    "legal_email": "nadia@boreale.example",
    "title": "Un tuteur pour chacun",
    "public_summary": "Chaque personne accueillie a un tuteur de l'atelier.",
    "action_communes": ["59350", "DEP-62"],
    "action_started_on": "2025-03-01",
    "need": "Des postes non pourvus, des personnes sans emploi.",
    "action": "Douze tuteurs formés.\n\nUn carnet suit chacun.",
    "partners_role": "Le chantier d'insertion voisin nous adresse des candidats.",
    "lessons": "Il faut du temps.",
    "next_steps": "Un deuxième atelier.",
    "people_supported": {"n2": "4", "n1": "9", "n": "12"},
    "measurement": "Un tableau tenu chaque mois.",
    "tutoring": "Une demi-journée par semaine.",
    "training": "Un titre professionnel de menuisier.",
    "obstacles": "Un partenariat avec la plateforme de mobilité.",
    "six_months_later": "Huit sur douze sont en emploi.",
    "conditions": "Un atelier et deux tuteurs volontaires.",
    **dict.fromkeys(
        (
            "declares_social_tax",
            "declares_accuracy",
            "declares_no_conviction",
            "declares_no_liquidation",
            "declares_charter",
            "declares_no_recent_prize",
            "declares_no_tie",
            "accepts_rules",
            "read_privacy",
            "agrees_publication",
        ),
        "yes",
    ),
}


def a_current_calendar(left: timedelta = timedelta(days=10)) -> CycleCalendar:
    """A calendar whose call opened ten days before it closes, which is ``left`` from now."""
    return a_calendar(datetime.now(UTC) + left - timedelta(days=10))


async def a_call(
    database: Database,
    *,
    template: str = "trophees-insertion",
    phase: Phase = Phase.OPEN,
    left: timedelta = timedelta(days=10),
) -> Cycle:
    """A cycle whose call closes in ``left``."""
    async with database.transaction() as session:
        calendar = a_current_calendar(left)
        return await a_cycle(session, template=template, phase=phase, calendar=calendar)


async def an_application_of(
    database: Database,
    cycle: Cycle,
    *,
    owner: str = OWNER,
    answers: dict[str, Any] | None = None,
    category: str = "QUA",
    status: Status = Status.DRAFT,
    siret: str = BOREALE,
) -> Application:
    """An application opened as its page does, then put in that state."""
    async with database.transaction() as session:
        person = await a_person(session, owner)
        call = await call_of(session, cycle.code, Knower(owner))
        assert call
        start = Start(
            person_id=person.id,
            siret=Siret(siret),
            category=category,
            company="Menuiserie Boréale",
            facts=RegistryFacts(found=True, verified=True, active=True, name="MENUISERIE BORÉALE"),
            answers=answers or {"siret": siret},
        )
        started = await start_application(session, call.id, call.template, start)
        application = await session.get_one(Application, started.id)
        application.status = status
        application.title = str(application.answers.get("title", ""))
    return application


async def a_member(database: Database, application: Application, email: str, role: str) -> UUID:
    """A colleague on the application; gives the id of their membership."""
    async with database.transaction() as session:
        person = await a_person(session, email)
        member = Member(application_id=application.id, person_id=person.id, role=role)
        session.add(member)
        await session.flush()
    return member.id


async def fresh(database: Database, application: Application) -> Application:
    """The row as it is now."""
    async with database.transaction() as session:
        return await session.get_one(Application, application.id)


async def the_application(database: Database) -> Application:
    """The only application."""
    async with database.transaction() as session:
        return (await session.execute(select(Application))).scalar_one()


async def how_many(database: Database) -> int:
    """How many applications there are."""
    async with database.transaction() as session:
        return (await session.execute(select(func.count()).select_from(Application))).scalar_one()


async def requests_of(database: Database, application: Application) -> list[Request]:
    """What was asked of the application, in order."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(Request)
            .where(col(Request.subject) == f"application:{application.id}")
            .order_by(col(Request.arrived_at))
        )
        return list(rows.scalars())


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def words_of(page: str) -> str:
    """What a page says, on one line, with plain spaces and apostrophes."""
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    plain = text.translate(str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"}))
    return re.sub(r"\s+", " ", plain)
