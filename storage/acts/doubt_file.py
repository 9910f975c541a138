"""The doubt that is open about an application, and what was joined to it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.ineligibility import PENDING, DoubtStep
from storage.acts.case import Case
from storage.tables.doubts import Doubt, DoubtPiece


async def pending_doubt(session: AsyncSession, application_id: UUID) -> Doubt | None:
    """The doubt that waits for a reply or for a decision, if there is one."""
    found = await session.execute(
        select(Doubt)
        .where(col(Doubt.application_id) == application_id, col(Doubt.step).in_(PENDING))
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def doubt_look(session: AsyncSession, case: Case) -> datetime | None:
    """The end of the delay to reply, until the organiser was told of it."""
    if case.application.status != Status.ADMITTED:
        return None
    doubt = await pending_doubt(session, case.application.id)
    if doubt is None or doubt.step != DoubtStep.OPEN or doubt.reminded_at is not None:
        return None
    return doubt.until


async def send_pieces(session: AsyncSession, case: Case, doubt: Doubt, act: Act) -> None:
    """What was joined to the words counts with them: those that the request names by their print."""
    prints = [str(each) for each in case.request.payload.get("pieces", [])] if case.request else []
    await session.execute(
        update(DoubtPiece)
        .where(
            col(DoubtPiece.application_id) == case.application.id,
            col(DoubtPiece.part) == act,
            col(DoubtPiece.sha256).in_(prints),
            col(DoubtPiece.sent_at).is_(None),
        )
        .values(sent_at=case.at, doubt_id=doubt.id)
    )
