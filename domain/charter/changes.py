"""What a new version of the charter changes, place by place, before anybody registers it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the document; ``before`` or ``after`` is empty for what was not, or is no more."""

    path: str
    before: str
    after: str


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Change, ...]:
    """Every place where the two documents differ, in the order of the newer one.

    What has a code is known by it, so that a commitment that moves up is not a rewritten charter.
    """
    old, new = dict(_places(before, "")), dict(_places(after, ""))
    gone = [path for path in old if path not in new]
    return tuple(
        Change(path, old.get(path, ""), new.get(path, ""))
        for path in (*new, *gone)
        if old.get(path) != new.get(path)
    )


def _places(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every leaf of a document, with the path that leads to it."""
    if isinstance(value, Mapping):
        for key, child in cast("Mapping[str, object]", value).items():
            yield from _places(child, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for place, child in enumerate(cast("Sequence[object]", value)):
            yield from _places(child, f"{path}[{_name(child, place)}]")
    else:
        yield path, _said(value)


def _name(item: object, place: int) -> str:
    """The code of an item, or its place among the others, counted from one."""
    if isinstance(item, Mapping):
        code = cast("Mapping[str, object]", item).get("code")
        if isinstance(code, str) and code:
            return code
    return str(place + 1)


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
