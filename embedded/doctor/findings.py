"""What the doctor says about one thing."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was seen, what to do."""

    level: Level
    subject: str
    seen: str
    remedy: str = ""


def well(subject: str, seen: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.OK, subject, seen)


def weak(subject: str, seen: str, remedy: str) -> Finding:
    """It works, but."""
    return Finding(Level.WARN, subject, seen, remedy)


def wrong(subject: str, seen: str, remedy: str) -> Finding:
    """It does not work."""
    return Finding(Level.WRONG, subject, seen, remedy)
