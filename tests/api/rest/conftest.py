"""Programs that ask: with the key of development, with one of their own, with none."""

from collections.abc import AsyncGenerator, Sequence
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from api.security import fingerprint, new_secret
from storage.api_tokens import WHOLE, Narrowing, keep_token
from storage.database import Database
from storage.identity import person_called
from storage.tables.people import Organiser
from tests.browser import Browser
from tests.conftest import API_TOKEN


@pytest.fixture
async def program(application: FastAPI) -> AsyncGenerator[Browser]:
    """A program with the key of development, which opens everything."""
    async with Browser(application) as browser:
        browser.headers["Authorization"] = f"Bearer {API_TOKEN}"
        yield browser


async def give_key(
    database: Database,
    browser: Browser,
    organises: Sequence[UUID | None] = (),
    narrowing: Narrowing = WHOLE,
) -> None:
    """Give a browser the key of somebody who organises these cycles."""
    secret = new_secret()
    async with database.transaction() as session:
        person = await person_called(session, "regie@exemple.fr")
        for cycle_id in organises:
            await session.execute(insert(Organiser).values(person_id=person.id, cycle_id=cycle_id))
        await keep_token(
            session,
            fingerprint(secret),
            "un programme",
            person.id,
            browser.app.state.clock(),
            narrowing=narrowing,
        )
    browser.headers["Authorization"] = f"Bearer {secret}"
