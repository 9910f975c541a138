"""`trophees retention`: what would go if tonight's run were now, class by class. Nothing is erased."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from commands.records import records
from commands.surroundings import settings_of_what_runs
from commands.terminal import console


def retention(
    days: Annotated[int, typer.Option(help="Look so many days ahead.", min=0)] = 0,
) -> None:
    """Say how much of each class would be emptied, detached or erased: a dry run."""
    at = datetime.now(UTC) + timedelta(days=days)
    for kind, count in asyncio.run(_counts(settings_of_what_runs().database_url, at)).items():
        console.print(f"  {kind:<18} {count:>8}")


async def _counts(url: str, at: datetime) -> dict[str, int]:
    from storage.acts.retaining import due_counts  # noqa: PLC0415  (`--help` must not wait)

    async with records(url) as session:
        return {str(kind): count for kind, count in (await due_counts(session, at)).items()}
