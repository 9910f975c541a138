"""Browsers signed in as those who look at lists, and a program with its token."""

from datetime import UTC, datetime
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from api.security import SESSION_COOKIE, fingerprint, new_secret
from benchmarks.boards.pages import Looker
from storage.database import Database
from storage.identity import open_session, person_called
from storage.tables.juries import Juror
from storage.tables.people import Organiser, Person

PATIENCE = 60
CHAIR = "juror-1@exemple.fr"
JUROR = "juror-2@exemple.fr"
ADDRESSES = {
    Looker.ORGANISER: "organisation@exemple.fr",
    Looker.NATIONAL: "nationale@exemple.fr",
    Looker.JUROR: JUROR,
    Looker.CHAIR: CHAIR,
    Looker.COMPANY: "company-7@exemple.fr",
}


async def sign_everybody_in(
    database: Database, web: str, token: str, cycle_id: UUID
) -> dict[Looker, httpx.AsyncClient]:
    """One browser for each, with the rights that they need."""
    browsers = {Looker.ANYBODY: _browser(web)}
    # Whoever runs the charter organises everything, which no cycle says.
    organised = {Looker.ORGANISER: cycle_id, Looker.NATIONAL: None}
    async with database.transaction() as session:
        for looker, address in ADDRESSES.items():
            person = await person_called(session, address)
            secret = new_secret()
            await open_session(session, person.id, fingerprint(secret), datetime.now(UTC))
            if looker in organised:
                await session.execute(
                    insert(Organiser)
                    .values(person_id=person.id, cycle_id=organised[looker])
                    .on_conflict_do_nothing()
                )
            browsers[looker] = _browser(web, cookies={SESSION_COOKIE: secret})
    browsers[Looker.PROGRAM] = _browser(web, headers={"Authorization": f"Bearer {token}"})
    return browsers


async def seat_of(session: AsyncSession, cycle_id: UUID, address: str) -> UUID:
    """The seat of somebody in the jury of a cycle."""
    found = await session.execute(
        select(col(Juror.id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Person.email) == address)
    )
    return found.scalar_one()


def _browser(
    web: str,
    cookies: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=web,
        cookies=cookies,
        headers=headers,
        timeout=PATIENCE,
        # Sooner than the server, which hangs up after five seconds of silence.
        limits=httpx.Limits(keepalive_expiry=2),
        trust_env=False,
    )
