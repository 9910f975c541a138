"""Rows for adherences: companies whose entry file is complete, and the people who act on them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.answers import siret_number
from domain.registry import RegistryFacts
from domain.siret import parse_siret
from storage.acts.charter.case import SIGNATORY
from storage.drafts.adherences import Beginning, begin
from storage.identity import person_called
from storage.tables.charter import Adherence, AdherenceMember

BRITTANY = RegistryFacts(
    found=True, verified=True, active=True, region="53", department="35", size_code="02"
)
ROLES = ("signatory", "lead", "purchasing", "staff", "reporting")
COMMITMENTS = {"E1": "I1.2", "E5": "I5.1", "E10": "I10.3"}
TARGET, DONE = "2", "3"


async def a_complete_file(session: AsyncSession, rank: int, today: date) -> tuple[Adherence, UUID]:
    """The entry file of a very small company, and its head, who may sign it."""
    head = await person_called(session, f"dirigeant-{rank}@exemple.fr")
    beginning = Beginning(head.id, parse_siret(siret_number(rank)), f"Entreprise {rank}", BRITTANY)
    adherence = await begin(session, beginning, today)
    adherence.entry = an_entry(date(today.year + 2, 12, 31))
    session.add(AdherenceMember(adherence_id=adherence.id, person_id=head.id, role=SIGNATORY))
    await session.flush()
    return adherence, head.id


def an_entry(by: date) -> dict[str, Any]:
    """Three commitments with their targets, and one person for the five roles."""
    target = {"baseline": "0", "target": TARGET, "by": by.isoformat()}
    role = {"name": "Ada Martin", "function": "Gérante", "email": "ada@exemple.fr"}
    return {
        "commitments": list(COMMITMENTS),
        "targets": dict.fromkeys(COMMITMENTS.values(), target),
        "roles": dict.fromkeys(ROLES, role),
    }


def a_report() -> dict[str, Any]:
    """A complete report, with every target met."""
    return {
        "values": {indicator: {"value": DONE} for indicator in COMMITMENTS.values()},
        "narratives": {},
        "support": "yes",
    }
