"""The rules of a cycle, the versions that were public before them, and where they hold."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.levels import Level
from domain.phases import Phase
from domain.rules_text import Subject
from domain.texts import Text
from storage.tables.cycles import Cycle, Edition, Template
from storage.templates import calendar_in, template_of, templates_by_id
from storage.territories import territories

MOST = 50


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one cycle, with its identity."""

    cycle_id: UUID
    code: str
    name: str
    edition: str
    year: int
    phase: Phase
    zone: str
    level: Level
    template: EditionTemplate
    template_id: UUID
    fingerprint: str
    calendar: CycleCalendar
    calendar_version: int
    places: tuple[Text, ...]

    def subject(self, contact: str) -> Subject:
        """What the articles are about, with the address to write to."""
        return Subject(
            template=self.template,
            edition=self.edition,
            cycle=self.name,
            year=self.year,
            zone=self.zone,
            level=self.level,
            calendar=self.calendar,
            calendar_version=self.calendar_version,
            fingerprint=self.fingerprint,
            contact=contact,
            places=self.places,
        )


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A version of a template with which a public cycle opened."""

    id: UUID
    version: int
    fingerprint: str
    since: datetime
    template: EditionTemplate


async def rules_of(session: AsyncSession, code: str) -> Rules | None:
    """The rules of the cycle of that code."""
    row = (
        await session.execute(
            select(Cycle, Edition, col(Template.fingerprint))
            .join(Edition, col(Edition.id) == col(Cycle.edition_id))
            .join(Template, col(Template.id) == col(Cycle.template_id))
            .where(col(Cycle.code) == code)
        )
    ).one_or_none()
    if row is None:
        return None
    cycle, edition, fingerprint = row
    return Rules(
        cycle_id=cycle.id,
        code=cycle.code,
        name=cycle.name,
        edition=edition.name,
        year=edition.year,
        phase=Phase(cycle.phase),
        zone=cycle.zone,
        level=Level(cycle.level),
        template=await template_of(session, cycle),
        template_id=cycle.template_id,
        fingerprint=fingerprint,
        calendar=calendar_in(cycle),
        calendar_version=cycle.calendar_version,
        places=await _places(session, edition.id),
    )


async def public_versions(session: AsyncSession, code: str) -> tuple[TemplateVersion, ...]:
    """The versions of a template that a public cycle froze, the oldest first."""
    frozen = (
        select(col(Cycle.id))
        .where(col(Cycle.template_id) == col(Template.id), col(Cycle.level) != Level.INTERNAL)
        .exists()
    )
    rows = (
        await session.execute(
            select(
                col(Template.id),
                col(Template.version),
                col(Template.fingerprint),
                col(Template.created_at),
            )
            .where(col(Template.code) == code, frozen)
            .order_by(col(Template.version).desc(), col(Template.created_at).desc())
            .limit(MOST)
        )
    ).all()
    read = await templates_by_id(session, [row[0] for row in rows])
    return tuple(
        TemplateVersion(id_, version, mark, since, read[id_])
        for id_, version, mark, since in reversed(rows)
    )


async def _places(session: AsyncSession, edition: UUID) -> tuple[Text, ...]:
    rows = await session.execute(
        select(col(Cycle.territory), col(Cycle.name))
        .where(col(Cycle.edition_id) == edition, col(Cycle.level) == Level.TERRITORIAL)
        .order_by(col(Cycle.name))
        .limit(2 * MOST)
    )
    return tuple(_place(territory, name) for territory, name in rows)


def _place(territory: str, name: str) -> Text:
    """What the organiser called it, or else the name that the territory has in both languages."""
    known = territories().get(territory)
    return known.name if known and name == known.name.fr else Text(name, name)
