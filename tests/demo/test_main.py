"""The demonstration stays up when its story fails, and names what failed."""

import asyncio
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from demo.main import show_until
from demo.narration import Narration
from demo.stage import Stage

NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Stage:
    """An installation whose pages do not answer."""
    return Stage(
        web=NOBODY,
        mailbox=NOBODY,
        token="",
        database=database_url,
        addresses={"Mailbox": "http://localhost:8025"},
        logs=tmp_path,
        pids={},
    )


async def test_a_story_that_fails_is_named_and_the_service_stays_up(stage: Stage) -> None:
    said, told_to_stop = StringIO(), asyncio.Event()
    showing = asyncio.create_task(
        show_until(stage, Narration(Console(file=said, width=200)), told_to_stop)
    )

    async with asyncio.timeout(30):
        while "Everything stays up" not in said.getvalue():  # noqa: ASYNC110  (a text has no event)
            await asyncio.sleep(0.05)
    stayed = not showing.done()
    told_to_stop.set()

    assert (stayed, await showing) == (True, 0)
    assert "All connection attempts failed" in said.getvalue()
    assert f"The logs are in {stage.logs}" in said.getvalue()
    assert "http://localhost:8025" in said.getvalue()
    assert "what failed is named above" in said.getvalue()


async def test_on_a_service_of_somebody_else_a_story_that_fails_ends_with_1(stage: Stage) -> None:
    tell = Narration(Console(file=StringIO()))

    code = await show_until(replace(stage, is_ours=False), tell, asyncio.Event())

    assert code == 1
