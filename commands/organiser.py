"""`trophees organiser`: let somebody organise; the first right of an installation."""

import asyncio
from typing import Annotated

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.terminal import console, one_sentence, stop


def organiser(
    email: Annotated[
        str, typer.Argument(help="The address of the person who may organise every cycle.")
    ],
    name: Annotated[str, typer.Option(help="Their name, if the service does not know it.")] = "",
) -> None:
    """Let a person organise every cycle; they come in by a link, as everybody does."""
    from domain.addresses import parse_address  # noqa: PLC0415  (`--help` must not wait)
    from domain.refusals import Refusal  # noqa: PLC0415  (`--help` must not wait)

    with one_sentence():
        try:
            address = parse_address(email)
        except Refusal:
            stop(f"{email} is not an address of e-mail.")
        is_new = asyncio.run(give_right(settings_of_what_runs().database_url, address, name))
    said = "may now organise every cycle" if is_new else "could organise every cycle already"
    console.print(f"[green]✓[/] {address} {said}.", soft_wrap=True)


async def give_right(url: str, address: str, name: str) -> bool:
    """Give the right in the database; False when it was given already."""
    from storage.organisers import let_organise  # noqa: PLC0415  (`--help` must not wait)

    async with records(url) as session:
        return await let_organise(session, address, name)
