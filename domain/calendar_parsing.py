"""Read the calendars of a template."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar_rules import CalendarRules, DateRule, FixedDay, NthWeekday, Periods, Shift
from domain.template_reading import Node

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
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def calendar_from(node: Node) -> CalendarRules:
    """A calendar: eight dates, and the periods that people have."""
    node.expect("code", "zone", "periods", *STEPS)
    zone = node.at("zone")
    return CalendarRules(
        code=node.at("code").text(),
        opens_at=date_from(node.at("opens_at")),
        closes_at=date_from(node.at("closes_at")),
        screening_until=date_from(node.at("screening_until")),
        evaluation_from=date_from(node.at("evaluation_from")),
        evaluation_until=date_from(node.at("evaluation_until")),
        deliberation_until=date_from(node.at("deliberation_until")),
        publishes_at=date_from(node.at("publishes_at")),
        ends_at=date_from(node.at("ends_at")),
        periods=_periods(node.at("periods")),
        zone=zone_from(zone),
    )


def zone_from(node: Node) -> str:
    """A time zone that the machine knows."""
    try:
        return ZoneInfo(node.text()).key
    except (KeyError, ValueError):
        return node.fail(f"unknown time zone “{node.text()}”")


def date_from(node: Node) -> DateRule:
    """A civil date: a day or a weekday of a month, at an hour."""
    node.expect("month", "day", "weekday", "nth", "at", "shift", "years_later")
    shift, later = node.maybe("shift"), node.maybe("years_later")
    rule = DateRule(
        on=_day(node),
        at=_hour(node.at("at")),
        shift=shift.one_of(Shift) if shift else Shift.STAY,
        years_later=later.whole() if later else 0,
    )
    try:
        rule.day_in(2027)
    except ValueError:
        node.fail("no such day")
    return rule


def _day(node: Node) -> FixedDay | NthWeekday:
    month = node.at("month").whole()
    if node.maybe("day"):
        return FixedDay(month, node.at("day").whole())
    weekday = node.at("weekday")
    if weekday.text() not in WEEKDAYS:
        weekday.fail(f"unknown weekday “{weekday.text()}”")
    return NthWeekday(month, WEEKDAYS.index(weekday.text()), node.at("nth").whole())


def _hour(node: Node) -> time:
    try:
        return time.fromisoformat(node.text())
    except ValueError:
        return node.fail("an hour is expected, between quotes, as in “18:00”")


def _periods(node: Node) -> Periods:
    node.expect(
        "tolerance_minutes",
        "draft_reminders_days_before",
        "complements_days",
        "invitation_expires_days",
        "invitation_reminders_days_after",
        "juror_reminders_days_before",
    )
    return Periods(
        tolerance=timedelta(minutes=_positive(node.at("tolerance_minutes"))),
        draft_reminders_before=_each_in_days(node.at("draft_reminders_days_before")),
        complements_within=_days(node.at("complements_days")),
        invitation_expires_after=_days(node.at("invitation_expires_days")),
        invitation_reminders_after=_each_in_days(node.at("invitation_reminders_days_after")),
        juror_reminders_before=_each_in_days(node.at("juror_reminders_days_before")),
    )


def _each_in_days(node: Node) -> tuple[timedelta, ...]:
    return tuple(_days(item) for item in node.each())


def _days(node: Node) -> timedelta:
    return timedelta(days=_positive(node))


def _positive(node: Node) -> int:
    number = node.whole()
    return number if number >= 0 else node.fail("a period cannot be negative")
