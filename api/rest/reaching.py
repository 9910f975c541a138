"""What a program may reach; the rest does not exist for it."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.errors import NotFound
from api.identity.viewer import Viewer
from api.rights import check_organises
from domain.mistakes import Mistake
from domain.refusals import Refusal
from storage.reads.rest.cycles import cycle_named
from storage.reads.rest.editions import edition_called
from storage.tables.cycles import Cycle, Edition


async def organised(session: AsyncSession, program: Viewer, name: str) -> Cycle:
    """The cycle of that code or id, which the program's person organises."""
    cycle = await cycle_named(session, name)
    if cycle is None:
        raise NotFound
    check_organises(program, cycle.id)
    return cycle


async def edition_of(session: AsyncSession, name: str) -> Edition:
    """The edition of that code or id."""
    edition = await edition_called(session, name)
    if edition is None:
        raise NotFound
    return edition


def organises(program: Viewer) -> Collection[UUID] | None:
    """The cycles that the program's person organises; None is every cycle."""
    return None if program.organises_everything else program.organises


@contextmanager
def wrong_input() -> Generator[None]:
    """Say that what is refused here is wrong whatever the moment."""
    try:
        yield
    except Refusal as refusal:
        raise Mistake(refusal.sentence, **refusal.facts) from refusal
