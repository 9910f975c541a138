"""What a benchmark found: tables for people, one plain line per finding for programs."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

Figure = int | float | str

SIGNIFICANT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One finding, as a program reads it: ``BENCH name metric=number …``."""

    benchmark: str
    figures: tuple[tuple[str, Figure], ...]

    def __str__(self) -> str:
        return " ".join(
            ("BENCH", self.benchmark, *(f"{name}={plain(value)}" for name, value in self.figures))
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a title, the heads of its columns, its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one benchmark has to say."""

    sheets: tuple[Sheet, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()


def line(benchmark: str, **figures: Figure) -> Line:
    """A finding, with its figures in the order given."""
    return Line(benchmark, tuple(figures.items()))


def plain(value: Figure) -> str:
    """A figure without spaces: whole numbers whole, the others with three significant digits."""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 10**SIGNIFICANT else f"{value:.{SIGNIFICANT}g}"
    return str(value).replace(" ", "_")


def show(report: Report, console: Console) -> None:
    """Print the tables, what has to be known about them, then the lines."""
    for sheet in report.sheets:
        console.print(_table(sheet))
    for remark in report.remarks:
        console.print(f"[dim]{remark}[/]", soft_wrap=True)
    for each in report.lines:
        # Never wrapped nor coloured: a program reads these.
        print(each, flush=True)


def _table(sheet: Sheet) -> Table:
    table = Table(title=sheet.title, title_justify="left", box=box.SIMPLE_HEAD)
    for place, head in enumerate(sheet.heads):
        table.add_column(head, justify="left" if place == 0 else "right")
    for row in sheet.rows:
        table.add_row(*_cells(row))
    return table


def _cells(row: Sequence[Figure]) -> list[str]:
    return [each if isinstance(each, str) else plain(each) for each in row]
