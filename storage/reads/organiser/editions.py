"""The editions in which a cycle may be opened."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition import EditionTemplate
from storage.tables.cycles import Cycle, Edition, Template
from storage.templates import template_by_id

MOST = 50


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition that exists."""

    code: str
    name: str
    year: int


async def known_editions(session: AsyncSession) -> tuple[KnownEdition, ...]:
    """The editions, the latest first."""
    rows = await session.execute(
        select(col(Edition.code), col(Edition.name), col(Edition.year))
        .order_by(col(Edition.year).desc(), col(Edition.code))
        .limit(MOST)
    )
    return tuple(KnownEdition(code, name, year) for code, name, year in rows)


async def edition_called(session: AsyncSession, code: str) -> Edition | None:
    """The edition of that code."""
    found = await session.execute(select(Edition).where(col(Edition.code) == code))
    return found.scalar_one_or_none()


async def edition_on(session: AsyncSession, template: str, year: int) -> Edition | None:
    """The edition of that year on a template, the first opened if there are several."""
    found = await session.execute(
        select(Edition)
        .join(Template)
        .where(col(Template.code) == template, col(Edition.year) == year)
        .order_by(col(Edition.created_at))
        .limit(1)
    )
    return found.scalar_one_or_none()


async def template_of_edition(session: AsyncSession, edition: Edition) -> EditionTemplate:
    """The template that an edition froze."""
    return await template_by_id(session, edition.template_id)


async def cycle_in(session: AsyncSession, edition: Edition, territory: str) -> Cycle | None:
    """The cycle of a territory in an edition, if it was opened."""
    found = await session.execute(
        select(Cycle).where(col(Cycle.edition_id) == edition.id, col(Cycle.territory) == territory)
    )
    return found.scalar_one_or_none()
