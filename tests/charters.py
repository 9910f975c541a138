"""Adherences to the charter, built with one line each; only what matters is said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter import moves
from domain.charter.states import State
from domain.registry import RegistryFacts
from domain.siret import parse_siret
from storage.acts.charter.situations import last_report, situation_of, write_back
from storage.charters import charter_by_id, register_shipped_charters
from storage.drafts.adherences import Beginning, begin
from storage.identity import person_called
from storage.tables.charter import Adherence, AdherenceMember, Engagement, Report
from storage.tables.people import Person

A_SIRET = "12345678200010"
HEAD, REPORTER = "signatory", "reporting"
TODAY = date(2026, 9, 15)


def an_entry(by: str = "2028-12-31") -> dict[str, Any]:
    """A complete entry file of a very small company: three commitments, one person."""
    target = {"baseline": "0", "target": "2", "by": by}
    return {
        "commitments": ["E1", "E5", "E10"],
        "targets": {
            "I1.2": {"baseline": "0", "target": "2", "by": by},
            "I5.1": target,
            "I10.3": {"baseline": "0", "target": "1", "by": by},
        },
        "roles": {
            code: {"name": "Ada Martin", "function": "Gérante", "email": "ada@exemple.fr"}
            for code in ("signatory", "lead", "purchasing", "staff", "reporting")
        },
    }


def a_report(**values: str) -> dict[str, Any]:
    """The answers of a complete report, with the values given in place of good ones."""
    good = {"I1.2": "2", "I5.1": "3", "I10.3": "1"} | values
    return {
        "values": {code: {"value": value} for code, value in good.items()},
        "narratives": {},
        "support": "yes",
    }


@dataclass(frozen=True, slots=True)
class Adherent:
    """A company with its adherence, and the person who heads it."""

    adherence: Adherence
    head: Person


async def a_draft(
    session: AsyncSession,
    *,
    siret: str = A_SIRET,
    company: str = "Atelier des Lices",
    email: str = "ada@exemple.fr",
    region: str = "53",
    department: str = "35",
    today: date = TODAY,
    entry: dict[str, Any] | None = None,
) -> Adherent:
    """A complete draft, whose head may sign it."""
    await register_shipped_charters(session)
    head = await person_called(session, email)
    facts = RegistryFacts(
        found=True,
        verified=True,
        active=True,
        name=company,
        region=region,
        department=department,
        size_code="02",
    )
    adherence = await begin(session, Beginning(head.id, parse_siret(siret), company, facts), today)
    adherence.entry = an_entry() if entry is None else entry
    for role in (HEAD, "lead", REPORTER):
        session.add(AdherenceMember(adherence_id=adherence.id, person_id=head.id, role=role))
    await session.flush()
    return Adherent(adherence, head)


async def a_signatory(
    session: AsyncSession, *, accepted: datetime, signed: datetime | None = None, **given: str
) -> Adherent:
    """A company that was accepted at that instant, with what it signed."""
    adherent = await a_draft(session, **given)
    adherence = adherent.adherence
    signed_at = signed or accepted - timedelta(days=7)
    session.add(
        Engagement(
            adherence_id=adherence.id,
            number=1,
            entry=adherence.entry,
            fingerprint="0" * 64,
            signed_at=signed_at,
            signed_by=adherent.head.id,
            request_id=uuid4(),
        )
    )
    periods = (await charter_by_id(session, adherence.charter_id)).periods
    situation = moves.accepted(situation_of(adherence, None), accepted, periods)
    write_back(adherence, None, situation, situation.day_of(accepted))
    await session.flush()
    return adherent


async def an_open_report(
    session: AsyncSession, adherent: Adherent, year: int, at: datetime
) -> Report:
    """The report of a year, whose window opened at that instant."""
    adherence = adherent.adherence
    periods = (await charter_by_id(session, adherence.charter_id)).periods
    before = await last_report(session, adherence)
    opened = moves.window_opened(situation_of(adherence, before), year, at, periods)
    report = write_back(adherence, before, opened, opened.day_of(at))
    assert report is not None
    session.add(report)
    await session.flush()
    return report


async def in_state(session: AsyncSession, adherence_id: UUID) -> State:
    """The state that the row says."""
    return State((await session.get_one(Adherence, adherence_id)).state)
