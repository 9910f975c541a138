"""What somebody asked, as it travels: the text stays in the table ``request``."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was written down, with the instant at which it arrived."""

    request: str
    arrived_at: datetime
