"""`trophees jurors`: who judges a cycle."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from commands.client import WHERE_IT_ASKS, fetch_list, send
from commands.tables import show_table
from commands.terminal import console, stop

app = typer.Typer(
    help="Read and invite the jurors of a cycle.", epilog=WHERE_IT_ASKS, no_args_is_help=True
)

Cycle = Annotated[
    str,
    typer.Argument(help="The code of the cycle, as `trophees cycle list` shows it: 2027:REG-84."),
]


@app.command("list", epilog="Example: trophees jurors list 2027:REG-84")
def list_jurors(cycle: Cycle) -> None:
    """List the jurors of a cycle, with how many cards they hold and have scored."""
    columns = ("name", "email", "organisation", "status", "reserve_place", "assigned", "scored")
    show_table(fetch_list(f"/cycles/{cycle}/jurors"), columns, "This cycle has no juror yet.")


@app.command(epilog="Example: trophees jurors invite 2027:REG-84 jurors.csv")
def invite(
    cycle: Cycle,
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file whose first line is its titles: email, and if known name, organisation, siren, is_chair, reserve_place.",
            exists=True,
            dir_okay=False,
        ),
    ],
) -> None:
    """Invite the jurors that a CSV file lists; the same file twice invites nobody twice."""
    people = _read(file)
    for person in people:
        send(f"/cycles/{cycle}/jurors", dict(person))
        console.print(f"[green]✓[/] {person['email']}")


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        sample = lines.read()
    separator = ";" if sample.partition("\n")[0].count(";") else ","
    rows = list(csv.DictReader(sample.splitlines(), delimiter=separator))
    if not rows or "email" not in rows[0]:
        stop(f"{file} has no column `email`: its first line must be its titles.")
    return [{name: value.strip() for name, value in row.items() if value} for row in rows]
