"""The sealed journal: what was altered is found, and where; erased words leave the proof."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.sealing import Flaw
from domain.wire.application import SettleApplication
from storage.acts import applications
from storage.database import Database
from storage.journal import write_line
from storage.reads.audit import OtherState, checked_chain, checked_states, has_hash
from storage.sealing import seal
from storage.tables.applications import Application
from storage.tables.records import JournalLine
from tests.builders import NOON, a_cycle
from tests.storage.acts import SAMPLE, a_draft, a_request


async def sealed_lines(database: Database, *reasons: str) -> str:
    """A line for each reason, sealed in two goes; gives the last hash."""
    async with database.transaction() as session:
        for place, reason in enumerate(reasons):
            write_line(session, subject=f"thing:{place}", act="move", at=NOON, reason=reason)
    async with database.transaction() as session:
        while await seal(session, most=2):
            pass
        return (await checked_chain(session)).head


async def tampered(session: AsyncSession, statement: str) -> None:
    """What somebody with all rights on the database does, the guard put aside."""
    await session.execute(text("SET LOCAL session_replication_role = replica"))
    await session.execute(text(statement))


async def test_every_line_is_sealed_once_whatever_the_order_in_which_lines_arrive(
    database: Database,
) -> None:
    head = await sealed_lines(database, "un", "deux", "trois")

    async with database.transaction() as session:
        again = await seal(session)
        chain = await checked_chain(session)

        assert (again, chain.sealed, chain.unsealed, chain.found) == (0, 3, 0, ())
        assert await has_hash(session, head)
        assert not await has_hash(session, "0" * 64)


@pytest.mark.parametrize(
    ("statement", "flaw", "line"),
    [
        ("UPDATE journal SET act = 'movf' WHERE id = 2", Flaw.ALTERED_LINE, 2),
        (
            "UPDATE journal SET at = at + interval '1 microsecond' WHERE id = 1",
            Flaw.ALTERED_LINE,
            1,
        ),
        ("UPDATE journal SET reason = 'dois' WHERE id = 3", Flaw.ALTERED_WORDS, 3),
        ("UPDATE sealed_line SET words = repeat('a', 64) WHERE line_id = 3", Flaw.ALTERED_WORDS, 3),
        ("DELETE FROM journal WHERE id = 2", Flaw.MISSING_LINE, 2),
        ("DELETE FROM sealed_line WHERE position = 2", Flaw.MISSING_LINK, 0),
    ],
)
async def test_one_byte_altered_in_the_database_is_found_and_located(
    database: Database, statement: str, flaw: Flaw, line: int
) -> None:
    await sealed_lines(database, "un", "deux", "trois")
    async with database.transaction() as session:
        await tampered(session, statement)

        found = (await checked_chain(session)).found

        assert [(each.flaw, each.line) for each in found] == [(flaw, line)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET act = 'other' WHERE id = 1",
        "UPDATE journal SET reason = 'other' WHERE id = 1",
        "DELETE FROM journal WHERE id = 1",
        "UPDATE sealed_line SET hash = '' WHERE position = 1",
        "DELETE FROM sealed_line WHERE position = 1",
    ],
)
async def test_the_database_refuses_to_change_what_is_written(
    database: Database, statement: str
) -> None:
    await sealed_lines(database, "un")

    with pytest.raises(DBAPIError, match="is never changed nor deleted"):
        async with database.transaction() as session:
            await session.execute(text(statement))


async def test_words_are_erased_for_good_and_the_chain_stays_valid(database: Database) -> None:
    head = await sealed_lines(database, "Madame Chêne est malade.", "deux")
    async with database.transaction() as session:
        await session.execute(update(JournalLine).where(col(JournalLine.id) == 1).values(reason=""))

        chain = await checked_chain(session)

        assert (chain.found, chain.erased, chain.head) == ((), 1, head)


async def test_a_state_that_does_not_follow_from_the_journal_is_named(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        file = await a_draft(session, cycle)
        request = await a_request(session, Act.SUBMIT, f"application:{file.id}", at=NOON)
        asked = SettleApplication(str(file.id), Act.SUBMIT, str(request.id), NOON)
        await applications.settle(session, asked)
        honest = await checked_states(session)

        await session.execute(
            update(Application).where(col(Application.id) == file.id).values(status=Status.ADMITTED)
        )
        forged = await checked_states(session)

        subject = f"application:{file.id}"
        assert honest.others == ()
        assert forged.others == (OtherState(subject, Status.SUBMITTED, Status.ADMITTED),)
