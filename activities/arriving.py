"""What every request that travels says of itself."""

from datetime import datetime
from typing import Protocol


class Arrived(Protocol):
    """What was asked: a request that was written down, and when it arrived."""

    @property
    def request(self) -> str:
        """The id of the request."""
        ...

    @property
    def arrived_at(self) -> datetime:
        """The instant that counts."""
        ...
