"""What one sweep tells the next."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Swept:
    """Every row written until then has its workflow, but for those left; at first none is known to."""

    until: datetime | None = None
    left: tuple[str, ...] = ()
