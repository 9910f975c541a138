"""The count of a favourite vote, and its published rule for equals: never a draw of lots."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class WonBy(StrEnum):
    """What designates the favourite."""

    VOICES = "voices"
    SCORE = "score"
    CHAIR = "chair"
    TIED = "tied"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Counted:
    """What one candidate received; ``voices`` are those kept, ``score`` its territorial mean."""

    candidate: str
    received: int
    voices: int
    score: Decimal | None = None
    is_standing: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who is the favourite, and by what; those still equal when only the chair can say."""

    won_by: WonBy
    winner: str | None = None
    tied: tuple[str, ...] = ()


def outcome_of(lines: Sequence[Counted], chosen: str | None = None) -> Outcome:
    """The favourite: most voices, then the best territorial score, then what the chair chose."""
    running = [each for each in lines if each.is_standing and each.voices]
    if not running:
        return Outcome(WonBy.NOBODY)
    most = max(each.voices for each in running)
    first = [each for each in running if each.voices == most]
    if len(first) == 1:
        return Outcome(WonBy.VOICES, first[0].candidate)
    best = max(_score(each) for each in first)
    equal = tuple(sorted(each.candidate for each in first if _score(each) == best))
    if len(equal) == 1:
        return Outcome(WonBy.SCORE, equal[0])
    if chosen in equal:
        return Outcome(WonBy.CHAIR, chosen, equal)
    return Outcome(WonBy.TIED, tied=equal)


def in_order(lines: Sequence[Counted]) -> tuple[Counted, ...]:
    """The lines as they are published: the most voices first."""
    return tuple(sorted(lines, key=lambda each: (-each.voices, -_score(each), each.candidate)))


def turnout(lines: Sequence[Counted]) -> tuple[int, int]:
    """How many voices were received in all, and how many were kept."""
    return sum(each.received for each in lines), sum(each.voices for each in lines)


def _score(line: Counted) -> Decimal:
    return Decimal(-1) if line.score is None else line.score
