"""More time for one company: within what frame, and what its own dates are while it runs."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.calendar_moves import NOTICE
from domain.phases import Phase
from domain.refusals import N_, Refusal

# The phases in which a company that has more time may still write: others are over the same file.
RUNS_IN = frozenset({Phase.SCREENING, Phase.EVALUATION})

PAST = N_("Cette date est déjà passée : donnez un instant à venir.")
NOT_LONGER = N_(
    "Cette date ne donne pas de délai : les candidatures sont closes le %(closes_at)s. Donnez un "
    "instant plus tardif."
)
BEYOND = N_(
    "L’évaluation commence le %(evaluation_from)s : un dossier reçu après ne serait plus examiné à "
    "temps. Donnez un instant qui ne la dépasse pas."
)
JUDGED = N_("L’évaluation a commencé : aucun délai ne peut plus être accordé.")
NOT_OPEN = N_("Les candidatures ne sont pas encore ouvertes : il n’y a rien à prolonger.")
OVER = N_("Ce cycle est terminé : il n’y a plus rien à prolonger.")
THE_SAME = N_("Cette structure a déjà ce délai : rien ne change.")
NONE_RUNS = N_("Aucun délai ne court pour ce dossier : il n’y a rien à retirer.")
CUT_SHORT = N_(
    "Il resterait à cette structure moins de sept jours pour écrire. Laissez-lui sept jours, ou cochez "
    "« Raccourcir quand même » : elle en est avertie tout de suite."
)


def closing_for(calendar: CycleCalendar, extended_until: datetime | None) -> datetime:
    """When the call closes for one company: the later of both, never after the evaluation."""
    if extended_until is None:
        return calendar.closes_at
    return max(calendar.closes_at, min(extended_until, calendar.evaluation_until))


def calendar_for(calendar: CycleCalendar, extended_until: datetime | None) -> CycleCalendar:
    """The dates of one company; those of the cycle when it has no time of its own."""
    closes_at = closing_for(calendar, extended_until)
    return calendar if closes_at == calendar.closes_at else replace(calendar, closes_at=closes_at)


def is_running(calendar: CycleCalendar, extended_until: datetime | None, now: datetime) -> bool:
    """Whether a company has time that the others have not, and some of it is left."""
    closes_at = closing_for(calendar, extended_until)
    return closes_at > calendar.closes_at and now <= closes_at


def phase_for(
    phase: Phase, calendar: CycleCalendar, extended_until: datetime | None, now: datetime
) -> Phase:
    """The phase as a company lives it: the call goes on while its own time does."""
    in_hand = now - calendar.tolerance
    is_longer = phase in RUNS_IN and is_running(calendar, extended_until, in_hand)
    return Phase.OPEN if is_longer else phase


@dataclass(frozen=True, slots=True)
class Extending:
    """An organiser wants to change the closing of one company."""

    calendar: CycleCalendar
    phase: Phase
    at: datetime
    until: datetime
    earlier: datetime | None = None
    is_forced: bool = False

    @property
    def cuts_short(self) -> bool:
        """Whether somebody who writes would have less time than before, and less than a week."""
        is_shorter = self.until < closing_for(self.calendar, self.earlier)
        return is_shorter and self.until - self.at < NOTICE


def check_phase(phase: Phase, calendar: CycleCalendar, at: datetime) -> None:
    """Refuse more time before the call, and from the start of the evaluation on."""
    if phase is Phase.PREPARED:
        raise Refusal(NOT_OPEN)
    if phase is Phase.CANCELLED:
        raise Refusal(OVER)
    if phase not in {Phase.OPEN, Phase.SCREENING} or at >= calendar.evaluation_from:
        raise Refusal(JUDGED)


def check_extension(asked: Extending) -> None:
    """Refuse a closing of one's own that is past, that gives nothing, or that nobody could screen."""
    check_phase(asked.phase, asked.calendar, asked.at)
    if asked.until <= asked.at:
        raise Refusal(PAST)
    if asked.until <= asked.calendar.closes_at:
        raise Refusal(NOT_LONGER, closes_at=asked.calendar.closes_at)
    if asked.until > asked.calendar.evaluation_from:
        raise Refusal(BEYOND, evaluation_from=asked.calendar.evaluation_from)
    if asked.until == asked.earlier:
        raise Refusal(THE_SAME)
    if asked.cuts_short and not asked.is_forced:
        raise Refusal(CUT_SHORT)


def ended_at(
    calendar: CycleCalendar,
    extended_until: datetime | None,
    at: datetime,
    *,
    is_forced: bool = False,
) -> datetime | None:
    """What is left of an extension that is taken back: nothing, or this very instant.

    Once the call has closed for all, what arrived before it was taken back was in time.
    """
    if not is_running(calendar, extended_until, at):
        raise Refusal(NONE_RUNS)
    left = max(calendar.closes_at, at)
    if left - at < NOTICE and not is_forced:
        raise Refusal(CUT_SHORT)
    return at if at > calendar.closes_at else None
