"""One score card with its file: what a juror reads, and what they wrote about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, has_changed_since
from storage.reads.standing_aside import stands_aside
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.juries import Card, Juror


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file joined to what was sent, as the version keeps it."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """What a file said when it was scored, with the prints of its pieces."""

    answers: Mapping[str, Any]
    pieces: frozenset[str]
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score card, the latest version of its file, and whether the juror stands aside from it."""

    card_id: UUID
    status: CardStatus
    marks: Mapping[str, Any]
    comments: Mapping[str, Any]
    note: Decimal | None
    reason: str
    saved_at: datetime | None
    closed_at: datetime | None
    application_id: UUID
    category: str
    company: str
    siren: str
    siret: str
    title: str
    number: str
    answers: Mapping[str, Any]
    files: tuple[SentFile, ...]
    sent_at: datetime | None
    is_aside: bool
    version: int = 0
    read_version: int | None = None
    read: ReadVersion | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the file has changed since this juror scored it."""
        return has_changed_since(self.read_version, self.version)


async def sheet_of(session: AsyncSession, juror: Juror, card_id: UUID) -> Sheet | None:
    """The card of that juror, with its file; None when the card is somebody else's."""
    row = (
        await session.execute(
            select(Card, Application, ApplicationVersion, stands_aside(juror))
            .join(Application, col(Application.id) == col(Card.application_id))
            .outerjoin(
                ApplicationVersion,
                (col(ApplicationVersion.application_id) == col(Application.id))
                & (col(ApplicationVersion.version) == col(Application.version)),
            )
            .where(col(Card.id) == card_id, col(Card.juror_id) == juror.id)
        )
    ).one_or_none()
    if row is None:
        return None
    sheet = _sheet(*row)
    return replace(sheet, read=await _read_version(session, sheet)) if sheet.has_changed else sheet


async def _read_version(session: AsyncSession, sheet: Sheet) -> ReadVersion | None:
    """The version that the juror scored, to say what changed since."""
    found = await session.execute(
        select(ApplicationVersion).where(
            col(ApplicationVersion.application_id) == sheet.application_id,
            col(ApplicationVersion.version) == sheet.read_version,
        )
    )
    kept = found.scalar_one_or_none()
    if kept is None:
        return None
    prints = frozenset(str(each["sha256"]) for each in kept.attachments)
    return ReadVersion(kept.answers, prints, kept.arrived_at)


def _sheet(
    card: Card,
    application: Application,
    sent: ApplicationVersion | None,
    is_aside: bool,  # noqa: FBT001  (a column of the query)
) -> Sheet:
    return Sheet(
        card_id=card.id,
        status=CardStatus(card.status),
        marks=card.marks,
        comments=card.comments,
        note=card.note,
        reason=card.reason,
        saved_at=card.saved_at,
        closed_at=card.closed_at,
        application_id=application.id,
        category=application.category,
        company=application.company,
        siren=application.siren,
        siret=application.siret,
        title=application.title,
        number=application.number or "",
        answers=sent.answers if sent else {},
        files=tuple(_file(each) for each in sent.attachments) if sent else (),
        sent_at=sent.arrived_at if sent else None,
        is_aside=is_aside,
        version=application.version,
        read_version=card.read_version if card.status == CardStatus.SEALED else None,
    )


def _file(kept: Mapping[str, Any]) -> SentFile:
    return SentFile(
        id=UUID(str(kept["id"])),
        name=str(kept["name"]),
        media_type=str(kept["media_type"]),
        size=int(kept["size"]),
        sha256=str(kept["sha256"]),
    )
