"""Lists read by key: where one page ends, and the next begins."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar, cast
from uuid import UUID

from domain.refusals import N_, Refusal

PAGE = 50
Item = TypeVar("Item")
Key = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """One page of a list, and the mark after which the next one begins."""

    items: tuple[Item, ...]
    after: str | None


def sliced(found: Sequence[Item], key: Callable[[Item], Key]) -> Slice[Item]:
    """A page from one row more than it shows, which says whether others follow."""
    shown = tuple(found[:PAGE])
    follows = len(found) > PAGE
    return Slice(shown, _mark(key(shown[-1])) if follows else None)


def key_in(mark: str, parts: int) -> Key:
    """The key that a mark holds; a mark that is not ours is refused."""
    try:
        held = json.loads(urlsafe_b64decode(mark.encode()))
    except (Error, ValueError, RecursionError) as error:
        raise _unknown() from error
    if not isinstance(held, list):
        raise _unknown()
    key = cast("list[object]", held)
    if len(key) != parts or not all(part is None or isinstance(part, str) for part in key):
        raise _unknown()
    return cast("Key", key)


def uuid_of(part: str | None) -> UUID:
    """The id that a part of a key is."""
    try:
        return UUID(part or "")
    except ValueError as error:
        raise _unknown() from error


def instant_of(part: str | None) -> datetime:
    """The instant that a part of a key is."""
    try:
        return datetime.fromisoformat(part or "")
    except ValueError as error:
        raise _unknown() from error


def _mark(key: Key) -> str:
    return urlsafe_b64encode(json.dumps(list(key)).encode()).decode()


def _unknown() -> Refusal:
    return Refusal(N_("Cette marque de page n'est pas de celles que le service a données."))
