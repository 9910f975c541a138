"""How strongly the jurors of a deal are joined by files that they share.

Severities are comparable only between jurors joined by common files. The strength of the link is
the smallest eigenvalue, but for the trivial one, of the comparison graph: what each juror's files
say of them once the files' own quality is taken out. 0: the jury falls apart and nothing can be
corrected; 0.3 and more: comfortable.
"""

from collections.abc import Iterable

import numpy as np

from domain.assignment.arrays import Real, Whole
from domain.assignment.names import Pair

COMFORTABLE = 0.3
# Above that many jurors the two eigenvalues that matter are sought alone.
SMALL = 600


def link_strength(pairs: Iterable[Pair]) -> float:
    """The strength of the link of a deal, 0 for fewer than two jurors."""
    known = sorted(set(pairs))
    files = {name: place for place, name in enumerate(sorted({file for file, _ in known}))}
    jurors = {name: place for place, name in enumerate(sorted({juror for _, juror in known}))}
    file = np.array([files[each] for each, _ in known], dtype=np.int64)
    juror = np.array([jurors[each] for _, each in known], dtype=np.int64)
    return strength(file, juror, len(files), len(jurors))


def strength(file: Whole, juror: Whole, files: int, jurors: int) -> float:
    """The same for a deal given by numbers."""
    if jurors <= 1:
        return 0.0
    from scipy.sparse import csr_array  # noqa: PLC0415  (heavy)
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415

    read = np.bincount(file, minlength=files)
    load = np.bincount(juror, minlength=jurors)
    weight: Real = 1 / np.sqrt(read[file] * load[juror].astype(np.float64))
    matrix = csr_array((weight, (juror, file)), shape=(jurors, files))
    shared = matrix @ matrix.T
    if jurors <= SMALL:
        second = float(np.linalg.eigvalsh(shared.toarray())[-2])
    else:
        start = np.random.default_rng(0).random(jurors)
        second = float(min(eigsh(shared, k=2, which="LA", v0=start, return_eigenvectors=False)))
    return max(0.0, 1 - second)
