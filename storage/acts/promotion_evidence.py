"""What a territory seals about a file that it sends up: score, rank, readings, minutes, calendar."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.promotion_evidence import EvidenceCheck, check_evidence
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle, Template
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.results import Decision, Minutes, Standing


async def evidence_about(
    session: AsyncSession, cycle: Cycle, application: Application
) -> dict[str, Any]:
    """The evidence about a ranked file of a cycle whose minutes are signed."""
    standing = (
        await session.execute(
            select(Standing).where(
                col(Standing.cycle_id) == cycle.id,
                col(Standing.application_id) == application.id,
            )
        )
    ).scalar_one()
    minutes = await session.get_one(Minutes, cycle.id)
    frozen = await session.get_one(Template, cycle.template_id)
    return {
        "cycle": cycle.code,
        "category": standing.category,
        "application": str(application.id),
        "number": application.number or "",
        "siret": application.siret,
        "version": application.version,
        "file_fingerprint": await _fingerprint_of(session, application),
        "score": None if standing.mean is None else str(standing.mean),
        "spread": None if standing.spread is None else str(standing.spread),
        "criteria": standing.criteria,
        "rank": standing.rank,
        "ranked": await _ranked_in(session, cycle.id, standing.category),
        "readings": standing.valid_cards,
        "is_laureate": await _is_laureate(session, cycle.id, application.id),
        "minutes": {
            "fingerprint": minutes.fingerprint,
            "signed_at": minutes.signed_at.isoformat(),
        },
        "template": {
            "code": frozen.code,
            "version": frozen.version,
            "fingerprint": frozen.fingerprint,
        },
        "calendar_version": cycle.calendar_version,
    }


async def verify(session: AsyncSession, offer: PlaceOffer) -> EvidenceCheck:
    """Compute the fingerprints of an offer's evidence again, and of the minutes that it names."""
    found = await session.execute(
        select(col(Minutes.document))
        .join(Promotion, col(Promotion.cycle_id) == col(Minutes.cycle_id))
        .where(col(Promotion.id) == offer.promotion_id)
    )
    minutes: Mapping[str, Any] | None = found.scalar_one_or_none()
    return check_evidence(offer.evidence, offer.fingerprint, minutes)


async def _fingerprint_of(session: AsyncSession, application: Application) -> str:
    found = await session.execute(
        select(col(ApplicationVersion.fingerprint)).where(
            col(ApplicationVersion.application_id) == application.id,
            col(ApplicationVersion.version) == application.version,
        )
    )
    return found.scalar_one_or_none() or ""


async def _ranked_in(session: AsyncSession, cycle_id: UUID, category: str) -> int:
    return (
        await session.execute(
            select(func.count())
            .select_from(Standing)
            .where(
                col(Standing.cycle_id) == cycle_id,
                col(Standing.category) == category,
                col(Standing.rank).is_not(None),
            )
        )
    ).scalar_one()


async def _is_laureate(session: AsyncSession, cycle_id: UUID, application_id: UUID) -> bool:
    found = await session.execute(
        select(col(Decision.id)).where(
            col(Decision.cycle_id) == cycle_id,
            col(Decision.laureate_id) == application_id,
            col(Decision.awards).is_(True),
        )
    )
    return found.first() is not None
