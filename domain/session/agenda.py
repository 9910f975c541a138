"""The order in which files are called, so that jurors who stand aside leave and come back least often."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from math import ceil

# Of the true laureates nine in ten are among the first 2.5 times as many places as there are prizes.
SHORTLIST = 2.5
# All orders of so few groups are tried; beyond, the nearest group comes next.
FEW_GROUPS = 7

Aside = frozenset[str]


def places_to_hear(distinctions: int) -> int:
    """How many first places of a category are heard."""
    return ceil(SHORTLIST * distinctions)


def in_hearing_order(
    categories: Sequence[Sequence[str]], aside: Mapping[str, Aside]
) -> tuple[str, ...]:
    """The files category by category; inside one, those that send the same jurors out follow each other."""
    ordered: list[str] = []
    out: Aside = frozenset()
    for files in categories:
        groups: dict[Aside, list[str]] = {}
        for file in files:
            groups.setdefault(aside.get(file, frozenset()), []).append(file)
        for group in _path(tuple(groups), out):
            ordered += groups[group]
            out = group
    return tuple(ordered)


def departures(order: Sequence[str], aside: Mapping[str, Aside]) -> int:
    """How many times somebody leaves the room when files are heard in that order."""
    groups = [group for group, _ in groupby(aside.get(file, frozenset()) for file in order)]
    return sum(
        len(after - before) for before, after in zip([frozenset(), *groups], groups, strict=False)
    )


def _path(groups: tuple[Aside, ...], start: Aside) -> tuple[Aside, ...]:
    """The groups in the order that makes the fewest leave, from those who are out already."""
    if len(groups) > FEW_GROUPS:
        return _nearest(groups, start)
    # By which groups are done and the last of them: the fewest departures, and that order.
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {
        (1 << place, place): (len(group - start), (place,)) for place, group in enumerate(groups)
    }
    for _ in groups[1:]:
        longer: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        for (done, last), (cost, order) in best.items():
            for place, group in enumerate(groups):
                if done >> place & 1:
                    continue
                key, found = (
                    (done | 1 << place, place),
                    (cost + len(group - groups[last]), (*order, place)),
                )
                longer[key] = min(longer.get(key, found), found)
        best = longer
    _, order = min(best.values(), default=(0, ()))
    return tuple(groups[place] for place in order)


def _nearest(groups: tuple[Aside, ...], start: Aside) -> tuple[Aside, ...]:
    left, ordered = list(groups), [start]
    while left:
        away = [len(group - ordered[-1]) for group in left]
        ordered.append(left.pop(away.index(min(away))))
    return tuple(ordered[1:])
