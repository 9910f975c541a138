"""Count what a page asks of the database."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from sqlalchemy import event


@dataclass
class Counted:
    """How many statements were sent."""

    count: int = 0


@contextmanager
def queries(app: FastAPI) -> Generator[Counted]:
    """Count the statements of an application while the block lasts."""
    counted = Counted()

    def note(*_: object) -> None:
        counted.count += 1

    engine = app.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", note)
