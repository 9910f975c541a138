"""Other ways to make scores of marks: what ours is compared with."""

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.ranking.situations import Jury
from domain.calibration.readings import Floats

Scores = Callable[[Jury], Floats]


def raw_mean(jury: Jury) -> Floats:
    """The mean of the marks."""
    return _mean_by_file(jury, jury.marks)


def trimmed_mean(jury: Jury) -> Floats:
    """The mean without the best and the worst mark: the median of three."""
    return np.array(
        [
            np.mean(marks[1:-1] if len(marks := np.sort(each)) > 2 else marks)
            for each in _by_file(jury)
        ]
    )


def z_score(jury: Jury) -> Floats:
    """The mean of the marks once each juror's mean is nought and their spread one."""
    count = int(jury.juror.max()) + 1
    loads = np.maximum(np.bincount(jury.juror, minlength=count), 1)
    means = np.bincount(jury.juror, jury.marks, count) / loads
    around = jury.marks - means[jury.juror]
    spread = np.sqrt(np.bincount(jury.juror, around**2, count) / np.maximum(loads - 1, 1))
    return _mean_by_file(jury, around / np.where(spread > 0, spread, 1)[jury.juror])


RIVALS: Mapping[str, Scores] = {"raw": raw_mean, "trimmed": trimmed_mean, "zscore": z_score}


def _by_file(jury: Jury) -> list[Floats]:
    order = np.argsort(jury.file, kind="stable")
    ends = np.cumsum(np.bincount(jury.file, minlength=len(jury.quality)))
    return np.split(jury.marks[order], ends[:-1])


def _mean_by_file(jury: Jury, values: Floats) -> Floats:
    files = len(jury.quality)
    counts = np.maximum(np.bincount(jury.file, minlength=files), 1)
    return np.bincount(jury.file, values, files) / counts
