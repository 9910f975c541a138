"""The benchmark « assign »."""

import asyncio
from dataclasses import dataclass

from benchmarks.assign.juries import SEED, SIZES, Size
from benchmarks.assign.measured import PROOF_SECONDS, PROVEN_UP_TO, Deal, Proof, alone, proof_of
from benchmarks.report import Figure, Line, Report, Sheet, line

WAYS = ("flow", "fair", "greedy")
# What the study of the reference measured at these sizes: seconds of the flow, of the fair flow,
# and how many files the greedy deal left short; its machine and its juries were others.
STUDY: dict[str, tuple[str, str, int]] = {
    "100x12": ("0.03-0.17", "-", 0),
    "1000x60": ("0.06", "0.09", 1),
    "10000x500": ("0.2-0.4", "0.9", 372),
    "100000x5000": ("5.0", "20", 5_044),
}
HEADS = (
    "Files x jurors, how",
    "seconds",
    "cpu s",
    "MiB",
    "mean affinity",
    "worst file",
    "loads",
    "short",
    "twice",
    "link",
    "study: s",
)

REMARKS = (
    f"Seed {SEED}; jitter 0.15, balance 0.1, loads within one of the mean; region and ties keep apart.",
    f"optimum_ratio: worth over the optimum of the same instance proven by scipy's HiGHS, up to {PROVEN_UP_TO:,} arcs and {PROOF_SECONDS:.0f} s.",
    "« fair » gives away a little of it for the worst reading; memory includes instance and interpreter.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """One size: every way of dealing, and what was proven of it."""

    size: Size
    deals: dict[str, Deal]
    proof: Proof

    @property
    def ratio(self) -> float | None:
        """The worth of the flow over the proven optimum: 1 when they are the same."""
        return None if self.proof.worth is None else self.deals["flow"].worth / self.proof.worth

    def rows(self) -> list[tuple[Figure, ...]]:
        """A row for each way, and one for the proof."""
        study: dict[str, str] = dict(zip(WAYS, (*STUDY[str(self.size)][:2], "-"), strict=True))
        rows: list[tuple[Figure, ...]] = [
            (
                f"{self.size} {each.way}",
                each.seconds,
                each.cpu,
                round(each.mib),
                f"{each.mean:.4f}",
                f"{each.worst:.3f}",
                f"{each.least}-{each.most}",
                each.short,
                each.duplicates,
                f"{each.link:.2f}",
                study[each.way],
            )
            for each in self.deals.values()
        ]
        proof = (f"{self.size} proof (HiGHS)", self.proof.seconds, "", round(self.proof.mib))
        told = "not waited for" if self.ratio is None else f"ratio {self.ratio:.6f}"
        return [*rows, (*proof, told, *("",) * 6)]

    def lines(self) -> list[Line]:
        """The flow as it is dealt, the same raised fairly, and the greedy one."""
        return [self._line(each) for each in self.deals.values()]

    def _line(self, deal: Deal) -> Line:
        ratio = None if self.proof.worth is None else deal.worth / self.proof.worth
        return line(
            "assign",
            size=str(self.size),
            way=deal.way,
            seconds=deal.seconds,
            cpu_seconds=deal.cpu,
            mib=round(deal.mib),
            optimum_ratio="unproven" if ratio is None else f"{ratio:.6f}",
            short=deal.short,
            duplicates=deal.duplicates,
            mean_affinity=deal.mean,
            worst_file=deal.worst,
            spread=deal.most - deal.least,
            link=deal.link,
            highs_seconds=self.proof.seconds,
        )


async def measure() -> Report:
    """Deal at every size in every way, one after the other, each in a process of its own."""
    found = [await asyncio.to_thread(_found, size) for size in SIZES]
    return Report(
        sheets=(
            Sheet(
                "Dealing three readings a file",
                HEADS,
                tuple(row for each in found for row in each.rows()),
            ),
        ),
        lines=tuple(each for size in found for each in size.lines()),
        remarks=REMARKS,
    )


def _found(size: Size) -> Found:
    return Found(size, {way: alone(way, size) for way in WAYS}, proof_of(size))
