"""A small number for each pair, that depends on nothing but the seed and the two names."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from domain.assignment.arrays import Real, Whole

EIGHT = 8
# The mixing constants of SplitMix64 (Steele, Lea, Flood 2014): neighbours come out far apart.
STEP, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WIDTH, MANTISSA = 64, 53


@dataclass(frozen=True, slots=True)
class Lot:
    """What was drawn for files and jurors, of which every pair makes its own number."""

    files: NDArray[np.uint64]
    jurors: NDArray[np.uint64]

    def jitter(self, file: Whole, juror: Whole) -> Real:
        """One number between 0 and 1 for each arc, whatever the order in which they come."""
        mixed = self.files[file] + np.uint64(STEP) * self.jurors[juror]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(FIRST)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(SECOND)
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(WIDTH - MANTISSA)).astype(np.float64) / 2.0**MANTISSA


def lot(seed: int, files: Iterable[str], jurors: Iterable[str]) -> Lot:
    """Draw for these names by that seed."""
    return Lot(_digests(seed, "file", files), _digests(seed, "juror", jurors))


def _digests(seed: int, what: str, names: Iterable[str]) -> NDArray[np.uint64]:
    return np.array(
        [
            int.from_bytes(blake2b(f"{seed}|{what}|{name}".encode(), digest_size=EIGHT).digest())
            for name in names
        ],
        dtype=np.uint64,
    )
