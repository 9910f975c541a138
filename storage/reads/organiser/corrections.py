"""The corrections of a palmarès, and the files that may still be distinguished."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.corrections import CorrectionKind, CorrectionStep
from storage.reads.company import name_of
from storage.reads.deliberation import is_awardable
from storage.reads.gone import still_there
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.people import Person
from storage.tables.results import Palmares, Standing

MOST = 50
CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction, with who proposed it and who answered."""

    row: Correction
    proposed_by: str
    decided_by: str

    @property
    def kind(self) -> CorrectionKind:
        """What it corrects."""
        return CorrectionKind(self.row.kind)

    @property
    def step(self) -> CorrectionStep:
        """Where it stands."""
        return CorrectionStep(self.row.step)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked file that the rules let distinguish."""

    id: UUID
    company: str
    title: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of the palmarès."""

    version: int
    published_at: datetime


async def corrections_of(session: AsyncSession, cycle_id: UUID) -> tuple[CorrectionLine, ...]:
    """The corrections of a cycle, the latest first."""
    author, second = aliased(Person), aliased(Person)
    rows = await session.execute(
        select(Correction, author, second)
        .join(author, col(author.id) == col(Correction.proposed_by))
        .outerjoin(second, col(second.id) == col(Correction.decided_by))
        .where(col(Correction.cycle_id) == cycle_id)
        .order_by(col(Correction.created_at).desc())
        .limit(MOST)
    )
    return tuple(
        CorrectionLine(row, name_of(by), name_of(other) if other else "") for row, by, other in rows
    )


async def the_correction(
    session: AsyncSession, cycle_id: UUID, correction_id: UUID
) -> Correction | None:
    """A correction of that cycle, or nothing."""
    found = await session.execute(
        select(Correction).where(
            col(Correction.id) == correction_id, col(Correction.cycle_id) == cycle_id
        )
    )
    return found.scalar_one_or_none()


async def versions_of(session: AsyncSession, cycle_id: UUID) -> tuple[Kept, ...]:
    """The versions of the palmarès, the latest first."""
    rows = await session.execute(
        select(col(Palmares.version), col(Palmares.published_at))
        .where(col(Palmares.cycle_id) == cycle_id)
        .order_by(col(Palmares.version).desc())
    )
    return tuple(Kept(*row) for row in rows)


async def candidates_in(
    session: AsyncSession, cycle_id: UUID, category: str
) -> tuple[Candidate, ...]:
    """The files of a category that may be distinguished, in the order of their ranks."""
    rows = await session.execute(
        select(Application, Standing)
        .options(*WITHOUT_DOCUMENTS)
        .join(Standing, col(Standing.application_id) == col(Application.id))
        .where(
            col(Standing.cycle_id) == cycle_id,
            col(Standing.category) == category,
            col(Standing.rank).is_not(None),
            still_there(),
        )
        .order_by(col(Standing.place))
        .limit(CANDIDATES)
    )
    return tuple(
        Candidate(file.id, file.company, file.title, standing.rank)
        for file, standing in rows
        if is_awardable(standing)
    )
