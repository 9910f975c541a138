"""The laws of the house that no other tool holds; each of these was seen to fail."""

import ast
import dataclasses
import importlib
import pkgutil
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import domain.wire

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "activities",
    "api",
    "commands",
    "demo",
    "domain",
    "embedded",
    "storage",
    "wording",
    "workflows",
)
EXECUTES = {
    "execute_activity_method",
    "execute_local_activity_method",
    "execute_activity",
    "execute_local_activity",
}
STARTS = {"execute_child_workflow", "start_child_workflow"}
LETTER_FILES = {"subject.txt", "body.txt", "body.html"}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
LONGEST = 300


def sources(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node


def method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def named(call: ast.Call) -> set[str]:
    return {keyword.arg for keyword in call.keywords if keyword.arg}


def test_every_activity_call_has_a_summary_that_a_person_reads_in_the_engine() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("workflows")
        for call in calls(path)
        if method(call) in EXECUTES and "summary" not in named(call)
    ]

    assert bare == []


def test_every_child_workflow_has_a_summary() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("workflows")
        for call in calls(path)
        if method(call) in STARTS and "static_summary" not in named(call)
    ]

    assert bare == []


def test_every_wait_with_a_time_out_says_what_it_waits_for() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("workflows")
        for call in calls(path)
        if method(call) == "wait_condition"
        and "timeout" in named(call)
        and "timeout_summary" not in named(call)
    ]

    assert bare == []


def test_workflows_never_sleep_for_they_would_miss_a_date_that_moves() -> None:
    sleeps = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("workflows")
        for call in calls(path)
        if method(call) == "sleep"
    ]

    assert sleeps == []


def wire_types() -> list[type]:
    modules = [
        importlib.import_module(f"domain.wire.{found.name}")
        for found in pkgutil.iter_modules(domain.wire.__path__)
    ]
    return [
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__
    ]


@pytest.mark.parametrize("wire", wire_types(), ids=lambda wire: wire.__name__)
def test_what_travels_is_a_frozen_dataclass(wire: type) -> None:
    assert dataclasses.is_dataclass(wire)
    assert wire.__dataclass_params__.frozen  # type: ignore[attr-defined]  (set by the decorator)


PERSONAL = {"name", "email", "address", "text", "reason", "comment", "comments", "title", "company"}


@pytest.mark.parametrize("wire", wire_types(), ids=lambda wire: wire.__name__)
def test_what_travels_carries_no_name_and_no_text(wire: type) -> None:
    fields = {field.name for field in dataclasses.fields(wire)}

    assert fields & PERSONAL == set()


def test_every_letter_has_its_three_files() -> None:
    folders = [path for path in (ROOT / "templates" / "emails").iterdir() if path.is_dir()]

    assert folders != []
    assert {
        folder.name: LETTER_FILES - {p.name for p in folder.iterdir()} for folder in folders
    } == {folder.name: set() for folder in folders}


def test_the_rules_have_no_clock() -> None:
    told = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("domain", "workflows")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and (call.func.value.id, call.func.attr) in CLOCKS
    ]

    assert told == []


# A reference is kept on one line by a filter of the letters, whose readers have no style sheet.
MARKS_UP = {"activities/letters/words.py"}


def test_no_html_is_written_in_python() -> None:
    written = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources("activities", "api", "domain", "storage", "workflows")
        if str(path.relative_to(ROOT)) not in MARKS_UP
        for node in strings(ast.parse(path.read_text()))
        if any(tag in str(node.value) for tag in ("<p>", "<div", "<span", "<a href"))
    ]

    assert written == []


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a module, but for those that explain it."""
    explanations = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_string and id(node) not in explanations:
            yield node


def test_every_silenced_check_says_why() -> None:
    mute = [
        f"{path.relative_to(ROOT)}:{token.start[0]}"
        for path in sources(*ROOMS)
        for token in comments(path)
        if ("noqa" in token.string and ":" not in token.string.split("noqa", 1)[1][:2])
        or ("type: ignore" in token.string and "type: ignore[" not in token.string)
    ]

    assert mute == []


def comments(path: Path) -> Iterator[tokenize.TokenInfo]:
    with path.open("rb") as source:
        for token in tokenize.tokenize(source.readline):
            if token.type == tokenize.COMMENT:
                yield token


def test_no_file_is_longer_than_a_reader_holds() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(*ROOMS)
        if "versions" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}
