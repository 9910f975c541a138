"""`trophees cycle`: open, follow and steer the cycles of an edition."""

from typing import Annotated
from uuid import uuid4

import typer

from commands.client import WHERE_IT_ASKS, fetch, fetch_list, send
from commands.tables import show_one, show_table

app = typer.Typer(
    help="Open, follow and steer cycles: an edition in one territory.",
    epilog=WHERE_IT_ASKS,
    no_args_is_help=True,
)

Cycle = Annotated[
    str, typer.Argument(help="The code of the cycle, as `list` shows it: 2027:REG-84.")
]
Reason = Annotated[str, typer.Option(help="Why, in words that the journal keeps.")]


@app.command("list", epilog="Example: trophees cycle list")
def list_cycles() -> None:
    """List the cycles with their phase, its end, and the closing of their call."""
    columns = ("code", "name", "phase", "until", "closes_at")
    show_table(fetch_list("/cycles"), columns, "There is no cycle yet.")


@app.command(epilog="Example: trophees cycle show 2027:REG-84")
def show(cycle: Cycle) -> None:
    """Show one cycle: its dates, and how many applications and jurors stand where."""
    show_one(fetch(f"/cycles/{cycle}"))


@app.command("open", epilog="Example: trophees cycle open 2027 REG-84")
def open_cycle(
    edition: Annotated[
        str, typer.Argument(help="The code of the edition, as `trophees edition list` shows it.")
    ],
    territory: Annotated[
        str,
        typer.Argument(
            help="The code of the territory: REG-84 for a region, DEP-38 for a department, national or internal."
        ),
    ],
    calendar: Annotated[
        str | None,
        typer.Option(
            help="The code of one of the calendars in the edition's file, when the first does not suit."
        ),
    ] = None,
) -> None:
    """Open the cycle of a territory: its calendar runs from then on."""
    wanted = {"edition": edition, "territory": territory}
    show_one(send("/cycles", wanted | ({"calendar": calendar} if calendar else {})))


@app.command(
    "end-phase",
    epilog='Example: trophees cycle end-phase 2027:REG-84 screening --reason "All files were read"',
)
def end_phase(
    cycle: Cycle,
    phase: Annotated[str, typer.Argument(help="The phase that runs now, as `show` says it.")],
    reason: Reason,
) -> None:
    """End a phase of a cycle before its date."""
    wanted = {"phase": phase, "reason": reason, "request_id": str(uuid4())}
    show_one(send(f"/cycles/{cycle}/end-phase", wanted))


@app.command(epilog='Example: trophees cycle cancel 2027:REG-84 --reason "Opened by mistake"')
def cancel(cycle: Cycle, reason: Reason) -> None:
    """Cancel a cycle, whatever its phase; everybody in it is told why."""
    wanted = {"reason": reason, "request_id": str(uuid4())}
    show_one(send(f"/cycles/{cycle}/cancel", wanted))
