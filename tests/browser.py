"""A browser on the application, without a network: cookies, and the tokens of forms."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy.dialects.postgresql import insert

from api.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    csrf_token,
    fingerprint,
    new_secret,
)
from storage.database import Database
from storage.identity import open_session, person_called
from storage.tables.people import Organiser


class Browser(httpx.AsyncClient):
    """An HTTP client that knows who it is signed in as, and fills the hidden token of forms."""

    person_id: UUID

    def __init__(self, app: FastAPI) -> None:
        super().__init__(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url="http://localhost",
        )
        self.app = app

    @property
    def csrf_token(self) -> str:
        """The token that this browser's forms carry."""
        if SESSION_COOKIE not in self.cookies and VISITOR_COOKIE not in self.cookies:
            self.cookies.set(VISITOR_COOKIE, new_secret())
        secret = self.cookies.get(SESSION_COOKIE)
        browser = fingerprint(secret) if secret else self.cookies[VISITOR_COOKIE]
        return csrf_token(self.app.state.settings.secret_key.get_secret_value(), browser)

    async def submit(
        self,
        url: str,
        fields: Mapping[str, str | list[str]] | None = None,
        files: Any = None,  # noqa: ANN401  (httpx accepts many shapes)
    ) -> httpx.Response:
        """Send a form as its page would, token included."""
        return await self.post(
            url, data={"csrf_token": self.csrf_token, **(fields or {})}, files=files
        )

    async def sign_in(
        self,
        database: Database,
        email: str,
        *,
        name: str = "",
        organises: Sequence[UUID | None] = (),
    ) -> None:
        """Open a session for that address, as its link would; None organises every cycle."""
        secret = new_secret()
        async with database.transaction() as session:
            person = await person_called(session, email, name=name)
            self.person_id = person.id
            await open_session(session, person.id, fingerprint(secret), self.app.state.clock())
            for cycle_id in organises:
                await session.execute(
                    insert(Organiser)
                    .values(person_id=person.id, cycle_id=cycle_id)
                    .on_conflict_do_nothing()
                )
        self.cookies.set(SESSION_COOKIE, secret)
