"""Periods of a template fitted to dates that somebody chose: what makes no sense is made shorter."""

from dataclasses import replace

from domain.calendar import CycleCalendar

TOLERATED_PART = 30


def fitted(calendar: CycleCalendar) -> CycleCalendar:
    """The same dates, with a tolerance and reminders that a short call can hold.

    A tolerance longer than half of the call becomes one thirtieth of it; when every reminder would
    come before the opening, there is one after a third of the call. Others keep what they have.
    """
    call = calendar.closes_at - calendar.opens_at
    tolerance, reminders = calendar.tolerance, calendar.draft_reminders_before
    if tolerance > call / 2:
        tolerance = call / TOLERATED_PART
    if reminders and min(reminders) >= call:
        reminders = (call * 2 / 3,)
    return replace(calendar, tolerance=tolerance, draft_reminders_before=reminders)
