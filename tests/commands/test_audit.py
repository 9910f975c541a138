"""`trophees audit`: what an operator reads, and the exit code that a program reads."""

from sqlalchemy import text

from storage.database import Database
from storage.journal import write_line
from tests.builders import NOON
from tests.commands.conftest import Trophees


async def test_a_sound_journal_ends_with_zero_and_an_altered_one_says_where(
    trophees: Trophees, database: Database
) -> None:
    async with database.transaction() as session:
        for place in range(2):
            write_line(session, subject=f"thing:{place}", act="move", at=NOON)

    head = (await trophees("audit", "seal")).stdout.strip()
    sound = await trophees("audit", "verify", "--head", head)
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL session_replication_role = replica"))
        await session.execute(text("UPDATE journal SET act = 'movf' WHERE id = 2"))
    altered = await trophees("audit", "verify")
    rewritten = await trophees("audit", "verify", "--head", "f" * 64)

    assert (sound.exit_code, altered.exit_code, rewritten.exit_code) == (0, 1, 1)
    assert f"Last hash: {head}\n" in sound.stdout
    assert "  position 2, line 2: the line, or its hash, is not the one that was sealed\n" in (
        altered.stdout
    )
    assert "1 thing is not as it was sealed." in altered.stderr
    assert "2 things are not as they were sealed." in rewritten.stderr
