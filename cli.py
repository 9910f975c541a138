"""The command `trophees`: one clear act each, the same for people and for programs."""

import typer

from commands.up import up

app = typer.Typer(
    name="trophees",
    help="Run the Trophées de l'insertion.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.command()(up)


@app.callback()
def _trophees() -> None:
    """Run the Trophées de l'insertion."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
