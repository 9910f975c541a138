"""The public favourite of an edition: where its vote stands, who may change what, and its dates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.refusals import N_, Refusal

# A voice that arrived before the end may still be on its way to its row: it is counted after them.
SETTLING = timedelta(minutes=1)
# What links a voice to a mailbox is erased so long after the count, or after the cancellation.
KEPT = timedelta(days=30)
FEWEST_CANDIDATES = 2


class VotePhase(StrEnum):
    """Where a vote stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class VoteAct(StrEnum):
    """What somebody asks of a vote."""

    OPEN = "open_vote"
    MOVE = "move_vote"
    CANCEL = "cancel_vote"
    INVALIDATE = "invalidate_voices"
    SETTLE = "settle_vote_tie"


class VoteTimer(StrEnum):
    """What the calendar does to a vote."""

    OPEN = "vote_opens"
    LAPSE = "vote_lapses"
    CLOSE = "vote_closes"
    COUNT = "vote_is_counted"
    PUBLISH = "vote_is_published"
    PURGE = "vote_is_purged"


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when one votes, and when the totals are published."""

    opens_at: datetime
    closes_at: datetime
    publishes_at: datetime


@dataclass(frozen=True, slots=True)
class VoteSituation:
    """Where a vote stands: codes and instants only."""

    phase: VotePhase
    opens_at: datetime
    closes_at: datetime
    publishes_at: datetime
    lacks_candidates: bool = False
    is_tied: bool = False
    ended_at: datetime | None = None
    is_purged: bool = False

    @property
    def window(self) -> Window:
        """The dates in force."""
        return Window(self.opens_at, self.closes_at, self.publishes_at)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is awaited."""
        return self.is_purged and self.phase in {VotePhase.PUBLISHED, VotePhase.CANCELLED}


@dataclass(frozen=True, slots=True)
class VoteDue:
    """One thing that the calendar does to a vote."""

    at: datetime
    what: VoteTimer


NAMES = {
    VotePhase.PREPARED: N_("En préparation"),
    VotePhase.OPEN: N_("Ouvert"),
    VotePhase.CLOSED: N_("Clos, dépouillement en cours"),
    VotePhase.COUNTED: N_("Dépouillé, à paraître"),
    VotePhase.PUBLISHED: N_("Résultats publiés"),
    VotePhase.CANCELLED: N_("Annulé"),
}
BEFORE_THE_END = frozenset({VotePhase.PREPARED, VotePhase.OPEN})

ALLOWED: dict[VoteAct, frozenset[VotePhase]] = {
    VoteAct.OPEN: frozenset({VotePhase.PREPARED}),
    VoteAct.MOVE: frozenset(
        {VotePhase.PREPARED, VotePhase.OPEN, VotePhase.CLOSED, VotePhase.COUNTED}
    ),
    VoteAct.CANCEL: frozenset({VotePhase.PREPARED, VotePhase.OPEN, VotePhase.CLOSED}),
    VoteAct.INVALIDATE: frozenset({VotePhase.COUNTED}),
    VoteAct.SETTLE: frozenset({VotePhase.COUNTED}),
}
_REFUSALS = {
    VoteAct.OPEN: N_("Ce vote n'est plus en préparation : il ne peut pas s'ouvrir de nouveau."),
    VoteAct.MOVE: N_("Ce vote est terminé : ses dates ne changent plus."),
    VoteAct.CANCEL: N_("Ce vote est dépouillé ou terminé : il ne peut plus être annulé."),
    VoteAct.INVALIDATE: N_(
        "Des voix s'écartent entre le dépouillement et la publication des résultats, pas avant ni après."
    ),
    VoteAct.SETTLE: N_("Ce vote n'attend pas de départage."),
}


def check_allowed(vote: VoteSituation, act: VoteAct) -> None:
    """Refuse what this phase does not allow."""
    if vote.phase not in ALLOWED[act]:
        raise Refusal(_REFUSALS[act])
    if act is VoteAct.SETTLE and not vote.is_tied:
        raise Refusal(_REFUSALS[act])
    if act is VoteAct.INVALIDATE and vote.is_purged:
        raise Refusal(N_("Les empreintes des voix sont effacées : on ne peut plus en écarter."))


def moved(vote: VoteSituation, window: Window, at: datetime) -> VoteSituation:
    """The vote with other dates, unless they contradict each other or what has already happened."""
    if not window.opens_at < window.closes_at <= window.publishes_at:
        raise Refusal(
            N_("L'ouverture vient avant la clôture, et les résultats ne paraissent qu'après elle.")
        )
    if vote.phase is not VotePhase.PREPARED and window.opens_at != vote.opens_at:
        raise Refusal(N_("Le vote est déjà ouvert : sa date d'ouverture ne change plus."))
    if vote.phase not in BEFORE_THE_END and window.closes_at != vote.closes_at:
        raise Refusal(N_("Le vote est clos : seule la date de publication peut encore changer."))
    changed = {
        new
        for new, old in zip(_instants(window), _instants(vote.window), strict=True)
        if new != old
    }
    if not changed:
        raise Refusal(N_("Aucune date ne change."))
    if min(changed) <= at:
        raise Refusal(N_("Une nouvelle date doit être à venir."))
    return replace(
        vote,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        publishes_at=window.publishes_at,
        lacks_candidates=False,
    )


def opened(vote: VoteSituation, candidates: int, at: datetime) -> VoteSituation:
    """The vote begins, if there is something to choose from; else it waits for another date."""
    if candidates < FEWEST_CANDIDATES:
        return replace(vote, lacks_candidates=True)
    return replace(vote, phase=VotePhase.OPEN, opens_at=min(vote.opens_at, at))


def opened_early(vote: VoteSituation, candidates: int, at: datetime) -> VoteSituation:
    """The same, because the organiser asks for it now."""
    if candidates < FEWEST_CANDIDATES:
        raise Refusal(
            N_("Il faut au moins deux lauréats territoriaux annoncés pour ouvrir le vote.")
        )
    if at >= vote.closes_at:
        raise Refusal(N_("La date de clôture est passée : déplacez d'abord les dates du vote."))
    return opened(replace(vote, opens_at=at), candidates, at)


def cancelled(vote: VoteSituation, at: datetime) -> VoteSituation:
    """The vote will not take place, or not be counted."""
    return replace(vote, phase=VotePhase.CANCELLED, ended_at=at)


def counted(vote: VoteSituation, at: datetime, *, is_tied: bool) -> VoteSituation:
    """The voices are counted, once, and again each time that a burst is put aside."""
    return replace(vote, phase=VotePhase.COUNTED, ended_at=vote.ended_at or at, is_tied=is_tied)


def takes_a_voice(vote: VoteSituation, arrived_at: datetime) -> bool:
    """Whether a voice that arrived then counts: the dates decide, not the speed of a worker."""
    is_counting = vote.phase in {VotePhase.OPEN, VotePhase.CLOSED}
    return is_counting and vote.opens_at <= arrived_at < vote.closes_at


def next_due(vote: VoteSituation) -> VoteDue | None:
    """What comes next by itself; nothing when a person is awaited, or when all is over."""
    return min(_dues(vote), key=lambda due: due.at, default=None)


def _dues(vote: VoteSituation) -> Iterator[VoteDue]:
    match vote.phase:
        case VotePhase.PREPARED if vote.lacks_candidates:
            yield VoteDue(vote.closes_at, VoteTimer.LAPSE)
        case VotePhase.PREPARED:
            yield VoteDue(vote.opens_at, VoteTimer.OPEN)
        case VotePhase.OPEN:
            yield VoteDue(vote.closes_at, VoteTimer.CLOSE)
        case VotePhase.CLOSED:
            yield VoteDue(vote.closes_at + SETTLING, VoteTimer.COUNT)
        case VotePhase.COUNTED if not vote.is_tied:
            yield VoteDue(vote.publishes_at, VoteTimer.PUBLISH)
        case _:
            pass
    if vote.ended_at is not None and not vote.is_purged:
        yield VoteDue(vote.ended_at + KEPT, VoteTimer.PURGE)


def _instants(window: Window) -> tuple[datetime, datetime, datetime]:
    return window.opens_at, window.closes_at, window.publishes_at
