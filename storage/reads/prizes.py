"""Whether a file is distinguished, whether its company was told, and what the public reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.corrections import CorrectionKind
from domain.palmares import named_in, version_of
from domain.phases import Phase
from storage.reads.gone import still_there
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.promotions import PlaceOffer
from storage.tables.results import Decision, Palmares


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize that a company may decline: under embargo, or once it is public."""

    is_public: bool
    is_laureate: bool
    version: int = 0

    @property
    def correction(self) -> CorrectionKind:
        """What of the published palmarès would be corrected."""
        return CorrectionKind.REMOVED if self.is_laureate else CorrectionKind.STRUCK


async def may_renounce(session: AsyncSession, application_id: UUID) -> bool:
    """Whether the jury distinguished the file, and its company has not declined."""
    return await _laureate_or_nominee(session, application_id) is not None


async def prize_of(session: AsyncSession, application_id: UUID) -> Prize | None:
    """The prize of a file, if its company may know of it: told with a place offered, or by everybody."""
    file = await session.get_one(Application, application_id)
    cycle = await session.get_one(Cycle, file.cycle_id)
    if cycle.phase in {Phase.PUBLISHED, Phase.CLOSED}:
        return await _public(session, file)
    if cycle.phase != Phase.DECIDED or not await _was_told(session, application_id):
        return None
    is_laureate = await _laureate_or_nominee(session, application_id)
    return None if is_laureate is None else Prize(is_public=False, is_laureate=is_laureate)


async def _laureate_or_nominee(session: AsyncSession, application_id: UUID) -> bool | None:
    """True for a laureate, false for a nominee, nothing for the others and for who declined."""
    decided = await session.scalar(
        select(Decision)
        .join(
            Application,
            (col(Application.cycle_id) == col(Decision.cycle_id))
            & (col(Application.category) == col(Decision.category)),
        )
        .where(
            col(Application.id) == application_id,
            still_there(),
            or_(
                (col(Decision.laureate_id) == application_id) & col(Decision.awards).is_(True),
                col(Decision.nominees).contains([str(application_id)]),
            ),
        )
    )
    return None if decided is None else decided.laureate_id == application_id


async def _was_told(session: AsyncSession, application_id: UUID) -> bool:
    offers = select(col(PlaceOffer.id)).where(col(PlaceOffer.application_id) == application_id)
    return (await session.execute(offers)).first() is not None


async def _public(session: AsyncSession, file: Application) -> Prize | None:
    document: Mapping[str, Any] | None = await session.scalar(
        select(col(Palmares.document))
        .where(col(Palmares.cycle_id) == file.cycle_id)
        .order_by(col(Palmares.version).desc())
        .limit(1)
    )
    if document is None or named_in(document, str(file.id)) is None:
        return None
    laureates = [each.get("laureate") for each in document["categories"]]
    is_laureate = any(each and each["application"] == str(file.id) for each in laureates)
    return Prize(is_public=True, is_laureate=is_laureate, version=version_of(document))
