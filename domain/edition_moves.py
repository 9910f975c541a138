"""Dates of an edition that move as one: what becomes of the calendar of each of its cycles."""

from dataclasses import replace
from typing import Any

from domain.calendar import CycleCalendar
from domain.calendar_moves import DATES, Move, movable
from domain.edition_plan import EditionFrame, check_in_frame, in_zone
from domain.levels import Level
from domain.phases import Phase


def moved_with(
    calendar: CycleCalendar,
    phase: Phase,
    level: Level,
    zone: str,
    frames: tuple[EditionFrame, EditionFrame],
) -> CycleCalendar:
    """The calendar of a cycle once the frame went from the first to the second.

    A territory moves with the dates that it shares with the edition and keeps its own; the final
    takes every date that changes. What the phase holds already stays.
    """
    old, new = (_edges(frame, level, zone) for frame in frames)
    dates: dict[str, Any] = {
        name: getattr(new, name)
        for name in movable(phase)
        if getattr(old, name) != getattr(new, name)
        and (level is Level.NATIONAL or getattr(calendar, name) == getattr(old, name))
    }
    return replace(calendar, **dates)


def changes_of(before: CycleCalendar, after: CycleCalendar) -> tuple[str, ...]:
    """The dates that differ between two calendars, in their order."""
    return tuple(name for name in DATES if getattr(before, name) != getattr(after, name))


def check_stays_in_frame(move: Move, frame: EditionFrame, zone: str) -> None:
    """Refuse a territory's date that moves out of the frame of its edition; one that stays is left."""
    check_in_frame(move.after, frame, zone, [each.name for each in move.dates])


def _edges(frame: EditionFrame, level: Level, zone: str) -> CycleCalendar:
    return frame.national if level is Level.NATIONAL else in_zone(frame.territorial, zone)
