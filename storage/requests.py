"""Requests: written down when they arrive, settled once."""

import json
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.refusals import Refusal, read_again
from domain.wire.asked import Asked
from storage.tables.records import Request


async def write_request(  # noqa: PLR0913  (who asks what, of what, with what words)
    session: AsyncSession,
    *,
    request_id: UUID,
    kind: str,
    subject: str,
    by_person: UUID,
    payload: dict[str, Any] | None = None,
) -> Asked:
    """Write a request down with the instant of its arrival; the same id again is the same request.

    One that was refused is refused again, in the same words. The same id with other words, from a
    form that was kept and corrected, is another request.
    """
    asked = json.dumps(payload or {}, sort_keys=True, default=str)
    new = await session.execute(
        _WRITTEN,
        {
            "id": request_id,
            "kind": kind,
            "subject": subject,
            "by_person": by_person,
            "payload": json.loads(asked),
            "settled": False,
        },
    )
    arrived_at = new.scalar_one_or_none()
    if arrived_at is not None:
        return Asked(str(request_id), arrived_at)
    kept = await the_request(session, str(request_id))
    if (kept.kind, kept.subject, kept.by_person) != (kind, subject, by_person):
        return Asked(str(request_id), kept.arrived_at)
    if kept.payload != json.loads(asked):
        return await write_request(
            session,
            request_id=uuid5(request_id, asked),
            kind=kind,
            subject=subject,
            by_person=by_person,
            payload=payload,
        )
    refusal = refusal_of(kept)
    if refusal:
        raise refusal
    return Asked(str(request_id), kept.arrived_at)


async def the_request(session: AsyncSession, request_id: str) -> Request:
    """The request of that id."""
    return (await session.execute(_OF_ID, {"request": UUID(request_id)})).scalar_one()


def refusal_of(request: Request) -> Refusal | None:
    """The refusal that a request met, if it met one."""
    if request.refusal is None:
        return None
    return read_again(request.refusal["sentence"], request.refusal["facts"])


# Every act of a person passes here: made once.
_WRITTEN = (
    insert(Request).on_conflict_do_nothing(index_elements=["id"]).returning(col(Request.arrived_at))
)
_OF_ID = select(Request).where(col(Request.id) == bindparam("request", type_=Uuid()))
