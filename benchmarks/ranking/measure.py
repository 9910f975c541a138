"""`ranking`: the true order found by raw, trimmed, standardised and adjusted marks; and its speed."""

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from statistics import mean

import numpy as np
from scipy.stats import kendalltau

from benchmarks.ranking.rivals import RIVALS
from benchmarks.ranking.situations import SITUATIONS, Jury, Situation, a_jury
from benchmarks.ranking.speed import Speed, speed
from benchmarks.report import Line, Report, Sheet, line
from domain.calibration.chances import chances
from domain.calibration.correcting import corrected
from domain.calibration.readings import Floats, table_of
from domain.calibration.rules import CalibrationRules

SEED = 2027
JURIES = 200
LARGE_JURIES = 15
LARGE = 1000
CALIBRATED = 120
BINS = ((0.0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 0.7), (0.7, 0.9), (0.9, 1.01))
METHODS = (*RIVALS, "ours")
WITHIN, NEVER_BELOW, HONEST = 0.003, 0.006, 0.05
INTERVALS = (0.88, 0.95)
MANY = 100

SEEDS = (
    f"Seeds: {SEED} with the number of the jury, from 0; {JURIES} juries of a situation, "
    f"{LARGE_JURIES} of {LARGE} files. The study's own figures stand beside."
)
TARGET = (
    f"Target: the gain over the raw mean within {WITHIN} of the study's (less two standard "
    f"errors), never more than {NEVER_BELOW} below it; probabilities within {HONEST} in "
    f"bins of {MANY} files or more; intervals of 90 % cover 88 to 95 %."
)


@dataclass
class Found:
    """What the methods found in the juries of one situation."""

    situation: Situation
    tau: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    recall: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def mean_tau(self, method: str) -> float:
        """Kendall's tau with the truth, over all juries."""
        return mean(self.tau[method])

    @property
    def gain(self) -> float:
        """How much closer to the truth ours is than the raw mean."""
        return self.mean_tau("ours") - self.mean_tau("raw")

    @property
    def expected(self) -> float:
        """The gain that the study measured."""
        return self.situation.recommended - self.situation.raw

    @property
    def doubt(self) -> float:
        """The standard error of our gain."""
        gains = np.subtract(self.tau["ours"], self.tau["raw"])
        return float(np.std(gains) / math.sqrt(len(gains)))

    @property
    def is_met(self) -> bool:
        """Within three thousandths of the study's gain, and never far below the raw mean."""
        far = self.gain < self.expected - WITHIN - 2 * self.doubt
        return not far and self.gain >= -NEVER_BELOW


async def measure() -> Report:
    """Every situation, then what the stated probabilities are worth, then the clock."""
    found = [_judged(situation) for situation in SITUATIONS]
    honest = _honesty(Situation("honesty", 0, 0, 0))
    fast = await speed()
    return Report(
        (_situations(found), honest.sheet, fast.sheet),
        (*(_line(each) for each in found), *honest.lines, _speed_line(fast)),
        (
            SEEDS,
            TARGET,
        ),
    )


def _judged(situation: Situation) -> Found:
    found = Found(situation)
    for number in range(LARGE_JURIES if situation.files >= LARGE else JURIES):
        jury = a_jury(situation, SEED, number)
        lots = np.random.default_rng([SEED, number, 1]).normal(0, 1e-6, len(jury.quality))
        scores = {name: score(jury) for name, score in RIVALS.items()} | {"ours": _ours(jury)}
        for name, given in scores.items():
            _compare(found, name, jury, given + lots)
    return found


def _ours(jury: Jury) -> Floats:
    """The corrected scores; a file without any reading keeps none."""
    table = table_of(jury.as_readings)
    scores = np.full(len(jury.quality), -1.0)
    scores[[int(each) for each in table.files]] = corrected(table, CalibrationRules()).scores
    return scores


def _compare(found: Found, name: str, jury: Jury, scores: Floats) -> None:
    wanted = found.situation.laureates
    best, true = np.argsort(-scores)[:wanted], np.argsort(-jury.quality)[:wanted]
    found.tau[name].append(float(kendalltau(jury.quality, scores).statistic))
    found.recall[name].append(len({*best.tolist()} & {*true.tolist()}) / wanted)


def _situations(found: list[Found]) -> Sheet:
    heads = ("Situation", *METHODS, "study raw", "study ours", "recall raw", "recall ours", "met")
    return Sheet(
        "Kendall's tau with the true order",
        heads,
        tuple(
            (
                each.situation.name,
                *(f"{each.mean_tau(name):.3f}" for name in METHODS),
                f"{each.situation.raw:.3f}",
                f"{each.situation.recommended:.3f}",
                f"{mean(each.recall['raw']):.3f}",
                f"{mean(each.recall['ours']):.3f}",
                "yes" if each.is_met else "NO",
            )
            for each in found
        ),
    )


def _line(found: Found) -> Line:
    return line(
        "ranking",
        situation=found.situation.name,
        **{f"tau_{name}": round(found.mean_tau(name), 3) for name in METHODS},
        **{f"recall_{name}": round(mean(found.recall[name]), 3) for name in METHODS},
        gain=round(found.gain, 3),
        study_gain=round(found.expected, 3),
        met=int(found.is_met),
    )


@dataclass(frozen=True, slots=True)
class Honesty:
    """Stated probabilities beside what came true."""

    sheet: Sheet
    lines: tuple[Line, ...]


def _honesty(situation: Situation) -> Honesty:
    said, true, covered = [], [], []
    for number in range(CALIBRATED):
        jury = a_jury(replace(situation, severity=0.43), SEED + 1, number)
        done = corrected(table_of(jury.as_readings), CalibrationRules())
        everybody = np.ones(situation.files, np.intp)
        odds = chances(done.equations, done.fit, everybody, situation.laureates, number)
        ranks = 1 + np.argsort(np.argsort(-jury.quality))
        said.append(odds.wins)
        true.append(ranks <= situation.laureates)
        covered.append((ranks >= odds.best) & (ranks <= odds.worst))
    stated, observed = np.concatenate(said), np.concatenate(true)
    rows, gaps = [], []
    for low, high in BINS:
        inside = (stated >= low) & (stated < high)
        count = int(inside.sum())
        if not count:
            continue
        pair = float(stated[inside].mean()), float(observed[inside].mean())
        gaps += [abs(pair[0] - pair[1])] if count >= MANY else []
        rows.append((f"{low:.2f} to {high:.2f}", count, *(f"{each:.3f}" for each in pair)))
    coverage = float(np.concatenate(covered).mean())
    is_met = max(gaps) <= HONEST and INTERVALS[0] <= coverage <= INTERVALS[1]
    return Honesty(
        Sheet(
            "P(laureate): stated and observed", ("Bin", "files", "stated", "observed"), tuple(rows)
        ),
        (
            line(
                "ranking",
                situation="honesty",
                worst_gap=round(max(gaps), 3),
                coverage_90=round(coverage, 3),
                met=int(is_met),
            ),
        ),
    )


def _speed_line(fast: Speed) -> Line:
    return line(
        "ranking",
        situation="10000_files_30000_cards",
        seconds=fast.seconds,
        seconds_raw=fast.baseline,
        cpu_seconds=fast.cpu,
        read_seconds=fast.read,
    )
