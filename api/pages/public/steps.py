"""The dates of a calendar, in their order, with the words that name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.calendar import CycleCalendar
from domain.phases import Phase
from domain.refusals import N_
from storage.reads.public import PublicCycle


@dataclass(frozen=True, slots=True)
class Step:
    """One date of a cycle; ``label`` is French."""

    name: str
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ComingDate:
    """The next date of a cycle that the public may wait for."""

    cycle: PublicCycle
    label: str
    at: datetime


NAMES = {
    "opens_at": N_("Ouverture des candidatures"),
    "closes_at": N_("Clôture des candidatures"),
    "screening_until": N_("Fin de l'examen de recevabilité"),
    "evaluation_from": N_("Début de l'évaluation par le jury"),
    "evaluation_until": N_("Fin de l'évaluation par le jury"),
    "deliberation_until": N_("Fin de la délibération"),
    "publishes_at": N_("Levée de l'embargo et publication du palmarès"),
    "ends_at": N_("Fin du cycle"),
}
# What the public waits for in each phase.
_NEXT = {
    Phase.PREPARED: "opens_at",
    Phase.OPEN: "closes_at",
    Phase.SCREENING: "publishes_at",
    Phase.EVALUATION: "publishes_at",
    Phase.DELIBERATION: "publishes_at",
    Phase.DECIDED: "publishes_at",
}


def steps_of(calendar: CycleCalendar) -> tuple[Step, ...]:
    """Every date of a calendar."""
    return tuple(Step(name, label, getattr(calendar, name)) for name, label in NAMES.items())


def coming_dates(cycles: Iterable[PublicCycle], now: datetime, most: int) -> tuple[ComingDate, ...]:
    """The next date of each cycle, the nearest first; what is past is not announced."""
    coming = (
        ComingDate(cycle, NAMES[name], getattr(cycle.calendar, name))
        for cycle in cycles
        if (name := _NEXT.get(cycle.phase)) is not None
    )
    return tuple(sorted((each for each in coming if each.at > now), key=lambda each: each.at))[
        :most
    ]
