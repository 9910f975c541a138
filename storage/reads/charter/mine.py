"""The adherences in which a person has a role, for their own space."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.situation import Situation
from storage.acts.charter.situations import situation_of
from storage.charters import charter_by_id
from storage.drafts.adherence_people import SIGNATURE
from storage.tables.charter import Adherence, AdherenceMember, Report
from storage.tables.letters import Letter


@dataclass(frozen=True, slots=True)
class MyAdherence:
    """One line of a person's list of adherences."""

    id: UUID
    company: str
    charter: CharterDocument
    situation: Situation
    roles: frozenset[str]
    is_signature_asked: bool


async def my_adherences(session: AsyncSession, person_id: UUID) -> tuple[MyAdherence, ...]:
    """The adherences in which a person has a role, the newest first."""
    asked = select(col(Letter.id)).where(
        col(Letter.subject) == literal("adherence:") + cast(col(Adherence.id), String),
        col(Letter.kind) == SIGNATURE,
    )
    rows = await session.execute(
        select(Adherence, func.array_agg(col(AdherenceMember.role)), asked.exists())
        .join(AdherenceMember, col(AdherenceMember.adherence_id) == col(Adherence.id))
        .where(col(AdherenceMember.person_id) == person_id)
        .group_by(col(Adherence.id))
        .order_by(col(Adherence.created_at).desc(), col(Adherence.id))
    )
    found = rows.all()
    ids = [adherence.id for adherence, _, _ in found]
    reports = await _last_reports(session, ids) if ids else {}
    # Versions of the charter are read once per process: no query per row.
    return tuple(
        [
            MyAdherence(
                id=adherence.id,
                company=adherence.company,
                charter=await charter_by_id(session, adherence.charter_id),
                situation=situation_of(adherence, reports.get(adherence.id)),
                roles=frozenset(roles),
                is_signature_asked=is_asked,
            )
            for adherence, roles, is_asked in found
        ]
    )


async def _last_reports(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Report]:
    other = aliased(Report)
    latest = (
        select(func.max(col(other.year)))
        .where(col(other.adherence_id) == col(Report.adherence_id))
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Report).where(col(Report.adherence_id).in_(ids), col(Report.year) == latest)
    )
    return {report.adherence_id: report for report in rows.scalars()}
