"""Editions and their cycles: opened from a template, which they freeze."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar, calendar_of, check_calendar
from domain.calendar_fitting import fitted
from domain.edition import EditionTemplate
from domain.edition_parsing import TemplateError, edition_from, fingerprint
from domain.mistakes import Mistake
from domain.refusals import N_, Refusal
from domain.texts import Text
from storage.acts.calendars import keep_the_first
from storage.tables.cycles import Cycle, Edition, Template
from storage.templates import calendar_document, template_by_id
from storage.territories import Territory, territory_called

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "editions"
MAIN = "trophees-insertion"
WHOLE = ""
# It goes into addresses, before the colon of the codes of cycles.
A_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class ShippedTemplate:
    """A template that comes with the service."""

    code: str
    version: int
    name: Text
    document: Mapping[str, Any]


@cache
def shipped_templates() -> tuple[ShippedTemplate, ...]:
    """The templates of the folder ``data/editions``, the main one first, each in its last version."""
    read = (_shipped(path) for path in SHIPPED.glob("*.yaml"))
    last = {each.code: each for each in sorted(read, key=lambda each: each.version)}
    return tuple(sorted(last.values(), key=lambda each: (each.code != MAIN, each.code)))


def shipped_template(code: str) -> ShippedTemplate | None:
    """The shipped template of that code, if there is one."""
    return next((each for each in shipped_templates() if each.code == code), None)


async def register_template(session: AsyncSession, document: Mapping[str, Any]) -> Template:
    """Keep a template as it was read; the same document again is the same row."""
    plain = _as_json(document)
    read, mark = edition_from(plain), fingerprint(plain)
    await session.execute(
        insert(Template)
        .values(code=read.code, version=read.version, fingerprint=mark, document=plain)
        .on_conflict_do_nothing(index_elements=["fingerprint"])
    )
    found = await session.execute(select(Template).where(col(Template.fingerprint) == mark))
    return found.scalar_one()


async def create_edition(
    session: AsyncSession, document: Mapping[str, Any], year: int, *, code: str = "", name: str = ""
) -> Edition:
    """Open a year of the trophies on a template; its code is the year unless said otherwise."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Mistake(N_("Indiquez une année en quatre chiffres, par exemple 2027."))
    template = await register_template(session, document)
    read = edition_from(template.document)
    chosen = code.strip() or _edition_code(read, year)
    if not A_CODE.fullmatch(chosen):
        raise Mistake(
            N_(
                "Le code d'une édition s'écrit avec des lettres sans accent, des chiffres et des tirets."
            )
        )
    created = await session.execute(
        insert(Edition)
        .values(
            code=chosen,
            year=year,
            name=name.strip() or f"{read.name.fr} {year}",
            template_id=template.id,
        )
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(Edition)
    )
    edition = created.scalar_one_or_none()
    if edition is None:
        raise Refusal(N_("Il existe déjà une édition %(code)s."), code=chosen)
    return edition


async def create_cycle(  # noqa: PLR0913  (what an organiser chooses, all named at the call)
    session: AsyncSession,
    edition: Edition,
    territory: str,
    *,
    name: str = "",
    zone: str = "",
    calendar: CycleCalendar | str = "",
) -> Cycle:
    """Write down the cycle of a territory; its calendar is that of the template, one of its codes, or given."""
    where = territory_called(territory)
    template = await template_by_id(session, edition.template_id)
    there = zone or where.zone
    if there not in available_timezones():
        raise Mistake(N_("Fuseau horaire inconnu : « %(zone)s »."), zone=there[:40])
    dates = (
        fitted(calendar)
        if isinstance(calendar, CycleCalendar)
        else _dated(template, edition.year, where, there, calendar)
    )
    _check(dates)
    created = await session.execute(
        insert(Cycle)
        .values(
            code=f"{edition.code}:{where.code}",
            edition_id=edition.id,
            template_id=edition.template_id,
            level=where.level,
            territory=where.code,
            name=name.strip() or where.name.fr,
            zone=there,
            calendar=calendar_document(dates),
        )
        .on_conflict_do_nothing()
        .returning(Cycle)
    )
    cycle = created.scalar_one_or_none()
    if cycle is None:
        raise Refusal(
            N_("%(name)s a déjà un cycle dans l'édition %(code)s."),
            name=where.name.fr,
            code=edition.code,
        )
    keep_the_first(session, cycle)
    return cycle


def _dated(
    template: EditionTemplate, year: int, where: Territory, zone: str, wanted: str
) -> CycleCalendar:
    known = {rules.code: rules for rules in template.calendars}
    if wanted and wanted not in known:
        raise Mistake(
            N_("Ce modèle n'a pas de calendrier « %(code)s » ; il propose : %(known)s."),
            code=wanted,
            known=", ".join(known),
        )
    rules = known.get(wanted or where.level, template.calendar)
    return calendar_of(rules, year, zone)


def _check(dates: CycleCalendar) -> None:
    try:
        check_calendar(dates)
    except Refusal as refusal:
        raise Mistake(refusal.sentence, **refusal.facts) from refusal


def _edition_code(read: EditionTemplate, year: int) -> str:
    """The year for the trophies themselves; other awards say their name too."""
    return str(year) if read.code == MAIN else f"{read.code}-{year}"


def _shipped(path: Path) -> ShippedTemplate:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    read = edition_from(document)
    return ShippedTemplate(read.code, read.version, read.name, document)


def _as_json(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with JSON's types only, which is what its column and its fingerprint know."""
    try:
        return json.loads(json.dumps(document))
    except (TypeError, ValueError, RecursionError) as error:
        raise TemplateError(WHOLE, "texts, numbers and lists are expected") from error
