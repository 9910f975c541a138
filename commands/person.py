"""`trophees person`: answer somebody who writes to ask for their data, or for their erasure."""

import asyncio
import json
from typing import Annotated, Any

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.terminal import console, stop

Address = Annotated[str, typer.Argument(help="The address of the person.")]

app = typer.Typer(help="Give or erase what is kept of one person.", no_args_is_help=True)


@app.callback()
def person() -> None:
    """Give or erase what is kept of one person."""


@app.command(epilog="Example: trophees person export ada@example.org > ada.json")
def export(address: Address) -> None:
    """Print, as JSON, all that the service keeps of a person."""
    kept = asyncio.run(_kept(settings_of_what_runs().database_url, address))
    if kept is None:
        stop(f"Nobody has the address {address}.")
    typer.echo(json.dumps(kept, ensure_ascii=False, indent=2, default=str))


@app.command(epilog="Example: trophees person erase ada@example.org")
def erase(
    address: Address,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for a confirmation.")] = False,  # noqa: FBT002  (typer reads it so)
) -> None:
    """Erase a person for good: their name goes from everywhere, scores and ranks stay."""
    if not yes:
        typer.confirm(f"Erase {address} for good?", abort=True)
    rows, holds = asyncio.run(_erased(settings_of_what_runs().database_url, address))
    if holds:
        stop(f"Others still count on this person ({', '.join(holds)}): settle that first.")
    if not rows:
        stop(f"Nobody has the address {address}.")
    console.print(f"[green]✓[/] Erased. Rows that no longer name them: {rows}.")


async def _kept(url: str, address: str) -> dict[str, Any] | None:
    from storage.identity import known_address  # noqa: PLC0415  (`--help` must not wait)
    from storage.reads.my_data import my_data  # noqa: PLC0415  (`--help` must not wait)

    async with records(url) as session:
        person_id = await known_address(session, address)
        return dict(await my_data(session, person_id)) if person_id else None


async def _erased(url: str, address: str) -> tuple[int, list[str]]:
    from storage.acts.erasing import erase as erase_person  # noqa: PLC0415  (heavy)
    from storage.acts.holding import holds_on  # noqa: PLC0415  (heavy)
    from storage.identity import known_address  # noqa: PLC0415  (heavy)

    async with records(url) as session:
        person_id = await known_address(session, address)
        if person_id is None:
            return 0, []
        holds = [str(each) for each in await holds_on(session, person_id)]
        return (0, holds) if holds else (await erase_person(session, person_id), [])
