"""The clock of the pages; a test brings its own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Give the present instant, in UTC."""
    return datetime.now(UTC)
