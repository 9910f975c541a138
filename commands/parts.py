"""`trophees serve`, `work`, `migrate`, `demo`: one process each, against what runs."""

import asyncio
import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from commands.records import database_in_words
from commands.surroundings import settings_of_what_runs
from commands.terminal import console, one_sentence


def serve() -> None:
    """Run the web application alone, on the PostgreSQL and the Temporal that the settings name."""
    from embedded.catalogue import web_command  # noqa: PLC0415  (`--help` must not wait)

    with one_sentence():
        _become(web_command(settings_of_what_runs()))


class Duty(StrEnum):
    """What a worker may do alone."""

    CYCLES = "cycles"
    POST = "post"


def work(
    duties: Annotated[
        list[Duty] | None,
        typer.Argument(help="What it does: cycles, post; both unless told.", show_default=False),
    ] = None,
) -> None:
    """Run one worker alone, on the PostgreSQL and the Temporal that the settings name."""
    with one_sentence():
        settings_of_what_runs()
        _become((sys.executable, "-m", "worker", *(duties or ())))


def migrate() -> None:
    """Bring the tables of the database to the version of this code; twice is harmless."""
    with one_sentence():
        url = settings_of_what_runs().database_url
        from storage.migrate import migrate as bring_up_to_date  # noqa: PLC0415  (`--help` must not wait)

        with database_in_words():
            asyncio.run(bring_up_to_date(url))
    console.print("[green]✓[/] The database is up to date.")


def demo(
    *,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Play on an installation of its own, verify, and leave nothing running."
        ),
    ] = False,
) -> None:
    """Start everything, play a whole year of the trophies in a minute and a half, and stay up."""
    with one_sentence():
        from demo.main import play  # noqa: PLC0415  (`--help` must not wait)

        raise typer.Exit(play(check=check))


def _become(command: tuple[str, ...]) -> None:
    from embedded.parts import ROOT  # noqa: PLC0415  (`--help` must not wait)

    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606  (our own command)
