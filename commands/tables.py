"""Show answers of the API as tables that fit a terminal and a pipe."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

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

    return "" if value is None else escape(str(value))
