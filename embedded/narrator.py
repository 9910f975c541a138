"""What the supervisor tells while it works; silent unless someone listens."""

from typing import Protocol


class Narrator(Protocol):
    """Hears what happens to each part."""

    def starting(self, title: str) -> None:
        """Hear that a part is being started."""

    def ready(self, title: str, seconds: float) -> None:
        """Hear that a part is ready."""

    def fell(self, title: str, how: str, pause: float) -> None:
        """Hear that a part ended by itself and will start again after a pause."""

    def back(self, title: str) -> None:
        """Hear that a fallen part is ready again."""

    def stopping(self, title: str) -> None:
        """Hear that a part is being stopped."""

    def cleared(self, title: str, pid: int) -> None:
        """Hear that a process left by a supervisor that died was stopped."""


class Silence:
    """Tells nobody."""

    def starting(self, title: str) -> None:
        """Say nothing."""

    def ready(self, title: str, seconds: float) -> None:
        """Say nothing."""

    def fell(self, title: str, how: str, pause: float) -> None:
        """Say nothing."""

    def back(self, title: str) -> None:
        """Say nothing."""

    def stopping(self, title: str) -> None:
        """Say nothing."""

    def cleared(self, title: str, pid: int) -> None:
        """Say nothing."""
