"""How long everybody has under a version of the charter: read from its document, never from code."""

from dataclasses import dataclass
from datetime import date, time

from domain.template_reading import Node

Day = tuple[int, int]  # month and day, every year
NOT_A_LEAP_YEAR = 2027


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks of every year in which the report of the year before is due."""

    opens: Day
    closes: Day
    hour: time
    exempt_if_accepted_after: Day
    reminders: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class CharterPeriods:
    """The periods of a charter, in the unit that each name says."""

    draft_reminders_days: tuple[int, ...]
    draft_expires_days: int
    review_alert_days: int
    review_days: int
    complements_days: int
    complements_reminders_days_before: tuple[int, ...]
    term_months: int
    window: Window
    returned_days: int
    returned_reminders_days_before: tuple[int, ...]
    report_tacit_days: int
    missed_notices_days: tuple[int, ...]
    formal_notice_days: int
    removal_on: Day
    removal_months_after_entry: int
    renewal_months_before: int
    renewal_reminders_months_before: tuple[int, ...]
    grace_days: int
    suspension_months: int
    successor_days: int
    registry_check_months: int
    extension_days_at_most: int
    reply_days: int
    appeal_days: int
    appeal_answer_days: int
    alert_admissibility_days: int
    alert_inquiry_days: int
    alert_remedy_days_at_most: int
    reentry_after_fault_months: int
    reentry_after_refusal_months: int
    display_removed_months: int
    display_withdrawn_months: int
    badge_digital_days: int
    badge_print_days: int
    purge_months: int


_MANY = (
    "draft_reminders_days",
    "complements_reminders_days_before",
    "returned_reminders_days_before",
    "missed_notices_days",
    "renewal_reminders_months_before",
)
_ONE = (
    "draft_expires_days",
    "review_alert_days",
    "review_days",
    "complements_days",
    "term_months",
    "returned_days",
    "report_tacit_days",
    "formal_notice_days",
    "removal_months_after_entry",
    "renewal_months_before",
    "grace_days",
    "suspension_months",
    "successor_days",
    "registry_check_months",
    "extension_days_at_most",
    "reply_days",
    "appeal_days",
    "appeal_answer_days",
    "alert_admissibility_days",
    "alert_inquiry_days",
    "alert_remedy_days_at_most",
    "reentry_after_fault_months",
    "reentry_after_refusal_months",
    "display_removed_months",
    "display_withdrawn_months",
    "badge_digital_days",
    "badge_print_days",
    "purge_months",
)


def periods_from(node: Node) -> CharterPeriods:
    """The periods that a document gives; each must be there, so that none is silently ours."""
    node.expect("window", "removal_on", *_MANY, *_ONE)
    return CharterPeriods(
        window=_window(node.at("window")),
        removal_on=_day(node.at("removal_on")),
        **{name: _whole_list(node.at(name)) for name in _MANY},  # type: ignore[arg-type]
        **{name: _positive(node.at(name)) for name in _ONE},  # type: ignore[arg-type]
    )


def _window(node: Node) -> Window:
    node.expect("opens", "closes", "hour", "exempt_if_accepted_after", "reminders")
    opens, closes = _day(node.at("opens")), _day(node.at("closes"))
    if closes <= opens:
        node.at("closes").fail("the window must close after it opens, in the same year")
    return Window(
        opens=opens,
        closes=closes,
        hour=_hour(node.at("hour")),
        exempt_if_accepted_after=_day(node.at("exempt_if_accepted_after")),
        reminders=tuple(_day(item) for item in node.at("reminders").each()),
    )


def _day(node: Node) -> Day:
    month, _, day = node.text().partition("-")
    if not (month.isascii() and month.isdigit() and day.isascii() and day.isdigit()):
        node.fail("a day of the year is expected, between quotes, as in “04-30”")
    try:
        found = date(NOT_A_LEAP_YEAR, int(month), int(day))
    except ValueError:
        return node.fail("no such day in every year")
    return found.month, found.day


def _hour(node: Node) -> time:
    try:
        return time.fromisoformat(node.text())
    except ValueError:
        return node.fail("an hour is expected, between quotes, as in “18:00”")


def _whole_list(node: Node) -> tuple[int, ...]:
    return tuple(_positive(item) for item in node.each())


def _positive(node: Node) -> int:
    number = node.whole()
    return number if number > 0 else node.fail("a period must be longer than nothing")
