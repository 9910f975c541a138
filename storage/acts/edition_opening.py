"""An edition is prepared from its template, and opens once its organiser confirms it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar, calendar_of
from domain.edition import EditionTemplate
from domain.edition_plan import (
    PARIS,
    EditionFrame,
    PlannedTerritory,
    check_frame,
    check_in_frame,
    check_quorum,
    check_territories,
    dates_of,
    quorum_of,
)
from domain.editions import EditionPhase
from domain.judging import QUORUM_PERCENT
from domain.levels import NATIONAL, Level
from domain.mistakes import Mistake
from domain.refusals import N_, Refusal
from storage.acts.calendars import keep_the_first
from storage.edition_plans import LedEdition, keep, led
from storage.editions import create_edition
from storage.journal import write_line
from storage.tables.cycles import Cycle, Edition
from storage.templates import calendar_document, template_by_id
from storage.territories import departments_by_place, regions


async def prepare_edition(
    session: AsyncSession, document: Mapping[str, Any], year: int, *, code: str = "", name: str = ""
) -> Edition:
    """Write down next year's edition, with every territory and every date; it waits to be confirmed."""
    edition = await create_edition(session, document, year, code=code, name=name)
    template = await template_by_id(session, edition.template_id)
    territories = tuple(
        PlannedTerritory(each.code, each.name.fr, each.zone, (each.code,)) for each in regions()
    )
    frame = frame_of(template, year)
    percent = template.national.quorum_percent if template.national else QUORUM_PERCENT
    edition.phase = EditionPhase.PREPARED
    keep(
        edition,
        LedEdition(
            territories, frame, quorum_of(len(territories), percent), frame.national.opens_at
        ),
    )
    write_line(
        session, subject=f"edition:{edition.id}", act="prepare_edition", after=EditionPhase.PREPARED
    )
    await session.flush()
    return edition


def frame_of(template: EditionTemplate, year: int) -> EditionFrame:
    """The dates of the template for that year, territorial and national."""
    known = {rules.code: rules for rules in template.calendars}
    if not {Level.TERRITORIAL, Level.NATIONAL} <= known.keys():
        raise Mistake(
            N_("Ce modèle n'a qu'un niveau : il lui faut un calendrier territorial et un national.")
        )
    return EditionFrame(
        calendar_of(known[Level.TERRITORIAL], year, PARIS),
        calendar_of(known[Level.NATIONAL], year, PARIS),
    )


def check_plan(plan: LedEdition, now: datetime) -> None:
    """Refuse a plan that could not be held: its places, its frame, its dates, its quorum."""
    check_territories(plan.territories, departments_by_place())
    check_frame(plan.frame)
    check_quorum(plan.quorum, len(plan.territories))
    for each in plan.territories:
        dates = dates_of(each, plan.frame)
        check_in_frame(dates, plan.frame, each.zone)
        if dates.closes_at <= now:
            raise Refusal(
                N_("La clôture de %(name)s, le %(closes_at)s, est déjà passée."),
                name=each.name,
                closes_at=dates.closes_at,
            )


async def open_cycles(session: AsyncSession, edition: Edition, now: datetime) -> None:
    """Write down the cycle of each territory, and that of the final; each once."""
    plan = led(edition)
    check_plan(plan, now)
    rows = [
        _row(edition, each.code, Level.TERRITORIAL, dates_of(each, plan.frame))
        | {"name": each.name, "zone": each.zone, "parts": list(each.places)}
        for each in plan.territories
    ]
    final = _row(edition, NATIONAL, Level.NATIONAL, plan.frame.national)
    rows.append(final | {"name": "National", "zone": PARIS, "parts": []})
    opened = await session.scalars(insert(Cycle).on_conflict_do_nothing().returning(Cycle), rows)
    for cycle in opened.all():
        keep_the_first(session, cycle)


async def cycles_of(session: AsyncSession, edition: Edition) -> list[Cycle]:
    """Every cycle of an edition, by code."""
    rows = await session.scalars(
        select(Cycle).where(col(Cycle.edition_id) == edition.id).order_by(col(Cycle.code))
    )
    return list(rows)


def _row(
    edition: Edition, territory: str, level: Level, calendar: CycleCalendar
) -> dict[str, object]:
    return {
        "code": f"{edition.code}:{territory}",
        "edition_id": edition.id,
        "template_id": edition.template_id,
        "level": level,
        "territory": territory,
        "calendar": calendar_document(calendar),
    }
