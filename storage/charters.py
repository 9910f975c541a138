"""The charter's versions: shipped as data, kept as they were read, one of them in force."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.parsing import charter_from
from domain.edition_parsing import fingerprint
from storage.tables.charter import Charter

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "charters"
CHARTER = "charte-insertion"

# A version never changes, so what was read once stays true for the life of the process.
_READ: dict[UUID, CharterDocument] = {}


@cache
def shipped_charters() -> tuple[Mapping[str, Any], ...]:
    """The documents of the folder ``data/charters``, oldest version first."""
    read = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.yaml")]
    return tuple(sorted(read, key=lambda each: (each["code"], each["version"])))


async def register_charter(session: AsyncSession, document: Mapping[str, Any]) -> Charter:
    """Keep a version as it was read; the same document again is the same row."""
    plain = json.loads(json.dumps(document, default=str))
    read, mark = charter_from(plain), fingerprint(plain)
    await session.execute(
        insert(Charter)
        .values(
            code=read.code,
            version=read.version,
            fingerprint=mark,
            in_force_from=read.in_force_from,
            document=plain,
        )
        .on_conflict_do_nothing()
    )
    found = await session.execute(
        select(Charter).where(col(Charter.code) == read.code, col(Charter.version) == read.version)
    )
    return found.scalar_one()


async def register_shipped_charters(session: AsyncSession) -> None:
    """Keep every version that comes with the service; those already kept stay as they are."""
    for document in shipped_charters():
        await register_charter(session, document)


async def charter_in_force(session: AsyncSession, day: date, code: str = CHARTER) -> Charter | None:
    """The version that a company signs on that day; None before the first."""
    found = await session.execute(
        select(Charter)
        .where(col(Charter.code) == code, col(Charter.in_force_from) <= day)
        .order_by(col(Charter.in_force_from).desc(), col(Charter.version).desc())
        .limit(1)
    )
    return found.scalar_one_or_none()


async def charter_versions(session: AsyncSession, code: str = CHARTER) -> list[Charter]:
    """Every version, the newest first."""
    found = await session.execute(
        select(Charter).where(col(Charter.code) == code).order_by(col(Charter.version).desc())
    )
    return list(found.scalars())


async def charter_by_id(session: AsyncSession, charter_id: UUID) -> CharterDocument:
    """A version by its row, parsed once per process."""
    if charter_id not in _READ:
        document = (
            await session.execute(
                select(col(Charter.document)).where(col(Charter.id) == charter_id)
            )
        ).scalar_one()
        _READ[charter_id] = charter_from(document)
    return _READ[charter_id]
