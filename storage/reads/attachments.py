"""One attachment, for somebody who may open it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Standing
from domain.jurors import CardStatus, JurorStatus
from storage.tables.applications import (
    Application,
    ApplicationVersion,
    Attachment,
    Duplicate,
    Member,
)
from storage.tables.juries import Card, Conflict, Juror


@dataclass(frozen=True, slots=True)
class Opened:
    """What is needed to hand a file over; ``stored_as`` names its bytes."""

    id: UUID
    name: str
    media_type: str
    stored_as: UUID


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants which file of which application; ``organised`` is None for every cycle."""

    application_id: UUID
    attachment_id: UUID
    person_id: UUID
    organised: frozenset[UUID] | None


async def attachment_for(session: AsyncSession, wanted: Wanted) -> Opened | None:
    """The file, if this person may open it.

    Its company opens what is joined or was sent; organisers and the jurors who read the
    application, their conflicts declared, open only what was sent.
    """
    for_the_jury = or_(_judges(wanted.person_id), _organises(wanted)) & _was_sent()
    still_joined = col(Attachment.removed_at).is_(None)
    for_the_company = or_(_works(wanted.person_id), _keeps(wanted.person_id)) & or_(
        still_joined, _was_sent()
    )
    found = await session.execute(
        select(Attachment)
        .join(Application, col(Application.id) == col(Attachment.application_id))
        .where(
            col(Attachment.id) == wanted.attachment_id,
            col(Attachment.application_id) == wanted.application_id,
            or_(for_the_company, for_the_jury),
        )
    )
    row = found.scalar_one_or_none()
    if row is None:
        return None
    return Opened(row.id, row.name, row.media_type, row.stored_as or row.id)


async def bytes_of(session: AsyncSession, attachment_id: UUID) -> UUID:
    """The name of the bytes of a file: its own id, unless it shares them with the one it was copied from."""
    found = await session.execute(
        select(col(Attachment.stored_as)).where(col(Attachment.id) == attachment_id)
    )
    return found.scalar_one_or_none() or attachment_id


def _works(person_id: UUID) -> ColumnElement[bool]:
    return (
        select(col(Member.id))
        .where(
            col(Member.application_id) == col(Application.id), col(Member.person_id) == person_id
        )
        .exists()
    )


def _keeps(person_id: UUID) -> ColumnElement[bool]:
    """Works on the application for which this one was closed as a duplicate."""
    return (
        select(col(Member.id))
        .join(Duplicate, col(Duplicate.kept_id) == col(Member.application_id))
        .where(
            col(Duplicate.application_id) == col(Application.id),
            col(Duplicate.undone_at).is_(None),
            col(Member.person_id) == person_id,
        )
        .exists()
    )


def _organises(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.organised is None:
        return col(Application.id).is_not(None)
    return col(Application.cycle_id).in_(wanted.organised)


def _judges(person_id: UUID) -> ColumnElement[bool]:
    """A juror in service reads it, and stands aside from it in no way."""
    stands_aside = select(col(Conflict.id)).where(
        col(Conflict.juror_id) == col(Juror.id),
        col(Conflict.application_id) == col(Application.id),
        col(Conflict.standing) != Standing.DISMISSED,
    )
    return (
        select(col(Card.id))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(
            col(Card.application_id) == col(Application.id),
            col(Card.status) != CardStatus.RECUSED,
            col(Juror.person_id) == person_id,
            col(Juror.status) == JurorStatus.ACCEPTED,
            col(Juror.conflicts_declared_at).is_not(None),
            ~stands_aside.exists(),
        )
        .exists()
    )


def _was_sent() -> ColumnElement[bool]:
    """A version that was sent holds the file."""
    holds_it = cast(col(ApplicationVersion.attachments), String).contains(
        cast(col(Attachment.id), String)
    )
    return (
        select(col(ApplicationVersion.id))
        .where(col(ApplicationVersion.application_id) == col(Application.id), holds_it)
        .exists()
    )
