"""`trophees jurors`: who judges a cycle."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from commands.client import fetch_list, send
from commands.tables import show_table
from commands.terminal import console, stop

app = typer.Typer(help="Read and invite the jurors of a cycle.", no_args_is_help=True)

Cycle = Annotated[str, typer.Argument(help="The identifier of the cycle.")]


@app.command("list", epilog="Example: trophees jurors list cycle:2027:84")
def list_jurors(cycle: Cycle) -> None:
    """List the jurors of a cycle."""
    columns = ("id", "name", "email", "college", "status", "assigned", "scored")
    show_table(fetch_list(f"/cycles/{cycle}/jurors"), columns, "This cycle has no juror yet.")


@app.command(epilog="Example: trophees jurors invite cycle:2027:84 jurors.csv")
def invite(
    cycle: Cycle,
    file: Annotated[
        Path,
        typer.Argument(
            help="A CSV file with a line of titles: email, name, and others that the API knows.",
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
