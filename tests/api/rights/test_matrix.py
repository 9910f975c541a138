"""Every route of the service, page and REST alike, asked by everybody: the answer is in docs/rights.md."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import UUID

from fastapi import FastAPI
from sqlmodel import col, select
from structlog.testing import capture_logs

from api.security import fingerprint, new_secret
from settings import ROOT
from storage.acts.edition_opening import prepare_edition
from storage.api_tokens import keep_token
from storage.database import Database
from storage.editions import MAIN, shipped_template
from storage.tables.cycles import Cycle
from tests.api.rights.charter_side import a_charter_side
from tests.api.rights.matrix import Route, Side, Unkept, may, routes_of
from tests.api.rights.table import cell, read_table, written_table
from tests.api.rights.trophies_side import TrophiesSide
from tests.browser import Browser

ROLES = (
    "nobody",
    "stranger",
    "national",
    "territorial",
    "chair",
    "juror",
    "owner",
    "editor",
    "signatory",
    "reader",
    "partner",
    "head",
    "lead",
    "reporting",
)
DOCUMENT = ROOT / "docs" / "rights.md"
MEASURED = ROOT / "var" / "rights.measured.md"
SIRETS = (("12345678200010", "00010014900012"), ("00010021400014", "00010007300014"))


async def test_everybody_may_do_what_the_table_of_rights_says_and_nothing_else(
    application: FastAPI, database: Database, database_url: str
) -> None:
    uploads: Path = application.state.settings.uploads
    here = await a_side(database, uploads, "here", 2027, SIRETS[0])
    elsewhere = await a_side(database, uploads, "elsewhere", 2028, SIRETS[1])
    async with AsyncExitStack() as opened:
        browsers = {role: await a_browser(opened, application, database, role) for role in ROLES}
        application.state.database = Unkept(database_url, connections=5)
        opened.push_async_callback(application.state.database.close)

        with capture_logs():  # six thousand lines that nobody reads
            found = {
                route: await marks(browsers, route, here, elsewhere)
                for route in sorted(set(routes_of(application)))
            }

    table = written_table(found)
    MEASURED.parent.mkdir(exist_ok=True)
    MEASURED.write_text(table)
    assert read_table(table) == read_table(DOCUMENT.read_text())


async def marks(
    browsers: Mapping[str, Browser], route: Route, here: Side, elsewhere: Side
) -> dict[str, str]:
    """What each role may, as the table says it.

    Who is kept from their own is to another's a stranger, who is asked about both.
    """
    found: dict[str, str] = {}
    is_open = False
    for role, browser in browsers.items():
        own = foreign = await may(browser, route, here, role)
        if route.has_object and (own or is_open or role == "stranger"):
            foreign = await may(browser, route, elsewhere, role)
        is_open = is_open or (role == "stranger" and foreign)
        found[role] = cell(own, foreign, route)
    return found


async def a_side(
    database: Database, uploads: Path, name: str, year: int, sirets: tuple[str, str]
) -> Side:
    shipped = shipped_template(MAIN)
    assert shipped is not None
    async with database.transaction() as session:
        trophies = TrophiesSide(session, name, uploads)
        side = await trophies.build(year)
        plan = await prepare_edition(session, shipped.document, year + 10)
        side["plan"] = {"edition_code": plan.code, "edition": plan.code}
        return side | await a_charter_side(session, name, uploads, sirets)


async def a_browser(
    opened: AsyncExitStack, application: FastAPI, database: Database, role: str
) -> Browser:
    browser = await opened.enter_async_context(Browser(application))
    if role == "nobody":
        return browser
    organises = await organised_by(database, role)
    await browser.sign_in(database, f"{role}@here.example", organises=organises)
    secret = new_secret()
    async with database.transaction() as session:
        await keep_token(
            session, fingerprint(secret), role, browser.person_id, application.state.clock()
        )
    browser.headers["Authorization"] = f"Bearer {secret}"
    return browser


async def organised_by(database: Database, role: str) -> list[UUID | None]:
    """The cycles of this side, for its territorial organiser; every cycle, for a national one."""
    if role == "national":
        return [None]
    if role != "territorial":
        return []
    async with database.transaction() as session:
        rows = await session.scalars(select(Cycle.id).where(col(Cycle.code).startswith("2027:")))
        return list(rows)
