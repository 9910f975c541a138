"""`trophees audit`: prove from the journal that nothing was altered, and that all follows from it."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.terminal import console, stop

if TYPE_CHECKING:
    from storage.reads.audit import Chain

MOST_SHOWN = 20

app = typer.Typer(help="Check the sealed journal.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """Check the sealed journal."""


@app.command(epilog="Example: trophees audit verify --head 3f9a…")
def verify(
    head: Annotated[
        str, typer.Option(help="A hash that the chain had before, and must still have.")
    ] = "",
) -> None:
    """Read the whole chain again, deduce every state from it, and compute every ranking again."""
    wrong = asyncio.run(_verified(settings_of_what_runs().database_url, head))
    if wrong:
        stop(
            "1 thing is not as it was sealed."
            if wrong == 1
            else f"{wrong} things are not as they were sealed."
        )
    console.print("[green]✓[/] All is as it was sealed.")


@app.command(epilog="Example: trophees audit seal")
def seal() -> None:
    """Seal now what the journal has received since the last minute, and print the last hash."""
    console.print(asyncio.run(_sealed(settings_of_what_runs().database_url)))


async def _verified(url: str, head: str) -> int:
    from storage.reads import audit as proof  # noqa: PLC0415  (heavy)

    async with records(url) as session:
        chain = await proof.checked_chain(session)
        wrong = _say_chain(chain)
        if head and not await proof.has_hash(session, head):
            console.print(f"The chain has no hash {head}: it was written again since.")
            wrong += 1
        states = await proof.checked_states(session)
        console.print(f"States that follow from the journal: {states.checked - len(states.others)}")
        for each in states.others[:MOST_SHOWN]:
            console.print(
                f"  {each.subject}: {each.by_the_journal} by the journal, {each.in_its_table} in its table"
            )
        for code in await proof.ranked_cycles(session):
            files, differences = await proof.checked_ranking(session, code)
            console.print(f"Ranking of {code}: {files} files again, {differences} differences")
            wrong += differences
    return wrong + len(states.others)


def _say_chain(chain: "Chain") -> int:
    console.print(f"Lines sealed: {chain.sealed}, words erased since: {chain.erased}")
    console.print(f"Lines that wait for their seal: {chain.unsealed}")
    console.print(f"Last hash: {chain.head}")
    for each in chain.found[:MOST_SHOWN]:
        console.print(f"  position {each.position}, line {each.line}: {each.flaw}")
    return len(chain.found)


async def _sealed(url: str) -> str:
    from storage.reads.audit import checked_chain  # noqa: PLC0415  (heavy)
    from storage.sealing import seal as seal_lines  # noqa: PLC0415  (heavy)

    async with records(url) as session:
        while await seal_lines(session):
            pass
        return (await checked_chain(session)).head
