"""`trophees cycle`: open, follow and steer the cycles of an edition."""

from typing import Annotated
from uuid import uuid4

import typer

from commands.client import fetch, fetch_list, send
from commands.tables import show_one, show_table

app = typer.Typer(help="Open, follow and steer cycles.", no_args_is_help=True)

Cycle = Annotated[str, typer.Argument(help="The identifier of the cycle, as `list` shows it.")]
Reason = Annotated[str, typer.Option(help="Why, in words that the journal keeps.")]


@app.command("list", epilog="Example: trophees cycle list")
def list_cycles() -> None:
    """List the cycles with their phase and what they wait for."""
    columns = ("id", "edition", "territory", "level", "phase", "status", "closes_at")
    show_table(fetch_list("/cycles"), columns, "There is no cycle yet.")


@app.command(epilog="Example: trophees cycle show cycle:2027:84")
def show(cycle: Cycle) -> None:
    """Show one cycle."""
    show_one(fetch(f"/cycles/{cycle}"))


@app.command("open", epilog="Example: trophees cycle open 2027 84 --calendar standard")
def open_cycle(
    edition: Annotated[str, typer.Argument(help="The code of the edition.")],
    territory: Annotated[str, typer.Argument(help="The code of the territory.")],
    calendar: Annotated[
        str | None, typer.Option(help="A calendar other than the edition's.")
    ] = None,
) -> None:
    """Open a cycle for a territory."""
    wanted = {"edition": edition, "territory": territory}
    show_one(send("/cycles", wanted | ({"calendar": calendar} if calendar else {})))


@app.command(
    "end-phase",
    epilog='Example: trophees cycle end-phase cycle:2027:84 screening --reason "All files were read"',
)
def end_phase(
    cycle: Cycle, phase: Annotated[str, typer.Argument(help="The phase to end.")], reason: Reason
) -> None:
    """End a phase of a cycle before its date."""
    wanted = {"phase": phase, "reason": reason, "request_id": str(uuid4())}
    show_one(send(f"/cycles/{cycle}/end-phase", wanted))


@app.command(epilog='Example: trophees cycle cancel cycle:2027:84 --reason "Opened by mistake"')
def cancel(cycle: Cycle, reason: Reason) -> None:
    """Cancel a cycle."""
    wanted = {"reason": reason, "request_id": str(uuid4())}
    show_one(send(f"/cycles/{cycle}/cancel", wanted))
