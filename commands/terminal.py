"""How a command speaks: to people on the terminal, in one sentence when it must stop."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


@contextmanager
def one_sentence() -> Generator[None]:
    """Turn what an operator can correct into one sentence and exit code 1."""
    from pydantic import ValidationError  # noqa: PLC0415  (slow)

    from embedded.refusals import EmbeddedError  # noqa: PLC0415  (slow)

    try:
        yield
    except EmbeddedError as error:
        stop(str(error))
    except ValidationError as error:
        first = error.errors()[0]
        place = "_".join(["TROPHEES", *(str(word).upper() for word in first["loc"])])
        stop(f"The settings are wrong ({place}): {first['msg'].removeprefix('Value error, ')}")


def stop(sentence: str) -> NoReturn:
    """Say why, and end with code 1."""
    errors.print(f"[red]✗[/] {_plain(sentence)}", soft_wrap=True)
    raise typer.Exit(1)


def show_addresses(addresses: dict[str, str]) -> None:
    """Print where everything is."""
    width = max((len(title) for title in addresses), default=0)
    for title, address in addresses.items():
        console.print(f"  {title:<{width}}  [bold]{_plain(address)}[/]", soft_wrap=True)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
