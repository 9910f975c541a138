"""The seal of the journal: every line hashed with the one sealed before it, so that none changes unseen.

Each hash is SHA-256 of the hash before it and of the line in canonical JSON (keys in a fixed order, no
space, UTF-8). Words that somebody typed enter by their own SHA-256 only: they may be erased for good,
and the chain stays valid.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

# What the first line is sealed with.
ORIGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal, as it stands."""

    id: int
    at: datetime
    actor: str
    subject: str
    cycle: str
    act: str
    before: str
    after: str
    reason: str
    request: str
    calendar_version: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """The place of a line in the chain, the SHA-256 of its words, and its hash."""

    position: int
    line: int
    words: str
    hash: str


class Flaw(StrEnum):
    """What is not as it was sealed, in the words of the command that looks."""

    MISSING_LINK = "its link in the chain is gone"
    MISSING_LINE = "the line is gone from the journal"
    ALTERED_WORDS = "its words are not those that were sealed"
    ALTERED_LINE = "the line, or its hash, is not the one that was sealed"


@dataclass(frozen=True, slots=True)
class Found:
    """A flaw, and where: the position in the chain and the line of the journal."""

    flaw: Flaw
    position: int
    line: int


def digest_of(words: str) -> str:
    """SHA-256, in hexadecimal, of words that may be erased later."""
    return sha256(words.encode()).hexdigest()


NO_WORDS = digest_of("")


def link(previous: str, position: int, line: Line) -> Link:
    """The line sealed after the one of that hash."""
    words = digest_of(line.reason)
    return Link(position, line.id, words, hash_of(previous, line, words))


def hash_of(previous: str, line: Line, words: str) -> str:
    """SHA-256, in hexadecimal, of a line and of the hash before it."""
    said = [
        line.id,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor,
        line.subject,
        line.cycle,
        line.act,
        line.before,
        line.after,
        words,
        line.request,
        line.calendar_version,
    ]
    canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{previous}{canonical}".encode()).hexdigest()


def flaws(
    chain: Iterable[tuple[Link, Line | None]], *, position: int = 0, previous: str = ORIGIN
) -> Iterator[Found]:
    """What is not as it was sealed, in order; each link is judged by the hash kept just before it."""
    for each, line in chain:
        position += 1
        if each.position != position:
            yield Found(Flaw.MISSING_LINK, position, 0)
            position = each.position
        elif line is None:
            yield Found(Flaw.MISSING_LINE, position, each.line)
        elif line.reason and digest_of(line.reason) != each.words:
            yield Found(Flaw.ALTERED_WORDS, position, each.line)
        elif hash_of(previous, line, each.words) != each.hash:
            yield Found(Flaw.ALTERED_LINE, position, each.line)
        previous = each.hash


def is_erased(each: Link, line: Line | None) -> bool:
    """Whether words were sealed with the line, and erased since."""
    return line is not None and not line.reason and each.words != NO_WORDS
