"""A piece that is joined to a doubt or to its answer: kept before it is asked, forgotten if refused."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act
from domain.attachments import check_room
from domain.ineligibility import PIECES
from storage.drafts.attachments import Stored
from storage.tables.doubts import DoubtPiece


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins a piece to what, under which request."""

    application_id: UUID
    act: Act
    request_id: UUID
    person_id: UUID


async def join_piece(session: AsyncSession, joining: Joining, stored: Stored) -> bool:
    """Join the piece if there is room; False when the very same one is joined already."""
    waiting = (col(DoubtPiece.application_id) == joining.application_id) & (
        col(DoubtPiece.part) == joining.act
    )
    sizes = await session.scalars(
        select(col(DoubtPiece.size)).where(waiting, col(DoubtPiece.sent_at).is_(None))
    )
    check_room(list(sizes), stored.size, PIECES)
    joined = await session.scalars(
        insert(DoubtPiece)
        .values(
            id=stored.id,
            application_id=joining.application_id,
            part=joining.act,
            name=stored.name,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            request_id=joining.request_id,
            added_by=joining.person_id,
        )
        .on_conflict_do_nothing()
        .returning(col(DoubtPiece.id))
    )
    return joined.first() is not None


async def forget_pieces(session: AsyncSession, joining: Joining) -> tuple[UUID, ...]:
    """Forget the pieces of what was refused; their ids, so that their bytes go too."""
    gone = await session.scalars(
        delete(DoubtPiece)
        .where(
            col(DoubtPiece.application_id) == joining.application_id,
            col(DoubtPiece.request_id) == joining.request_id,
            col(DoubtPiece.sent_at).is_(None),
        )
        .returning(col(DoubtPiece.id))
    )
    return tuple(gone)
