"""The command `trophees`: one clear act each, the same for people and for programs."""

import typer

from commands import audit, cycle, edition, jurors, mail, person, ranking, token
from commands.doctor import doctor
from commands.login import login_link
from commands.organiser import organiser
from commands.parts import demo, migrate, serve, work
from commands.retention import retention
from commands.up import up
from logs import configure_command_logs

HERE = "On this machine"
LOOKED_AFTER = "Cycles of a service that runs"
ALONE = "One process at a time, in production"

app = typer.Typer(
    help="Run the Trophées de l'insertion: start it, look after it, steer its cycles.",
    epilog="Begin with: trophees demo. Settings are variables of the environment: see docs/running.md.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

app.command(rich_help_panel=HERE, epilog="Example: trophees up")(up)
app.command(rich_help_panel=HERE, epilog="Example: trophees demo --check")(demo)
app.command(rich_help_panel=HERE, epilog="Example: trophees doctor")(doctor)
app.command(rich_help_panel=HERE, epilog="Example: trophees login-link lea@example.org")(login_link)
app.command(
    rich_help_panel=HERE, epilog='Example: trophees organiser lea@example.org --name "Léa Martin"'
)(organiser)

app.command(rich_help_panel=ALONE, epilog="Example: trophees serve")(serve)
app.command(rich_help_panel=ALONE, epilog="Example: trophees work")(work)
app.command(rich_help_panel=ALONE, epilog="Example: trophees migrate")(migrate)

app.add_typer(edition.app, name="edition", rich_help_panel=LOOKED_AFTER)
app.add_typer(cycle.app, name="cycle", rich_help_panel=LOOKED_AFTER)
app.add_typer(jurors.app, name="jurors", rich_help_panel=LOOKED_AFTER)
app.add_typer(mail.app, name="mail", rich_help_panel=LOOKED_AFTER)
app.add_typer(ranking.app, name="ranking", rich_help_panel=LOOKED_AFTER)
app.add_typer(audit.app, name="audit", rich_help_panel=LOOKED_AFTER)
app.add_typer(person.app, name="person", rich_help_panel=LOOKED_AFTER)
app.command(rich_help_panel=LOOKED_AFTER, epilog="Example: trophees retention --days 30")(retention)
app.add_typer(token.app, name="token", rich_help_panel=LOOKED_AFTER)


def main() -> None:
    """Run the command line."""
    configure_command_logs()
    app()


if __name__ == "__main__":
    main()
