"""The frozen template of a cycle, and its calendar, as the rules read them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.extensions import calendar_for
from domain.levels import Level, at_level
from storage.database import Executor
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Template

_CALENDAR: TypeAdapter[CycleCalendar] = TypeAdapter(CycleCalendar)

# A template row never changes, so what was read once stays true for the life of the process.
_READ: dict[UUID, EditionTemplate] = {}
_AT_LEVEL: dict[tuple[UUID, Level], EditionTemplate] = {}


async def template_of(session: Executor, cycle: Cycle) -> EditionTemplate:
    """The template with which the cycle opened, as it stands at the level of the cycle."""
    return await template_at(session, cycle.template_id, Level(cycle.level))


async def template_at(executor: Executor, template_id: UUID, level: Level) -> EditionTemplate:
    """A template as it stands at a level, made once per process."""
    key = (template_id, level)
    if key not in _AT_LEVEL:
        _AT_LEVEL[key] = at_level(await template_by_id(executor, template_id), level)
    return _AT_LEVEL[key]


async def template_by_id(executor: Executor, template_id: UUID) -> EditionTemplate:
    """A template by its row, parsed once per process, whatever the level."""
    if template_id not in _READ:
        document = (
            await executor.execute(
                select(col(Template.document)).where(col(Template.id) == template_id)
            )
        ).scalar_one()
        _READ[template_id] = edition_from(document)
    return _READ[template_id]


async def templates_by_id(
    executor: Executor, ids: Collection[UUID]
) -> Mapping[UUID, EditionTemplate]:
    """Several templates, those that were never read in one question."""
    missing = set(ids) - _READ.keys()
    if missing:
        rows = await executor.execute(
            select(col(Template.id), col(Template.document)).where(col(Template.id).in_(missing))
        )
        _READ.update({id_: edition_from(document) for id_, document in rows})
    return {id_: _READ[id_] for id_ in ids}


def calendar_in(cycle: Cycle) -> CycleCalendar:
    """The calendar in force in a cycle."""
    return calendar_from(cycle.calendar)


def calendar_of(application: Application, cycle: Cycle) -> CycleCalendar:
    """The dates of one application: those of its cycle, and a closing of its own when it has one."""
    return calendar_for(calendar_in(cycle), application.extended_until)


def calendar_from(document: dict[str, Any]) -> CycleCalendar:
    """The calendar that a column keeps."""
    return _CALENDAR.validate_python(document)


def calendar_document(calendar: CycleCalendar) -> dict[str, Any]:
    """A calendar as its column keeps it."""
    return _CALENDAR.dump_python(calendar, mode="json")
