"""What an organiser confirms before an edition opens: its territories, and the frame of their dates."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import CycleCalendar, check_calendar
from domain.calendar_gaps import check_gap
from domain.mistakes import Mistake
from domain.refusals import N_, Refusal

PARIS = "Europe/Paris"
DAY = timedelta(days=1)
STEPS = (
    "opens_at",
    "closes_at",
    "screening_until",
    "evaluation_from",
    "evaluation_until",
    "deliberation_until",
    "publishes_at",
    "ends_at",
)
# Before the first opening; the organiser hears once at the preparation too.
CONFIRMATION_REMINDERS = (30 * DAY, 10 * DAY, 3 * DAY)

Places = Mapping[str, frozenset[str]]
Move = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True)
class PlannedTerritory:
    """A territory of an edition: one region or département, or several under a code of their own."""

    code: str
    name: str
    zone: str = PARIS
    parts: tuple[str, ...] = ()
    calendar: CycleCalendar | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The regions and départements that it is made of."""
        return self.parts or (self.code,)


@dataclass(frozen=True, slots=True)
class EditionFrame:
    """The dates between which every territory keeps, and those of the final, in Paris."""

    territorial: CycleCalendar
    national: CycleCalendar


def in_zone(calendar: CycleCalendar, zone: str) -> CycleCalendar:
    """The same days and hours on the clock of another place: 18:00 stays 18:00."""
    return _with_each(
        calendar, lambda at: _civil(at).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    )


def dates_of(territory: PlannedTerritory, frame: EditionFrame) -> CycleCalendar:
    """The dates of a territory: its own, or those of the frame on its own clock."""
    return territory.calendar or in_zone(frame.territorial, territory.zone)


def check_frame(frame: EditionFrame) -> None:
    """Refuse a frame whose steps cross, or whose final would open while territories deliberate."""
    check_calendar(frame.territorial)
    check_calendar(frame.national)
    if frame.national.opens_at < frame.territorial.deliberation_until:
        raise Refusal(
            N_(
                "La finale ne peut pas s'ouvrir le %(opens_at)s : les jurys des territoires "
                "délibèrent jusqu'au %(deliberation_until)s."
            ),
            opens_at=frame.national.opens_at,
            deliberation_until=frame.territorial.deliberation_until,
        )
    check_gap(frame.territorial.publishes_at, frame.national.opens_at)


def check_in_frame(
    calendar: CycleCalendar,
    frame: EditionFrame,
    zone: str,
    steps: Collection[str] = STEPS,
) -> None:
    """Refuse dates of a territory that leave the frame of the edition: by how much, and which two hold."""
    check_calendar(calendar)
    edges = in_zone(frame.territorial, zone)
    for step in steps:
        last = edges.ends_at if step == "ends_at" else edges.publishes_at
        wanted: datetime = getattr(calendar, step)
        excess = max(edges.opens_at - wanted, wanted - last)
        if excess > timedelta():
            raise Refusal(
                N_(
                    "Le %(wanted)s sort du cadre de l'édition, de %(days)s j : choisissez une date "
                    "entre le %(first)s et le %(last)s."
                ),
                wanted=wanted,
                days=-(-excess // DAY),
                first=edges.opens_at,
                last=last,
            )


def check_territories(territories: Collection[PlannedTerritory], places: Places) -> None:
    """Refuse none, a place that nobody knows, and a place that two territories would share."""
    if not territories:
        raise Mistake(N_("Gardez au moins un territoire."))
    held: dict[str, str] = {}
    codes: set[str] = set()
    for each in territories:
        if each.code in codes:
            raise Mistake(N_("Deux territoires portent le code %(code)s."), code=each.code)
        codes.add(each.code)
        for part in each.places:
            for department in sorted(_departments(part, places)):
                if department in held:
                    raise Mistake(
                        N_("%(place)s est à la fois dans %(one)s et dans %(other)s."),
                        place=department,
                        one=held[department],
                        other=each.name,
                    )
                held[department] = each.name


def quorum_of(count: int, percent: int) -> int:
    """How many of so many territories make that part of them, the last fraction counting whole."""
    return max(1, -(-count * percent // 100))


def check_quorum(quorum: int, count: int) -> None:
    """Refuse a quorum that nobody could miss, or reach."""
    if not 1 <= quorum <= count:
        raise Mistake(N_("Le quorum va de 1 à %(count)s territoires."), count=count)


def confirmation_reminders(frame: EditionFrame, prepared_at: datetime) -> tuple[datetime, ...]:
    """When the organiser is asked to confirm: at the preparation, then before the first opening."""
    opens_at = frame.territorial.opens_at
    before = (opens_at - each for each in CONFIRMATION_REMINDERS)
    return tuple(sorted({prepared_at, *(each for each in before if each > prepared_at)}))


def begun_late(calendar: CycleCalendar, at: datetime) -> CycleCalendar:
    """The calendar of a final that begins then: pushed by whole days, so that everybody has their time.

    Within a day of its opening nothing moves. The ceremony stays where it is unless the jury would
    still be deliberating.
    """
    if at < calendar.opens_at + DAY:
        return calendar
    days = -((calendar.opens_at - at) // DAY)
    pushed = _with_each(
        calendar,
        lambda each: (_civil(each) + days * DAY).replace(tzinfo=ZoneInfo(PARIS)).astimezone(UTC),
    )
    publishes_at = max(calendar.publishes_at, pushed.deliberation_until)
    return replace(pushed, publishes_at=publishes_at, ends_at=max(calendar.ends_at, publishes_at))


def _with_each(calendar: CycleCalendar, move: Move) -> CycleCalendar:
    moved: dict[str, Any] = {step: move(getattr(calendar, step)) for step in STEPS}
    return replace(calendar, **moved)


def _civil(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(PARIS)).replace(tzinfo=None)


def _departments(part: str, places: Places) -> frozenset[str]:
    known = places.get(part)
    if known is None:
        raise Mistake(N_("Territoire inconnu : « %(code)s »."), code=part[:40])
    return known
