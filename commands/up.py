"""`trophees up`: everything on this machine, in one command."""

import asyncio
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer
from rich.status import Status

from commands.terminal import console, one_sentence, show_addresses

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(
    part: Annotated[
        list[str] | None,
        typer.Option(
            help="Start this part only; may be given several times: postgres, temporal, mail, registry, migrate, worker, post, web."
        ),
    ] = None,
) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    from embedded.catalogue import EVERYTHING  # noqa: PLC0415  (`--help` must not wait)
    from embedded.refusals import AlreadyRunningError  # noqa: PLC0415  (`--help` must not wait)

    unknown = sorted(set(part or ()) - set(EVERYTHING))
    if unknown:
        message = f"There is no part called {unknown[0]}; the parts are {', '.join(EVERYTHING)}."
        raise typer.BadParameter(message)
    with one_sentence():
        try:
            asyncio.run(_up(part or EVERYTHING))
        except AlreadyRunningError as running:
            _say_where_it_runs(str(running))


class Story:
    """Tells on the terminal what the supervisor does."""

    def __init__(self) -> None:
        self._status = Status("", console=console)

    def starting(self, title: str) -> None:
        """Show what is being waited for."""
        self._status.update(f"Starting {title}…")
        self._status.start()

    def ready(self, title: str, seconds: float) -> None:
        """Tick a stage off."""
        self._status.stop()
        console.print(f"[green]✓[/] {title} [dim]{seconds:.1f} s[/]")

    def fell(self, title: str, how: str, pause: float) -> None:
        """Say that a part ended by itself."""
        console.print(f"[yellow]![/] {title} {how}; starting it again in {pause:.1f} s")

    def back(self, title: str) -> None:
        """Say that a part is well again."""
        console.print(f"[green]✓[/] {title} is back")

    def stopping(self, title: str) -> None:
        """Show what is being stopped."""
        self._status.stop()
        console.print(f"[dim]Stopping {title}[/]")

    def cleared(self, title: str, pid: int) -> None:
        """Say that a left-over was found and stopped."""
        console.print(
            f"[yellow]![/] {title} (process {pid}) was left by an earlier run; stopping it"
        )


async def _up(parts: Sequence[str]) -> None:
    from embedded.supervisor import Embedded  # noqa: PLC0415  (`--help` must not wait)
    from settings import Settings  # noqa: PLC0415  (`--help` must not wait)

    began = time.monotonic()
    _cancel_once_when_told_to_stop()
    with suppress(asyncio.CancelledError):
        async with Embedded(Settings(), parts, Story()) as running:
            console.print(f"Everything is up in {time.monotonic() - began:.1f} s.\n")
            show_addresses(running.addresses)
            console.print("\nCtrl-C stops everything.")
            await asyncio.Event().wait()


def _cancel_once_when_told_to_stop() -> None:
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def cancel() -> None:
        # A second Ctrl-C must not interrupt the stopping itself.
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, lambda: None)
        if task:
            task.cancel()

    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, cancel)


def _say_where_it_runs(sentence: str) -> None:
    from embedded.addresses import addresses  # noqa: PLC0415  (`--help` must not wait)
    from embedded.state import StateFolder  # noqa: PLC0415  (`--help` must not wait)
    from settings import Settings  # noqa: PLC0415  (`--help` must not wait)

    console.print(sentence, soft_wrap=True)
    show_addresses(addresses(StateFolder(Settings().state_dir).published()))
