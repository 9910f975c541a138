"""The frozen template of a cycle, and its calendar, as the rules read them."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from storage.database import Executor
from storage.tables.cycles import Cycle, Template

_CALENDAR: TypeAdapter[CycleCalendar] = TypeAdapter(CycleCalendar)

# A template row never changes, so what was read once stays true for the life of the process.
_READ: dict[UUID, EditionTemplate] = {}


async def template_of(session: AsyncSession, cycle: Cycle) -> EditionTemplate:
    """The template with which the cycle opened."""
    return await template_by_id(session, cycle.template_id)


async def template_by_id(executor: Executor, template_id: UUID) -> EditionTemplate:
    """A template by its row, parsed once per process."""
    if template_id not in _READ:
        document = (
            await executor.execute(
                select(col(Template.document)).where(col(Template.id) == template_id)
            )
        ).scalar_one()
        _READ[template_id] = edition_from(document)
    return _READ[template_id]


def calendar_in(cycle: Cycle) -> CycleCalendar:
    """The calendar in force in a cycle."""
    return calendar_from(cycle.calendar)


def calendar_from(document: dict[str, Any]) -> CycleCalendar:
    """The calendar that a column keeps."""
    return _CALENDAR.validate_python(document)


def calendar_document(calendar: CycleCalendar) -> dict[str, Any]:
    """A calendar as its column keeps it."""
    return _CALENDAR.dump_python(calendar, mode="json")
