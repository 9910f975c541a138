"""Who the public may see among those who signed, and for how long after they left."""

from datetime import date

from domain.charter.dates import months_after
from domain.charter.periods import CharterPeriods
from domain.charter.states import LIVING, State

# In the directory while they live; those who left, for the periods of the published rules.
SHOWN = LIVING | {State.CEASED}
LEFT = frozenset({State.REMOVED, State.WITHDRAWN})
# What is left of the others: one in a count.
COUNTED = frozenset({State.REMOVED, State.WITHDRAWN, State.FORMER})


def is_displayed(state: State, ended_on: date | None, periods: CharterPeriods, today: date) -> bool:
    """Whether the directory names a company in that state, that day."""
    if state in SHOWN:
        return True
    if state not in LEFT or ended_on is None:
        return False
    return today < displayed_until(state, ended_on, periods)


def displayed_until(state: State, ended_on: date, periods: CharterPeriods) -> date:
    """The first day on which a company that left is no longer named."""
    removed = state is State.REMOVED
    months = periods.display_removed_months if removed else periods.display_withdrawn_months
    return months_after(ended_on, months)
