"""`trophees ranking`: prove that a ranking follows from its score cards."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.terminal import console, stop

if TYPE_CHECKING:
    from storage.reads.ranking_again import Again

MOST_SHOWN = 20

app = typer.Typer(help="Check the ranking of a cycle.", no_args_is_help=True)


@app.callback()
def ranking() -> None:
    """Check the ranking of a cycle."""


@app.command(epilog="Example: trophees ranking recompute 2027:REG-84")
def recompute(
    cycle: Annotated[str, typer.Argument(help="The code of the cycle, as `cycle list` shows it.")],
) -> None:
    """Compute the ranking again from the sealed cards, and say whether it is equal or where not."""
    again = asyncio.run(_again(settings_of_what_runs().database_url, cycle))
    if again is None:
        stop(f"No ranking of {cycle} was frozen yet.")
    if not again.differences:
        console.print(f"Equal to the last digit: {again.files} files of {cycle}.")
        return
    for each in again.differences[:MOST_SHOWN]:
        console.print(f"{each.file} {each.what}: frozen {each.frozen}, now {each.now}")
    stop(f"{len(again.differences)} differences in the ranking of {cycle}.")


async def _again(url: str, cycle: str) -> "Again | None":
    from storage.reads.ranking_again import ranked_again  # noqa: PLC0415  (heavy)

    async with records(url) as session:
        return await ranked_again(session, cycle)
