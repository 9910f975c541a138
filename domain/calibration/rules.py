"""What an organiser settles of the adjusted ranking before any mark is given."""

from dataclasses import dataclass
from enum import StrEnum

PERCENT = 100


class Method(StrEnum):
    """What the adjusted ranking is for."""

    RAW = "raw"
    ADVICE = "advice"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class CalibrationRules:
    """The method, the bounds of the zones and the cap of a correction, in per cent.

    A file is net laureate from ``zone_laureate`` up, net out down to ``zone_out``; the severity
    that is corrected never exceeds ``correction_cap`` per cent of the scale.
    """

    method: Method = Method.ADVICE
    zone_laureate: int = 90
    zone_out: int = 10
    correction_cap: int = 20
