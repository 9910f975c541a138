"""What was doubted about a file, what its company answered, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act
from domain.ineligibility import PENDING, DoubtStep
from storage.tables.applications import Application
from storage.tables.doubts import Doubt, DoubtPiece


@dataclass(frozen=True, slots=True)
class PieceShown:
    """A piece that was sent with the words that it supports."""

    id: UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class RankShown:
    """A file whose rank changed when this one went out."""

    company: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class DoubtShown:
    """A doubt, from its reason to its end."""

    step: DoubtStep
    rules: tuple[str, ...]
    reason: str
    opened_at: datetime
    until: datetime
    reply: str
    replied_at: datetime | None
    conclusion: str
    decided_at: datetime | None
    evidence: tuple[PieceShown, ...]
    joined: tuple[PieceShown, ...]
    ranks: tuple[RankShown, ...]

    @property
    def is_pending(self) -> bool:
        """Whether somebody is still to answer, or to decide."""
        return self.step in PENDING

    def may_be_decided(self, now: datetime) -> bool:
        """Whether the company has answered, or could have."""
        return self.step is DoubtStep.REPLIED or (self.step is DoubtStep.OPEN and now > self.until)


async def doubts_about(session: AsyncSession, application_id: UUID) -> tuple[DoubtShown, ...]:
    """Every doubt about a file, the latest first."""
    rows = await session.scalars(
        select(Doubt)
        .where(col(Doubt.application_id) == application_id)
        .order_by(col(Doubt.opened_at).desc(), col(Doubt.id))
    )
    doubts = rows.all()
    pieces = await _pieces(session, application_id)
    companies = await _companies(session, doubts)
    return tuple(_shown(each, pieces, companies) for each in doubts)


async def latest_step(session: AsyncSession, application_id: UUID) -> DoubtStep | None:
    """Where the latest doubt about a file stands, if there ever was one."""
    found = await session.execute(
        select(col(Doubt.step))
        .where(col(Doubt.application_id) == application_id)
        .order_by(col(Doubt.opened_at).desc())
        .limit(1)
    )
    step = found.scalar_one_or_none()
    return DoubtStep(step) if step else None


async def piece_of(
    session: AsyncSession, application_id: UUID, piece_id: UUID
) -> PieceShown | None:
    """A piece that was sent about that file, or nothing."""
    row = await session.get(DoubtPiece, piece_id)
    if row is None or row.application_id != application_id or row.sent_at is None:
        return None
    return PieceShown(row.id, row.name, row.media_type, row.size)


def _shown(
    doubt: Doubt,
    pieces: Mapping[tuple[UUID | None, str], tuple[PieceShown, ...]],
    companies: Mapping[str, str],
) -> DoubtShown:
    return DoubtShown(
        step=DoubtStep(doubt.step),
        rules=tuple(doubt.rules),
        reason=doubt.reason,
        opened_at=doubt.opened_at,
        until=doubt.until,
        reply=doubt.reply,
        replied_at=doubt.replied_at,
        conclusion=doubt.conclusion,
        decided_at=doubt.decided_at,
        evidence=pieces.get((doubt.id, str(Act.DOUBT)), ()),
        joined=pieces.get((doubt.id, str(Act.ANSWER_DOUBT)), ()),
        ranks=tuple(
            RankShown(companies.get(each["application"], ""), each["before"], each["after"])
            for each in doubt.ranks
        ),
    )


async def _pieces(
    session: AsyncSession, application_id: UUID
) -> Mapping[tuple[UUID | None, str], tuple[PieceShown, ...]]:
    rows = await session.scalars(
        select(DoubtPiece)
        .where(
            col(DoubtPiece.application_id) == application_id, col(DoubtPiece.sent_at).is_not(None)
        )
        .order_by(col(DoubtPiece.added_at), col(DoubtPiece.id))
    )
    found: dict[tuple[UUID | None, str], tuple[PieceShown, ...]] = {}
    for row in rows:
        key, piece = (
            (row.doubt_id, row.part),
            PieceShown(row.id, row.name, row.media_type, row.size),
        )
        found[key] = (*found.get(key, ()), piece)
    return found


async def _companies(session: AsyncSession, doubts: Sequence[Doubt]) -> Mapping[str, str]:
    ids = {UUID(each["application"]) for doubt in doubts for each in doubt.ranks}
    if not ids:
        return {}
    rows = await session.execute(
        select(col(Application.id), col(Application.company)).where(col(Application.id).in_(ids))
    )
    return {str(row.id): row.company for row in rows}
