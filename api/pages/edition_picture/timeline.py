"""The timeline of an edition: where each bar is drawn, on one scale for all territories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.calendar import CycleCalendar
from domain.refusals import N_
from storage.reads.organiser.edition_picture import PicturedCycle

PARIS = ZoneInfo("Europe/Paris")
WIDTH, NAMES, ROW, BAR, TOP = 1000, 210, 30, 16, 28
# The name of the class of a bar, its words, and the dates between which it is drawn.
STAGES = (
    ("call", N_("Candidatures"), "opens_at", "closes_at"),
    ("screening", N_("Recevabilité"), "closes_at", "screening_until"),
    ("evaluation", N_("Évaluation"), "evaluation_from", "evaluation_until"),
    ("deliberation", N_("Délibération"), "evaluation_until", "deliberation_until"),
    ("embargo", N_("Embargo"), "deliberation_until", "publishes_at"),
    ("feedback", N_("Palmarès publié"), "publishes_at", "ends_at"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One phase of one territory."""

    stage: str
    label: str
    x: float
    width: float
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One territory; without bars for who may only know its phase."""

    cycle: PicturedCycle
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month."""

    x: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing; ``today`` is None when it lies outside."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    height: int


@dataclass(frozen=True, slots=True)
class Scale:
    """From instants to places on the drawing."""

    start: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        """Where an instant is drawn."""
        part = (moment - self.start) / max(self.end - self.start, self.end.resolution)
        return round(NAMES + part * (WIDTH - NAMES), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """The months that begin inside, no more than a dozen of them."""
        first = self.start.astimezone(PARIS)
        months = range(first.year * 12 + first.month, self._last_month() + 1)
        step = len(months) // 13 + 1
        days = (datetime(month // 12, month % 12 + 1, 1, tzinfo=PARIS) for month in months[::step])
        return tuple(Tick(self.x(day), day) for day in days if self.start <= day <= self.end)

    def _last_month(self) -> int:
        last = self.end.astimezone(PARIS)
        return last.year * 12 + last.month


def timeline(cycles: Sequence[PicturedCycle], now: datetime) -> Timeline | None:
    """The drawing of what the reader may see in detail; nothing when there is nothing to draw."""
    dates = [each.calendar for each in cycles if each.progress is not None]
    if not dates:
        return None
    scale = Scale(min(each.opens_at for each in dates), max(each.ends_at for each in dates))
    return Timeline(
        lines=tuple(
            Line(cycle, TOP + place * ROW, _bars(cycle.calendar, scale) if cycle.progress else ())
            for place, cycle in enumerate(cycles)
        ),
        ticks=scale.ticks(),
        today=scale.x(now) if scale.start <= now <= scale.end else None,
        height=TOP + len(cycles) * ROW + 8,
    )


def _bars(calendar: CycleCalendar, scale: Scale) -> tuple[Bar, ...]:
    return tuple(_bar(stage, calendar, scale) for stage in STAGES)


def _bar(stage: tuple[str, str, str, str], calendar: CycleCalendar, scale: Scale) -> Bar:
    code, label, begins, ends = stage
    start, end = getattr(calendar, begins), getattr(calendar, ends)
    left, right = scale.x(start), scale.x(end)
    return Bar(code, label, left, round(max(right - left, 1.5), 1), start, end)
