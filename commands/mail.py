"""`trophees mail`: the submission server that takes our letters."""

import asyncio
from typing import Annotated

import typer

from commands.surroundings import settings_of_what_runs
from commands.terminal import console, one_sentence, stop

app = typer.Typer(help="Look after the server that takes our letters.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """Look after the server that takes our letters."""


@app.command(epilog="Example: trophees mail check --to lea@example.org")
def check(
    to: Annotated[
        str | None,
        typer.Option(
            help="Whom to ask the server about; else TROPHEES_MAIL_CONTACT. Nobody is written to."
        ),
    ] = None,
) -> None:
    """Try the connection, the encryption, the sign-in and the addresses, and say what is wrong."""
    with one_sentence():
        asyncio.run(_check(to))


async def _check(to: str | None) -> None:
    from activities.letters.check import (  # noqa: PLC0415  (`--help` must not wait)
        MailCheckError,
        check,
    )

    settings = settings_of_what_runs()
    try:
        async for step in check(settings, to or settings.mail_contact):
            console.print(f"[green]✓[/] {step}", soft_wrap=True)
    except MailCheckError as error:
        stop(str(error))
