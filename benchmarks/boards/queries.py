"""How many statements a page asks of the database, counted in a copy of the application."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
from sqlalchemy import event

from api.app import create_app
from benchmarks.stage import Stage

Count = Callable[[httpx.AsyncClient, str], Awaitable[int]]


@asynccontextmanager
async def counting(stage: Stage) -> AsyncGenerator[Count]:
    """Gives a function that counts the statements of one page, as that browser sees it."""
    app = create_app(stage.settings)
    async with app.router.lifespan_context(app):
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        event.listen(app.state.database.engine.sync_engine, "before_cursor_execute", note)
        inside = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=stage.web)

        async def count(browser: httpx.AsyncClient, path: str) -> int:
            given = {name: value for name, value in browser.headers.items() if name != "host"}
            # Once for what a process reads once, once to count.
            for _ in range(2):
                said.clear()
                await inside.get(path, headers=given, cookies=browser.cookies)
            return len(said)

        yield count
        await inside.aclose()
