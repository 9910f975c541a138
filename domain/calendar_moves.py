"""Moving the dates of a cycle: which may move, until when, and where that puts the cycle."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.calendar import CycleCalendar, check_calendar
from domain.early_end import ends_at
from domain.phases import ENDED, ORDER, Phase
from domain.refusals import N_, Refusal

KIND = "move_dates"
DATES = (
    "opens_at",
    "closes_at",
    "screening_until",
    "evaluation_from",
    "evaluation_until",
    "deliberation_until",
    "publishes_at",
    "ends_at",
)
# Less than this, and somebody who is writing is cut off.
NOTICE = timedelta(days=7)
# Once a ranking is frozen nothing that led to it moves any more.
_MOVABLE: Mapping[Phase, tuple[str, ...]] = {
    Phase.PREPARED: DATES,
    Phase.OPEN: DATES[1:],
    Phase.SCREENING: DATES[1:],
    Phase.EVALUATION: DATES[1:],
    Phase.DELIBERATION: DATES[5:],
    Phase.DECIDED: DATES[6:],
    Phase.PUBLISHED: DATES[7:],
}
_FIXED = {
    Phase.DELIBERATION: N_(
        "Le classement est arrêté : seules la fin de la délibération, la publication et la fin du "
        "cycle peuvent encore bouger."
    ),
    Phase.DECIDED: N_(
        "Le procès-verbal est signé : seules la publication et la fin du cycle peuvent encore bouger."
    ),
    Phase.PUBLISHED: N_("Le palmarès est publié : seule la fin du cycle peut encore bouger."),
}
OPENED_ALREADY = N_("Les candidatures ont déjà ouvert : la date d’ouverture ne bouge plus.")
CUT_OFF = N_(
    "Des candidatures sont en cours d’écriture et il leur resterait moins de sept jours. Laissez-leur "
    "sept jours, ou cochez « Raccourcir quand même » : leurs auteurs seront prévenus tout de suite."
)
OUT_OF_DATE = N_(
    "Le calendrier a été changé pendant que vous prépariez ce déplacement. Relisez les dates en "
    "vigueur et recommencez."
)
# Each date, the one that it follows, and the sentence that says so with both.
_FOLLOWS = (
    (
        "opens_at",
        "closes_at",
        N_("La clôture (%(later)s) doit venir après l’ouverture (%(earlier)s)."),
    ),
    (
        "closes_at",
        "screening_until",
        N_("La fin de la recevabilité (%(later)s) ne peut pas précéder la clôture (%(earlier)s)."),
    ),
    (
        "screening_until",
        "evaluation_from",
        N_(
            "Le début de l’évaluation (%(later)s) ne peut pas précéder la fin de la recevabilité (%(earlier)s)."
        ),
    ),
    (
        "evaluation_from",
        "evaluation_until",
        N_("La fin de l’évaluation (%(later)s) doit venir après son début (%(earlier)s)."),
    ),
    (
        "evaluation_until",
        "deliberation_until",
        N_(
            "La fin de la délibération (%(later)s) ne peut pas précéder la fin de l’évaluation (%(earlier)s)."
        ),
    ),
    (
        "deliberation_until",
        "publishes_at",
        N_(
            "La publication (%(later)s) ne peut pas précéder la fin de la délibération (%(earlier)s)."
        ),
    ),
    (
        "publishes_at",
        "ends_at",
        N_("La fin du cycle (%(later)s) ne peut pas précéder la publication (%(earlier)s)."),
    ),
)
_STRICTLY = frozenset({"closes_at", "evaluation_until"})


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One date that moves."""

    name: str
    before: datetime
    after: datetime

    @property
    def gain(self) -> timedelta:
        """The time that it gives; negative when it takes some."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """What an organiser wants to do to a calendar, and where the cycle stands when it arrives."""

    before: CycleCalendar
    after: CycleCalendar
    phase: Phase
    at: datetime
    drafts: int = 0
    is_forced: bool = False

    @property
    def dates(self) -> tuple[MovedDate, ...]:
        """The dates that differ, in the order of the calendar."""
        pairs = ((name, getattr(self.before, name), getattr(self.after, name)) for name in DATES)
        return tuple(MovedDate(*each) for each in pairs if each[1] != each[2])

    @property
    def phase_after(self) -> Phase:
        """The phase in which the move leaves the cycle: an earlier one when its end is to come again."""
        if self.phase not in {Phase.SCREENING, Phase.EVALUATION}:
            return self.phase
        for earlier in (Phase.OPEN, Phase.SCREENING):
            end = ends_at(self.after, earlier)
            if ORDER.index(earlier) < ORDER.index(self.phase) and end and end > self.at:
                return earlier
        return self.phase

    @property
    def reopens_the_call(self) -> bool:
        """Whether a call that had closed takes applications again."""
        return self.phase is not Phase.OPEN and self.phase_after is Phase.OPEN

    @property
    def cuts_off(self) -> bool:
        """Whether somebody who is writing would have less than a week left, and less than before."""
        is_shorter = self.after.closes_at < self.before.closes_at
        has_a_week = self.after.closes_at - self.at >= NOTICE
        return bool(self.drafts) and self.phase is Phase.OPEN and is_shorter and not has_a_week


def movable(phase: Phase) -> tuple[str, ...]:
    """The dates that may still move in a phase."""
    return _MOVABLE.get(phase, ())


def with_dates(calendar: CycleCalendar, dates: Mapping[str, datetime]) -> CycleCalendar:
    """The same calendar with those dates; its periods stay."""
    kept = {name: getattr(calendar, name) for name in DATES}
    return replace(calendar, **(kept | {name: dates[name] for name in DATES if name in dates}))


def check_move(move: Move) -> None:
    """Refuse a move that changes nothing, goes back in time, breaks the order or cuts people off."""
    if move.phase in ENDED:
        raise Refusal(N_("Ce cycle est terminé : ses dates ne bougent plus."))
    if not move.dates:
        raise Refusal(N_("Aucune date ne change : il n’y a rien à déplacer."))
    for moved in move.dates:
        if moved.name not in movable(move.phase):
            raise Refusal(_FIXED.get(move.phase, OPENED_ALREADY))
    check_calendar(move.after)
    if any(moved.after <= move.at for moved in move.dates):
        raise Refusal(
            N_(
                "Une date ne se déplace que vers l’avenir. Pour terminer tout de suite la phase en "
                "cours, utilisez « Clore la phase »."
            )
        )
    if move.cuts_off and not move.is_forced:
        raise Refusal(CUT_OFF)


def collisions(calendar: CycleCalendar) -> tuple[Refusal, ...]:
    """Every date that would come before the one that it follows, each with both."""
    return tuple(
        Refusal(sentence, earlier=getattr(calendar, first), later=getattr(calendar, second))
        for first, second, sentence in _FOLLOWS
        if _collide(getattr(calendar, first), getattr(calendar, second), second)
    )


def _collide(first: datetime, second: datetime, name: str) -> bool:
    return second <= first if name in _STRICTLY else second < first
