"""The days to come for who signs the charter today, by its own calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.charter.dates import first_window, removal_day
from domain.charter.parsing import charter_from
from domain.charter.wording import day_in_words
from domain.civil import next_working_day
from storage.charters import shipped_charters

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Coming:
    """The first window of a signatory: when it is answered in time, missed, late, or never."""

    year: int
    reminders: int
    notices: int
    in_time: date
    missed: date
    late: date
    removed: date

    @property
    def after_removal(self) -> date:
        """When all is over for who said nothing."""
        return self.removed + A_DAY

    @property
    def removed_in_words(self) -> str:
        """What the public reads from that day."""
        return f"radiée le {day_in_words(self.removed).fr}"


def coming_from(today: date) -> Coming:
    """The calendar of the version in force, for an adherence accepted today."""
    periods = charter_from(shipped_charters()[-1]).periods
    year = first_window(today, periods)
    opens = date(year, *periods.window.opens)
    closed = next_working_day(date(year, *periods.window.closes))
    missed = closed + A_DAY
    formal = next_working_day(missed + timedelta(days=periods.formal_notice_days))
    return Coming(
        year=year,
        reminders=len(periods.window.reminders),
        notices=len(periods.missed_notices_days),
        in_time=opens + A_WEEK,
        missed=next_working_day(missed),
        late=formal + A_WEEK,
        removed=next_working_day(removal_day(missed, periods)),
    )
