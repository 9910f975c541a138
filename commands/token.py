"""`trophees token`: the keys with which programs use the API."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.tables import show_table
from commands.terminal import console, errors, one_sentence, stop

if TYPE_CHECKING:
    from datetime import datetime

    from storage.api_tokens import KnownToken

app = typer.Typer(help="Issue, list and revoke the keys of the API.", no_args_is_help=True)

LONGEST_NAME = 120


@app.command(epilog='Example: trophees token issue lea@example.org --name "Dashboard" --days 90')
def issue(
    email: Annotated[
        str,
        typer.Argument(
            help="The address of the organiser in whose name the program asks: it may do what they may."
        ),
    ],
    name: Annotated[str, typer.Option(help="What the key is for, as `list` will show it.")],
    days: Annotated[int, typer.Option(help="How many days it holds.", min=1, max=3650)] = 365,
    *,
    reads_only: Annotated[
        bool, typer.Option("--read-only", help="Let it read, and refuse every act.")
    ] = False,
    edition: Annotated[
        str, typer.Option(help="Keep it to the cycles of this edition, by its code.")
    ] = "",
) -> None:
    """Print a new key, once: only its fingerprint is kept."""
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        stop(f"Say in 1 to {LONGEST_NAME} characters what the key is for, with --name.")
    with one_sentence():
        url = settings_of_what_runs().database_url
        wanted = _Wanted(email.strip().lower(), called, timedelta(days=days), reads_only, edition)
        key, until = asyncio.run(_issue(url, wanted))
    # The words apart, so that TROPHEES_TOKEN=$(trophees token issue ...) takes the key alone.
    errors.print(f"[green]✓[/] This key holds until {until:%Y-%m-%d}. It is not shown again:")
    print(key)  # noqa: T201  (rich would fold it)


@app.command("list", epilog="Example: trophees token list")
def list_tokens() -> None:
    """List the keys, the last one first."""
    with one_sentence():
        found, now = asyncio.run(_all(settings_of_what_runs().database_url))
    rows = [
        {
            "reference": each.reference,
            "name": each.name,
            "in the name of": each.email,
            "may": ("read" if each.reads_only else "act")
            + (f" in {each.edition}" if each.edition else ""),
            "issued": f"{each.created_at:%Y-%m-%d}",
            "until": f"{each.expires_at:%Y-%m-%d}" + (" (over)" if each.expires_at <= now else ""),
        }
        for each in found
    ]
    columns = ("reference", "name", "in the name of", "may", "issued", "until")
    show_table(rows, columns, "There is no key yet: make one with `trophees token issue`.")


@app.command(epilog="Example: trophees token revoke 4be1c06f5d2a")
def revoke(
    reference: Annotated[str, typer.Argument(help="The reference of the key, as `list` shows it.")],
) -> None:
    """Revoke a key: programs that use it are refused from now on."""
    with one_sentence():
        name = asyncio.run(_revoke(settings_of_what_runs().database_url, reference.strip()))
    if name is None:
        stop(f"No key has the reference {reference}: see `trophees token list`.")
    console.print(f"[green]✓[/] The key “{name}” opens nothing any more.", soft_wrap=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A key to issue."""

    email: str
    name: str
    lasts: timedelta
    reads_only: bool
    edition: str


async def _issue(url: str, wanted: _Wanted) -> "tuple[str, datetime]":
    from api.security import fingerprint, new_secret  # noqa: PLC0415  (`--help` must not wait)
    from storage.api_tokens import Narrowing, keep_token, organiser_called  # noqa: PLC0415  (same)
    from storage.database import database_now  # noqa: PLC0415  (`--help` must not wait)
    from storage.reads.rest.editions import edition_called  # noqa: PLC0415  (same)

    async with records(url) as session:
        person = await organiser_called(session, wanted.email)
        if person is None:
            stop(
                f"{wanted.email} organises nothing yet: give the right first, "
                f"`trophees organiser {wanted.email}`."
            )
        edition = await edition_called(session, wanted.edition) if wanted.edition else None
        if wanted.edition and edition is None:
            stop(f"There is no edition {wanted.edition}: see `trophees edition list`.")
        narrowing = Narrowing(wanted.reads_only, edition.id if edition else None)
        key, now = new_secret(), await database_now(session)
        await keep_token(
            session,
            fingerprint(key),
            wanted.name,
            person.person_id,
            now,
            wanted.lasts,
            narrowing,
        )
    return key, now + wanted.lasts


async def _all(url: str) -> "tuple[list[KnownToken], datetime]":
    from storage.api_tokens import tokens  # noqa: PLC0415  (`--help` must not wait)
    from storage.database import database_now  # noqa: PLC0415  (`--help` must not wait)

    async with records(url) as session:
        return await tokens(session), await database_now(session)


async def _revoke(url: str, reference: str) -> str | None:
    from storage.api_tokens import revoke_token  # noqa: PLC0415  (`--help` must not wait)

    async with records(url) as session:
        return await revoke_token(session, reference)
