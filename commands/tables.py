"""Show answers of the API as tables that fit a terminal and a pipe."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from commands.terminal import console

# The API says instants in UTC, to the microsecond.
AN_INSTANT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z$")
# A pipe has no width: lines are not cut.
WIDEST = 10_000


def show_table(rows: Iterable[dict[str, Any]], columns: Sequence[str], nothing: str) -> None:
    """One line per row; columns that no row has are left out."""
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait)
    from rich.table import Table  # noqa: PLC0415  (`--help` must not wait)

    found = list(rows)
    if not found:
        console.print(nothing)
        return
    shown = [column for column in columns if any(column in row for row in found)]
    table = Table(box=None, pad_edge=False)
    for column in shown:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in found:
        table.add_row(*[_cell(row.get(column)) for column in shown])
    out = console if console.is_terminal else Console(highlight=False, width=WIDEST)
    out.print(table)


def show_one(document: dict[str, Any]) -> None:
    """One line per field."""
    fields = dict(_flat(document))
    width = max(map(len, fields), default=0)
    for name, value in fields.items():
        console.print(f"{name:<{width}}  {_cell(value)}", soft_wrap=True)


def _flat(document: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every field that says something, those of inner documents after their name."""
    for name, value in document.items():
        title = f"{prefix}{name.replace('_', ' ')}"
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, Any]", value), f"{title} ")
        elif value is not None:
            yield title, value


def _cell(value: object) -> str:
    from rich.markup import escape  # noqa: PLC0415  (`--help` must not wait)

    if value is None:
        return ""
    text = str(value)
    return escape(AN_INSTANT.sub(r"\1 \2 UTC", text))
