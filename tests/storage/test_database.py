import asyncio

import pytest
from sqlalchemy import text

from storage import database as module
from storage.database import Database

OTHERS = text("""
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
""")


async def _filled(database: Database) -> None:
    """Open several connections, and give them back."""

    async def use() -> None:
        async with database.transaction() as session:
            await session.execute(text("select pg_sleep(0.05)"))

    await asyncio.gather(*(use() for _ in range(4)))


async def _killed(database_url: str) -> None:
    other = Database(database_url, connections=1)
    async with other.transaction() as session:
        await session.execute(OTHERS)
    await other.close()


@pytest.mark.parametrize("silence", [20.0, 0.0], ids=["by their sockets", "by asking the server"])
async def test_connections_that_the_server_cut_are_replaced_before_anybody_uses_them(
    database: Database, database_url: str, silence: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE", silence)
    await _filled(database)
    await _killed(database_url)

    await asyncio.sleep(0.1)

    await _filled(database)


MARKS = text("create table mark (word text)")


async def _fails_after_a_statement(database: Database) -> None:
    async with database.statement() as connection:
        await connection.execute(text("insert into mark values ('alone')"))
        raise ZeroDivisionError


async def _fails_in_a_transaction(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("insert into mark values ('undone')"))
        raise ZeroDivisionError


async def test_a_statement_commits_by_itself_and_a_transaction_after_it_undoes_everything(
    database_url: str,
) -> None:
    database = Database(database_url, connections=1)
    async with database.statement() as connection:
        await connection.execute(MARKS)

    with pytest.raises(ZeroDivisionError):
        await _fails_after_a_statement(database)
    with pytest.raises(ZeroDivisionError):
        await _fails_in_a_transaction(database)

    async with database.transaction() as session:
        marks = (await session.execute(text("select word from mark"))).scalars().all()
        await session.execute(text("drop table mark"))
    await database.close()
    assert marks == ["alone"]
