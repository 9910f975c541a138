"""What a command does in the database itself, because no page and no program may."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from commands.terminal import stop

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

NO_SUCH_TABLE = "42P01"


@asynccontextmanager
async def records(url: str) -> "AsyncGenerator[AsyncSession]":
    """One transaction on a database of this version."""
    from storage.database import Database  # noqa: PLC0415  (`--help` must not wait)

    database = Database(url, connections=1)
    try:
        with database_in_words():
            async with database.transaction() as session:
                yield session
    finally:
        await database.close()


@contextmanager
def database_in_words() -> Generator[None]:
    """Say in a sentence that the database is away, or older than this code."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (`--help` must not wait)

    try:
        yield
    except OSError as error:
        _stop_without_database(error)
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state == NO_SUCH_TABLE:
            stop("The database is not at the version of this code: run `trophees migrate`.")
        if error.connection_invalidated or state is None or state.startswith(("08", "28", "3D")):
            _stop_without_database(error.orig or error)
        raise


def _stop_without_database(error: BaseException) -> None:
    said = " ".join(str(error).split()) or type(error).__name__
    stop(f"The database does not answer ({said}): start it, or set TROPHEES_DATABASE_URL.")
