"""Read a document piece by piece, knowing at each step where in it one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypeVar, cast

from domain.texts import Text

Member = TypeVar("Member", bound=StrEnum)


class TemplateError(Exception):
    """A template says something impossible: where, and what."""

    def __init__(self, path: str, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"{path or 'template'}: {problem}")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a document, and the path that leads to it."""

    value: object
    path: str = ""

    def fail(self, problem: str) -> NoReturn:
        """Say what is wrong here."""
        raise TemplateError(self.path, problem)

    def maybe(self, key: str) -> "Node | None":
        """What stands under that key, if anything does."""
        children = self._mapping()
        if key not in children:
            return None
        return Node(children[key], f"{self.path}.{key}" if self.path else key)

    def at(self, key: str) -> "Node":
        """What stands under that key, which must be there."""
        return self.maybe(key) or self.fail(f"“{key}” is missing")

    def expect(self, *keys: str) -> None:
        """Refuse a key that nobody would read: it is most often a slip of the pen."""
        unknown = [key for key in self._mapping() if key not in keys]
        if unknown:
            self.fail(f"unknown key “{unknown[0]}”")

    def each(self) -> "tuple[Node, ...]":
        """The items of a list."""
        if not isinstance(self.value, list | tuple):
            self.fail("a list is expected")
        items = cast("Sequence[object]", self.value)
        return tuple(Node(item, f"{self.path}[{place}]") for place, item in enumerate(items))

    def items(self) -> "tuple[tuple[str, Node], ...]":
        """The keys of a mapping, with what stands under each."""
        return tuple((key, self.at(key)) for key in self._mapping())

    def text(self) -> str:
        """A string that is not empty."""
        if isinstance(self.value, str) and self.value:
            return self.value
        return self.fail("a text is expected")

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        return self.fail("a whole number is expected")

    def yes(self) -> bool:
        """True or false."""
        if isinstance(self.value, bool):
            return self.value
        return self.fail("true or false is expected")

    def one_of(self, family: type[Member]) -> Member:
        """One of the words of a finite set."""
        word = self.text()
        known = [member.value for member in family]
        if word not in known:
            self.fail(f"unknown value “{word}”, expected one of {', '.join(known)}")
        return family(word)

    def words(self) -> Text:
        """The same words in the two languages."""
        self.expect("fr", "en")
        return Text(self.at("fr").text(), self.at("en").text())

    def texts_under(self, key: str) -> tuple[str, ...]:
        """The list of strings under that key, empty when there is none."""
        found = self.maybe(key)
        return tuple(item.text() for item in found.each()) if found else ()

    def _mapping(self) -> Mapping[str, object]:
        if not isinstance(self.value, Mapping):
            self.fail("a mapping is expected")
        return cast("Mapping[str, object]", self.value)


def check_unique(codes: Sequence[tuple[str, Node]]) -> None:
    """Refuse a code that comes twice, at its second place."""
    seen: set[str] = set()
    for code, node in codes:
        if code in seen:
            node.fail(f"duplicate code “{code}”")
        seen.add(code)
