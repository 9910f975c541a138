"""Links to sign in, asked for again and again: how long each takes to leave."""

import asyncio
import time
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from api.engine import Engine
from api.identity.links import send_now, write_link
from benchmarks.mailing.crowd import readers
from benchmarks.stage import Stage
from benchmarks.waiting import until
from storage.login_links import LinkWanted
from storage.tables.letters import Letter
from storage.tables.people import Person

PAUSE = 0.25
MANY = 400


class Askers:
    """People who ask for a link, one after the other, until they are told to stop."""

    def __init__(self, stage: Stage, engine: Engine) -> None:
        self._stage = stage
        self._engine = engine
        self._asked: dict[str, datetime] = {}

    async def ask(self) -> None:
        """Ask four times a second; every person once."""
        for person_id in await readers(self._stage.database, MANY):
            began = time.monotonic()
            await self._ask_as(person_id)
            await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))

    async def waits(self) -> list[float]:
        """Seconds from each question to the instant at which the server had taken the letter."""
        await until(self._have_left, "the links to leave")
        left = await self._left()
        return sorted((left[key] - at).total_seconds() for key, at in self._asked.items())

    async def _ask_as(self, person_id: UUID) -> None:
        # The database runs on this machine: its clock is ours.
        now = datetime.now(UTC)
        async with self._stage.database.transaction() as session:
            email = (await session.get_one(Person, person_id)).email
            key = await write_link(session, self._stage.settings, LinkWanted(email, "/"), now)
        if key is not None:
            self._asked[key] = now
            await send_now(self._engine, key)

    async def _have_left(self) -> bool:
        return (await self._left()).keys() >= self._asked.keys()

    async def _left(self) -> dict[str, datetime]:
        async with self._stage.database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.key), col(Letter.sent_at)).where(
                    col(Letter.kind) == "login_link", col(Letter.sent_at).is_not(None)
                )
            )
            return {row.key: row.sent_at for row in rows}
