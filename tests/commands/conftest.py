"""What the tests of commands share."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app

Trophees = Callable[..., Awaitable[Any]]


@pytest.fixture
def trophees(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trophees:
    """Runs a command on the database of the test, on a terminal that is wide enough."""
    monkeypatch.setenv("TROPHEES_DATABASE_URL", database_url)
    monkeypatch.setenv("TROPHEES_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "160")

    async def run(*words: str) -> Any:  # noqa: ANN401  (click gives no type)
        return await asyncio.to_thread(CliRunner().invoke, app, words)

    return run
