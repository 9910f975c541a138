"""`trophees login-link`: come in without the mailbox, in development only."""

from typing import Annotated

import typer

from commands.client import send
from commands.terminal import console


def login_link(
    email: Annotated[str, typer.Argument(help="The address of the person who comes in.")],
) -> None:
    """Print a link that logs a person in with one click; only in development."""
    console.print(send("/login-links", {"email": email})["url"], soft_wrap=True)
