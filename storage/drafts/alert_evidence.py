"""The files that a company joins to what it answers; read by nobody else until the answer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.attachments import check_room
from domain.charter.evidence import COMPLAINT_LIMITS
from storage.drafts.attachments import Stored
from storage.tables.charter import Alert
from storage.tables.complaints import AlertEvidence


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is being sent: by whom, to which complaint, as what, under which request."""

    alert_id: UUID
    part: str
    person_id: UUID
    request_id: UUID


async def join_to_answer(
    session: AsyncSession, answer: Answer, stored: Sequence[Stored]
) -> frozenset[UUID]:
    """Join what is not there yet, if there is room; the ids of what was joined."""
    await session.get_one(Alert, answer.alert_id, with_for_update=True)
    rows = await session.scalars(
        select(AlertEvidence).where(
            col(AlertEvidence.alert_id) == answer.alert_id, col(AlertEvidence.part) == answer.part
        )
    )
    joined = list(rows)
    known, sizes = {each.sha256 for each in joined}, [each.size for each in joined]
    new: set[UUID] = set()
    for each in stored:
        if each.sha256 in known:
            continue
        check_room(sizes, each.size, COMPLAINT_LIMITS)
        session.add(
            AlertEvidence(
                id=each.id,
                alert_id=answer.alert_id,
                part=answer.part,
                name=each.name,
                media_type=each.media_type,
                size=each.size,
                sha256=each.sha256,
                request_id=answer.request_id,
                added_by=answer.person_id,
            )
        )
        known.add(each.sha256)
        sizes.append(each.size)
        new.add(each.id)
    return frozenset(new)


async def take_back(session: AsyncSession, answer: Answer) -> tuple[UUID, ...]:
    """Forget the files of an answer that was refused; their ids, so that their bytes go too."""
    gone = await session.scalars(
        delete(AlertEvidence)
        .where(
            col(AlertEvidence.alert_id) == answer.alert_id,
            col(AlertEvidence.request_id) == answer.request_id,
            col(AlertEvidence.sent_at).is_(None),
        )
        .returning(col(AlertEvidence.id))
    )
    return tuple(gone)
