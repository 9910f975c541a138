"""Tells the year on the terminal: acts, lines with their instant, counts that advance."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

Advance = Callable[[], None]


class Narration:
    """What the audience reads; the same lines in a pipe, without the bars."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = time.monotonic()
        self._act: tuple[str, float] | None = None
        self.acts: list[tuple[str, float]] = []

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def act(self, title: str) -> None:
        """Open an act, and close the one before."""
        self._close_act()
        self._act = (title, self.elapsed)
        number = len(self.acts) + 1
        self._console.print(f"\n[bold]{number}. {plain(title)}[/]", soft_wrap=True)

    def close(self) -> None:
        """The year is over."""
        self._close_act()

    def say(self, sentence: str, mark: str = "·") -> None:
        """One thing that happened, now."""
        self._console.print(
            f"   [dim]{self.elapsed:5.1f} s[/]  {mark} {plain(sentence)}", soft_wrap=True
        )

    def letter(self, sentence: str) -> None:
        """A letter that somebody found in their mailbox."""
        self.say(sentence, "[cyan]✉[/]")

    def refusal(self, sentence: str) -> None:
        """Something that the service refused, as it should."""
        self.say(sentence, "[yellow]✋[/]")

    def warn(self, sentence: str) -> None:
        """Something that is not as expected."""
        self.say(sentence, "[red]![/]")

    @contextmanager
    def counting(self, what: str, total: int) -> Generator[Advance]:
        """A count that advances while the block runs, then one line with the result."""
        began, done = time.monotonic(), 0
        bar = Progress(
            TextColumn("  "),
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        with bar:
            task = bar.add_task(plain(what), total=total)

            def advance() -> None:
                nonlocal done
                done += 1
                bar.advance(task)

            yield advance
        self.say(f"{what}: {done} of {total}, in {time.monotonic() - began:.1f} s", "[green]✓[/]")

    def show(self, table: Table) -> None:
        """A table, with air around it."""
        self._console.print()
        self._console.print(table)

    def line(self, text: str = "") -> None:
        """A line as it is."""
        self._console.print(text, soft_wrap=True)

    def _close_act(self) -> None:
        if self._act:
            title, began = self._act
            self.acts.append((title, self.elapsed - began))
            self._act = None


def plain(text: str) -> str:
    """Text whose brackets the terminal shows instead of obeying."""
    return text.replace("[", r"\[")
