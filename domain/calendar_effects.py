"""What a move of dates does to people, before it is done and when it is done: the same answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.calendar import reminder_instants
from domain.calendar_moves import Move, MovedDate, collisions
from domain.phases import Phase
from domain.refusals import N_, Refusal


class Group(StrEnum):
    """People whom a date concerns in the same way."""

    DRAFTS = "drafts"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    SENT = "sent"
    COMPLEMENTS = "complements"
    ADMITTED = "admitted"
    PARTNERS = "partners"
    INVITED = "invited"
    JURORS = "jurors"
    SCORING = "scoring"
    TOLD = "told"


GROUP_NAMES = {
    Group.DRAFTS: N_("Brouillons"),
    Group.EXTENDED: N_("Brouillons qui ont leur propre délai"),
    Group.LAPSED: N_("Brouillons non envoyés à la clôture"),
    Group.SENT: N_("Candidatures envoyées"),
    Group.COMPLEMENTS: N_("Candidatures à compléter"),
    Group.ADMITTED: N_("Candidatures recevables"),
    Group.PARTNERS: N_("Partenaires qui n’ont pas encore contresigné"),
    Group.INVITED: N_("Jurés invités"),
    Group.JURORS: N_("Jurés qui ont accepté"),
    Group.SCORING: N_("Jurés qui ont des fiches à noter"),
    Group.TOLD: N_("Jurés à qui ces dates ont déjà été écrites"),
}
# The dates that count for each, the first of them that moves says how much time they gain or lose.
CONCERNS: Mapping[Group, tuple[str, ...]] = {
    Group.DRAFTS: ("closes_at", "opens_at"),
    Group.EXTENDED: ("closes_at",),
    Group.LAPSED: ("closes_at",),
    Group.SENT: ("closes_at", "publishes_at"),
    Group.COMPLEMENTS: ("closes_at", "publishes_at"),
    Group.ADMITTED: ("publishes_at",),
    Group.PARTNERS: ("closes_at",),
    Group.INVITED: ("evaluation_until", "evaluation_from"),
    Group.JURORS: ("evaluation_until", "evaluation_from"),
    Group.SCORING: ("evaluation_until", "evaluation_from"),
    Group.TOLD: ("evaluation_until", "evaluation_from"),
}


class Fate(StrEnum):
    """What becomes of a reminder."""

    RETIMED = "retimed"
    CANCELLED = "cancelled"
    AGAIN = "again"


FATE_NAMES = {
    Fate.RETIMED: N_("repoussé ou avancé"),
    Fate.CANCELLED: N_("annulé : son heure serait déjà passée"),
    Fate.AGAIN: N_("déjà parti, repartira pour la nouvelle date"),
}


@dataclass(frozen=True, slots=True)
class Touched:
    """A group, how many they are, and the time that they gain (or lose, when negative)."""

    group: Group
    count: int
    gain: timedelta
    until: datetime


@dataclass(frozen=True, slots=True)
class ReminderMoved:
    """One reminder of the old calendar, its instant in the new one, and what becomes of it."""

    group: Group
    days: float
    before: datetime
    after: datetime
    fate: Fate


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything that a move would do."""

    dates: tuple[MovedDate, ...]
    phase: Phase
    reopens_the_call: bool
    cuts_off: bool
    touched: tuple[Touched, ...]
    reminders: tuple[ReminderMoved, ...]
    collisions: tuple[Refusal, ...]


def effects_of(move: Move, people: Mapping[Group, int]) -> Effects:
    """What the move does; nothing when it moves nothing."""
    return Effects(
        dates=move.dates,
        phase=move.phase_after,
        reopens_the_call=move.reopens_the_call,
        cuts_off=move.cuts_off,
        touched=tuple(_touched(move, people)),
        reminders=(*_of_drafts(move), *_of_jurors(move)),
        collisions=collisions(move.after),
    )


def _touched(move: Move, people: Mapping[Group, int]) -> Iterator[Touched]:
    moved = {each.name: each for each in move.dates}
    for group, names in CONCERNS.items():
        found = next((moved[name] for name in names if name in moved), None)
        # A draft that lapsed gains nothing unless the call opens again.
        is_concerned = group is not Group.LAPSED or move.reopens_the_call
        if found and is_concerned and people.get(group):
            # Whoever was given more time keeps it: the closing of the others is not theirs.
            gain = timedelta() if group is Group.EXTENDED else found.gain
            yield Touched(group, people[group], gain, found.after)


def _of_drafts(move: Move) -> Iterator[ReminderMoved]:
    ahead = move.phase_after in {Phase.PREPARED, Phase.OPEN}
    if ahead and move.before.closes_at != move.after.closes_at:
        periods = move.before.draft_reminders_before
        yield from _moved(move, Group.DRAFTS, periods, move.before.closes_at, move.after.closes_at)


def _of_jurors(move: Move) -> Iterator[ReminderMoved]:
    is_over = move.phase in {Phase.DELIBERATION, Phase.DECIDED, Phase.PUBLISHED}
    if not is_over and move.before.evaluation_until != move.after.evaluation_until:
        periods = move.before.juror_reminders_before
        yield from _moved(
            move,
            Group.SCORING,
            periods,
            move.before.evaluation_until,
            move.after.evaluation_until,
        )


def _moved(
    move: Move, group: Group, periods: tuple[timedelta, ...], old: datetime, new: datetime
) -> Iterator[ReminderMoved]:
    """One line for each reminder that was to come, or that comes again."""
    pairs = zip(reminder_instants(old, periods), reminder_instants(new, periods), strict=True)
    for before, after in pairs:
        was_sent, is_to_come = before <= move.at, after > move.at
        if was_sent and not is_to_come:
            continue
        fate = Fate.AGAIN if was_sent else Fate.RETIMED if is_to_come else Fate.CANCELLED
        yield ReminderMoved(group, (old - before) / timedelta(days=1), before, after, fate)
