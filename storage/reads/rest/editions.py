"""Editions as programs read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.editions import EditionPhase
from storage.reads.rest.keys import named
from storage.reads.rest.pages import PAGE, Slice, key_in, sliced
from storage.tables.cycles import Cycle, Edition, Template

Row = tuple[Edition, Template, int]


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """The template that an edition froze."""

    code: str
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EditionShown:
    """One year of the trophies."""

    id: UUID
    code: str
    year: int
    title: str
    phase: EditionPhase
    template: TemplateRef
    cycles: int
    created_at: datetime


async def editions(session: AsyncSession, after: str | None) -> Slice[EditionShown]:
    """The editions, by code."""
    query = _query().order_by(col(Edition.code)).limit(PAGE + 1)
    if after:
        query = query.where(col(Edition.code) > key_in(after, 1)[0])
    found = [_shown(*row) for row in await session.execute(query)]
    return sliced(found, lambda edition: (edition.code,))


async def edition_shown(session: AsyncSession, name: str) -> EditionShown | None:
    """One edition, by its code or its id."""
    row = (await session.execute(_query().where(named(Edition, name)))).one_or_none()
    return _shown(*row) if row else None


async def edition_called(session: AsyncSession, name: str) -> Edition | None:
    """The row of an edition, by its code or its id."""
    return (await session.execute(select(Edition).where(named(Edition, name)))).scalar_one_or_none()


def _query() -> Select[Edition, Template, int]:
    cycles = (
        select(func.count(col(Cycle.id)))
        .where(col(Cycle.edition_id) == col(Edition.id))
        .scalar_subquery()
    )
    return select(Edition, Template, cycles).join(
        Template, col(Template.id) == col(Edition.template_id)
    )


def _shown(edition: Edition, template: Template, cycles: int) -> EditionShown:
    return EditionShown(
        id=edition.id,
        code=edition.code,
        year=edition.year,
        title=edition.name,
        phase=EditionPhase(edition.phase),
        template=TemplateRef(template.code, template.version, template.fingerprint),
        cycles=cycles,
        created_at=edition.created_at,
    )
