"""What the calendar will do to an adherence in the weeks to come, if nobody does anything."""

from collections.abc import Callable, Iterator
from datetime import datetime

from domain.charter import moves
from domain.charter.periods import CharterPeriods
from domain.charter.situation import Situation
from domain.charter.states import ENDED, State
from domain.charter.timetable import MOVES, Due, Timer, next_due

Move = Callable[[Situation, Due, datetime, CharterPeriods], Situation]

# The look at the public register is nobody's business until it finds something.
UNSEEN = frozenset({Timer.CHECK_REGISTRY})

_MOVES: dict[Timer, Move] = {
    Timer.OPEN_WINDOW: lambda now, due, at, periods: moves.window_opened(
        now, due.number, at, periods
    ),
    Timer.TAKE_AS_DECLARED: lambda now, _due, at, _periods: moves.report_accepted(now, at),
    Timer.MISS: lambda now, _due, at, _periods: moves.missed(now, at),
    Timer.REMOVE: lambda now, _due, at, _periods: moves.put(now, State.REMOVED, at),
    Timer.REACH_TERM: lambda now, _due, at, _periods: moves.term_reached(now, at),
    Timer.END_GRACE: lambda now, _due, at, _periods: moves.put(now, State.FORMER, at),
    Timer.END_CESSATION: lambda now, _due, at, _periods: moves.put(now, State.FORMER, at),
    Timer.EXPIRE: lambda now, _due, at, _periods: moves.put(now, State.ABANDONED, at),
}


def outlook(
    situation: Situation, periods: CharterPeriods, now: datetime, until: datetime
) -> Iterator[Due]:
    """Every date from now on, in order, those that the ones before them bring included.

    A move that is late is said at the date that it had: it happens at any moment.
    """
    last, done = Due(now, Timer.OPEN_WINDOW, -1), frozenset[Due]()
    while situation.state not in ENDED:
        due = next_due(situation, periods, last, done)
        if due is None or due.at > until:
            return
        if due.what not in UNSEEN:
            yield due
        if due.what in MOVES:
            situation = _MOVES[due.what](situation, due, max(due.at, now), periods)
        done |= {due}
        last = max(last, due, key=lambda each: each.place)
