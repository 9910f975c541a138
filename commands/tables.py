"""Show answers of the API as tables that fit a terminal and a pipe."""

from collections.abc import Iterable, Sequence
from typing import Any

from commands.terminal import console


def show_table(rows: Iterable[dict[str, Any]], columns: Sequence[str], nothing: str) -> None:
    """One line per row; columns that no row has are left out."""
    from rich.table import Table  # noqa: PLC0415  (`--help` must not wait)

    found = list(rows)
    if not found:
        console.print(nothing)
        return
    shown = [column for column in columns if any(column in row for row in found)]
    table = Table(*[column.replace("_", " ") for column in shown], box=None, pad_edge=False)
    for row in found:
        table.add_row(*[_cell(row.get(column)) for column in shown])
    console.print(table)


def show_one(document: dict[str, Any]) -> None:
    """One line per field."""
    width = max((len(name) for name in document), default=0)
    for name, value in document.items():
        console.print(f"{name.replace('_', ' '):<{width}}  {_cell(value)}", soft_wrap=True)


def _cell(value: object) -> str:
    from rich.markup import escape  # noqa: PLC0415  (`--help` must not wait)

    return "" if value is None else escape(str(value))
