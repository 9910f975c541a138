"""`trophees edition`: the editions and their rules."""

from pathlib import Path
from typing import Annotated

import typer

from commands.client import Document, fetch, fetch_list, send
from commands.tables import show_one, show_table
from commands.terminal import console, stop

app = typer.Typer(help="Read, check and open editions.", no_args_is_help=True)

A_FILE = typer.Argument(
    help="The YAML file of an edition; see data/editions/ for those that are shipped.",
    exists=True,
    dir_okay=False,
)


@app.command("list", epilog="Example: trophees edition list")
def list_editions() -> None:
    """List the editions."""
    columns = ("code", "year", "title", "cycles")
    show_table(fetch_list("/editions"), columns, "There is no edition yet.")


@app.command(epilog="Example: trophees edition show 2027")
def show(
    edition: Annotated[
        str, typer.Argument(help="The code of the edition, as `list` shows it: 2027.")
    ],
) -> None:
    """Show one edition, and its territories and dates when it is of two levels."""
    shown = fetch(f"/editions/{edition}")
    show_one(shown)
    if shown.get("phase") != "by_hand":
        _show_plan(fetch(f"/editions/{edition}/plan"))


@app.command(epilog="Example: trophees edition confirm 2028 --yes")
def confirm(
    edition: Annotated[str, typer.Argument(help="The code of the edition.")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask: the plan was read elsewhere.")
    ] = False,
) -> None:
    """Confirm an edition: its territories are opened at the dates that are shown first."""
    plan = fetch(f"/editions/{edition}/plan")
    _show_plan(plan)
    if not yes:
        typer.confirm("Confirm this edition?", abort=True)
    show_one(send(f"/editions/{edition}/confirm", {"seen": plan["seen"]}))


@app.command(epilog="Example: trophees edition check data/editions/trophees-insertion-v1.yaml")
def check(file: Annotated[Path, A_FILE]) -> None:
    """Check the file of an edition without opening it."""
    send("/editions?dry_run=true", {"document": _read(file)})
    console.print(f"[green]✓[/] {file} is a sound edition.", soft_wrap=True)


@app.command(
    "open",
    epilog="Example: trophees edition open data/editions/trophees-insertion-v1.yaml --year 2027",
)
def open_edition(
    file: Annotated[Path, A_FILE],
    year: Annotated[
        int | None, typer.Option(help="The year; else the first whose call has not closed yet.")
    ] = None,
) -> None:
    """Open the edition that a file describes; its cycles are opened by `trophees cycle open`."""
    wanted = {"document": _read(file)}
    show_one(send("/editions", wanted | ({"year": year} if year else {})))


@app.command(epilog="Example: trophees edition prepare 2028")
def prepare(
    year: Annotated[int, typer.Argument(help="The year of the edition.")],
    template: Annotated[
        str, typer.Option(help="The code of a shipped template of two levels.")
    ] = "trophees-insertion",
) -> None:
    """Prepare an edition with its territories and its final; it waits to be confirmed on its page."""
    show_one(send("/editions/prepare", {"template": template, "year": year}))


def _show_plan(plan: Document) -> None:
    """The territories of a plan with their first and last dates, then the final."""
    rows = [
        {
            "territory": each["code"],
            "name": each["name"],
            "opens_at": each["calendar"]["opens_at"],
            "closes_at": each["calendar"]["closes_at"],
            "dates": "own" if each["own_dates"] else "of the edition",
        }
        for each in plan["territories"]
    ]
    columns = ("territory", "name", "opens_at", "closes_at", "dates")
    show_table(rows, columns, "This edition has no territory.")
    final = plan["national"]
    console.print(
        f"The final opens on {final['opens_at']} and closes on {final['closes_at']}; quorum "
        f"{plan['quorum']}, cut-off {plan['cutoff_at']}.",
        soft_wrap=True,
    )


def _read(file: Path) -> object:
    import yaml  # noqa: PLC0415  (`--help` must not wait)

    try:
        document: object = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return stop(f"{file} is not readable YAML: {' '.join(str(error).split())}")
    return document
