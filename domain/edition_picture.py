"""Where each territory of an edition stands: what is left to do, what blocks, who is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import CycleCalendar
from domain.early_end import ends_at
from domain.phases import ENDED, Phase
from domain.refusals import N_
from domain.rules_text.blocks import Said, said

# A cycle moves within seconds of its dates.
LATE = timedelta(minutes=10)
# What is still to do so near the end of a phase holds the next one up.
SOON = timedelta(days=3)


class Situation(StrEnum):
    """How a territory does."""

    LATE = "late"
    BLOCKED = "blocked"
    ON_TIME = "on_time"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"


SITUATIONS = {
    Situation.LATE: N_("En retard"),
    Situation.BLOCKED: N_("Bloqué"),
    Situation.ON_TIME: N_("Dans les temps"),
    Situation.WAITING: N_("Pas encore ouvert"),
    Situation.DONE: N_("Palmarès publié"),
    Situation.CANCELLED: N_("Annulé"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is counted of one cycle."""

    phase: Phase
    calendar: CycleCalendar
    quorum: int
    categories: int
    to_screen: int = 0
    seated: int = 0
    has_chair: bool = False
    open_cards: int = 0
    decided: int = 0
    failed_letters: int = 0

    @property
    def until(self) -> datetime | None:
        """When the phase ends by the calendar; deliberation is due by its last day."""
        if self.phase is Phase.DELIBERATION:
            return self.calendar.deliberation_until
        return ends_at(self.calendar, self.phase)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that somebody has to do, and whether it holds the cycle up."""

    words: Said
    blocks: bool


def is_late(progress: Progress, now: datetime) -> bool:
    """Whether the phase should be over."""
    return progress.until is not None and now > progress.until + LATE


def situation(progress: Progress, now: datetime) -> Situation:
    """How the territory does, the worst first."""
    if progress.phase is Phase.CANCELLED:
        return Situation.CANCELLED
    if progress.phase in {Phase.PUBLISHED, Phase.CLOSED}:
        return Situation.DONE
    if is_late(progress, now):
        return Situation.LATE
    if any(each.blocks for each in hindrances(progress, now)):
        return Situation.BLOCKED
    return Situation.WAITING if progress.phase is Phase.PREPARED else Situation.ON_TIME


def hindrances(progress: Progress, now: datetime) -> tuple[Hindrance, ...]:
    """What is left to do in this phase, what blocks first."""
    if progress.phase in ENDED:
        return ()
    soon = progress.until is not None and now > progress.until - SOON
    found = (*_jury(progress, soon=soon), *_work(progress, soon=soon))
    return tuple(sorted(found, key=lambda each: not each.blocks))


def _jury(progress: Progress, *, soon: bool) -> Iterator[Hindrance]:
    judging = progress.phase in {Phase.EVALUATION, Phase.DELIBERATION}
    gathering = progress.phase in {Phase.PREPARED, Phase.OPEN, Phase.SCREENING}
    blocks = judging or (progress.phase is Phase.SCREENING and soon)
    if (judging or gathering) and not progress.has_chair:
        yield Hindrance(said(N_("le jury n'a pas de présidence")), blocks)
    missing = progress.quorum - progress.seated
    if gathering and missing > 0:
        yield Hindrance(
            said(N_("jurés qui manquent pour le quorum : %(count)s"), count=missing), blocks
        )


def _work(progress: Progress, *, soon: bool) -> Iterator[Hindrance]:
    if progress.phase in {Phase.SCREENING, Phase.EVALUATION} and progress.to_screen:
        yield Hindrance(
            said(N_("dossiers à examiner : %(count)s"), count=progress.to_screen),
            soon or progress.phase is Phase.EVALUATION,
        )
    if progress.phase is Phase.EVALUATION and progress.open_cards:
        yield Hindrance(said(N_("fiches à noter : %(count)s"), count=progress.open_cards), soon)
    undecided = progress.categories - progress.decided
    if progress.phase is Phase.DELIBERATION and undecided > 0:
        yield Hindrance(said(N_("catégories à décider : %(count)s"), count=undecided), soon)
    if progress.failed_letters:
        yield Hindrance(
            said(N_("lettres qui ne sont pas parties : %(count)s"), count=progress.failed_letters),
            blocks=True,
        )
