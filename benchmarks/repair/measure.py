"""The benchmark « repair »."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean

from benchmarks.repair.juries import Case, Shape, a_case
from benchmarks.report import Line, Report, Sheet, line
from domain.assignment.dealing import Deal, deal
from domain.assignment.repair import repair

SEED = 2027
# Two of ten leave a jury that has no room to spare; then the same with a third already begun; then
# a tenth of a large jury with room.
SHAPES: Mapping[Shape, int] = {
    Shape(60, 10, leave=2, tied=0.06, spare=0, open_jurors=3): 200,
    Shape(60, 10, leave=2, tied=0.06, spare=0, open_jurors=3, begun=1 / 3): 200,
    Shape(1_000, 60, leave=6, tied=0.02, spare=60, open_jurors=54): 3,
}
REMARKS = (
    f"Seeds from {SEED}. Repairable: a whole deal exists that keeps what is begun.",
    "Moved: readings of those who stay that change hands, where the jury was repaired.",
    "Study: resolve moves 8.75, frozen repairs 610 of 1,292, sticky all of them with 0.99 moved, 9 at most.",
)
HEADS = (
    "Jury, begun, way",
    "draws",
    "repairable",
    "repaired",
    "moved, mean",
    "most",
    "locked moved",
    "ms",
)


def _anew(case: Case, seed: int) -> Deal:
    """Deal as if nothing stood, but for what is begun."""
    return deal(case.left, seed)


def _frozen(case: Case, seed: int) -> Deal:
    """Leave everything where it is and fill the holes."""
    return deal(replace(case.left, locked=case.survivors), seed)


def _sticky(case: Case, seed: int) -> Deal:
    return repair(case.left, case.standing, seed).deal


WAYS: Mapping[str, Callable[[Case, int], Deal]] = {
    "resolve": _anew,
    "frozen": _frozen,
    "sticky": _sticky,
}


@dataclass(slots=True)
class Tally:
    """What one way did, over all the draws that could be repaired."""

    shape: Shape
    way: str
    draws: int
    repairable: int = 0
    repaired: int = 0
    moved: list[int] = field(default_factory=list[int])
    locked_moved: int = 0
    seconds: list[float] = field(default_factory=list[float])

    @property
    def line(self) -> Line:
        """The finding, as a program reads it."""
        return line(
            "repair",
            jury=str(self.shape),
            begun=self.shape.begun,
            way=self.way,
            draws=self.draws,
            repairable=self.repairable,
            repaired=self.repaired,
            moved_mean=fmean(self.moved) if self.moved else 0.0,
            moved_max=max(self.moved, default=0),
            locked_moved=self.locked_moved,
            seconds=fmean(self.seconds),
        )


async def measure() -> Report:
    """Let some leave many juries, and repair each in three ways."""
    tallies = [
        each
        for shape, draws in SHAPES.items()
        for each in await asyncio.to_thread(_tallied, shape, draws)
    ]
    rows = tuple(
        (
            f"{each.shape}, {each.shape.begun:.0%}, {each.way}",
            each.draws,
            each.repairable,
            each.repaired,
            f"{fmean(each.moved) if each.moved else 0:.2f}",
            max(each.moved, default=0),
            each.locked_moved,
            f"{1000 * fmean(each.seconds):.0f}",
        )
        for each in tallies
    )
    return Report(
        sheets=(Sheet("Some leave", HEADS, rows),),
        lines=tuple(each.line for each in tallies),
        remarks=REMARKS,
    )


def _tallied(shape: Shape, draws: int) -> list[Tally]:
    tallies = {way: Tally(shape, way, draws) for way in WAYS}
    for seed in range(SEED, SEED + draws):
        case = a_case(shape, seed)
        if len(case.standing) < 3 * shape.files:
            continue
        whole = not deal(case.left, seed).short
        for way, tally in tallies.items():
            began = time.perf_counter()
            found = WAYS[way](case, seed)
            tally.seconds.append(time.perf_counter() - began)
            tally.repairable += whole
            tally.locked_moved += len(set(case.left.locked) - set(found.pairs))
            if not found.short:
                tally.repaired += 1
                tally.moved.append(len(case.survivors - set(found.pairs)))
    return list(tallies.values())
