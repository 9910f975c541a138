"""Files joined to an application: bytes on disk first, then the row that names them."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.attachments import LONGEST_BEGINNING, check_room, check_size, media_type_of, name_of
from domain.edition import AttachmentLimits
from storage.drafts.pen import Pen, opened
from storage.tables.applications import Attachment


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was written to the disk, under an id that nobody can guess."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


def path_of(folder: Path, attachment_id: UUID) -> Path:
    """Where the bytes of an attachment lie."""
    return folder / attachment_id.hex[:2] / attachment_id.hex


async def store(
    folder: Path, name: str, chunks: AsyncIterator[bytes], limits: AttachmentLimits
) -> Stored:
    """Write a file whole and flushed, or not at all; refuse it as soon as it is known to be wrong."""
    attachment_id = uuid4()
    target = path_of(folder, attachment_id)
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    try:
        stored = await _written(unfinished, attachment_id, name, chunks, limits)
        await asyncio.to_thread(_settle, unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return stored


async def _written(
    path: Path,
    attachment_id: UUID,
    name: str,
    chunks: AsyncIterator[bytes],
    limits: AttachmentLimits,
) -> Stored:
    beginning, size, digest = b"", 0, sha256()
    with await asyncio.to_thread(path.open, "wb") as file:
        async for chunk in chunks:
            beginning += chunk[: LONGEST_BEGINNING - len(beginning)]
            size += len(chunk)
            check_size(size, limits)
            digest.update(chunk)
            await asyncio.to_thread(file.write, chunk)
        media_type = media_type_of(beginning, limits)
        await asyncio.to_thread(_flush, file)
    return Stored(attachment_id, name_of(name, media_type), media_type, size, digest.hexdigest())


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _settle(unfinished: Path, target: Path) -> None:
    """Give the file its name, and have the folder remember it."""
    unfinished.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


async def join(session: AsyncSession, pen: Pen, stored: Stored, limits: AttachmentLimits) -> bool:
    """Join a file if there is room; False when the very same file is joined already."""
    application = await opened(session, pen)
    joined = await _joined(session, application.id)
    if any(each.sha256 == stored.sha256 for each in joined):
        return False
    check_room([each.size for each in joined], stored.size, limits)
    session.add(
        Attachment(
            id=stored.id,
            application_id=application.id,
            name=stored.name,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            added_by=pen.person_id,
        )
    )
    return True


async def remove(session: AsyncSession, pen: Pen, attachment_id: UUID) -> str | None:
    """Take a file out of the draft and give its name; versions already sent keep it."""
    await opened(session, pen)
    removed = await session.execute(
        update(Attachment)
        .where(
            col(Attachment.id) == attachment_id,
            col(Attachment.application_id) == pen.application_id,
            col(Attachment.removed_at).is_(None),
        )
        .values(removed_at=pen.now)
        .returning(col(Attachment.name))
    )
    return removed.scalar_one_or_none()


async def _joined(session: AsyncSession, application_id: UUID) -> list[Attachment]:
    rows = await session.execute(
        select(Attachment).where(
            col(Attachment.application_id) == application_id,
            col(Attachment.removed_at).is_(None),
        )
    )
    return list(rows.scalars())
