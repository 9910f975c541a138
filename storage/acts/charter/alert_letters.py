"""Letters about a complaint: to its author, to the company, to the organisers, never mixed."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.wire import names
from storage.ledger import Intent, plan
from storage.tables.charter import AdherenceMember
from storage.tables.people import Organiser

if TYPE_CHECKING:
    from storage.acts.charter.alerts import AlertCase


def number_of(alert_id: UUID) -> str:
    """The number by which people speak of a complaint."""
    digits = alert_id.hex[:8].upper()
    return f"S-{digits[:4]}-{digits[4:]}"


async def to_author(session: AsyncSession, case: "AlertCase", kind: str, **more: object) -> None:
    """Write to who complained, with a link that shows nothing which is not public."""
    author = case.alert.author_id
    link = f"/signataires/{case.adherence.id}"
    await _plan(session, case, kind, [author] if author else [], {"link": link} | more)


async def to_company(session: AsyncSession, case: "AlertCase", kind: str, **more: object) -> None:
    """Write to the people of the company, who never learn who complained."""
    people = select(col(AdherenceMember.person_id)).where(
        col(AdherenceMember.adherence_id) == case.adherence.id
    )
    link = f"/adhesions/{case.adherence.id}/signalements/{case.alert.id}"
    found = set((await session.scalars(people)).all())
    await _plan(session, case, kind, found, {"link": link} | more)


async def to_organisers(
    session: AsyncSession, case: "AlertCase", kind: str, **more: object
) -> None:
    """Write to those who organise everything, but for whoever is of the company."""
    own = select(col(AdherenceMember.person_id)).where(
        col(AdherenceMember.adherence_id) == case.adherence.id
    )
    people = select(col(Organiser.person_id)).where(
        col(Organiser.cycle_id).is_(None), col(Organiser.person_id).not_in(own)
    )
    link = f"/organisation/charte/signalements/{case.alert.id}"
    found = set((await session.scalars(people)).all())
    await _plan(session, case, kind, found, {"link": link} | more)


async def _plan(
    session: AsyncSession,
    case: "AlertCase",
    kind: str,
    people: Collection[UUID],
    more: dict[str, object],
) -> None:
    facts: dict[str, object] = {
        "company": case.adherence.company,
        "siren": case.adherence.siren,
        "zone": case.adherence.zone,
        "number": number_of(case.alert.id),
    }
    said = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in more.items()
    }
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{case.alert.id}:{case.at.isoformat()}:{person}",
                kind=kind,
                subject=names.alert_id(str(case.alert.id)),
                person_id=person,
                facts=facts | said,
            )
            for person in sorted(people)
        ],
    )
