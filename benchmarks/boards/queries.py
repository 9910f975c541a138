"""How many statements each page asks of the database, counted in a copy of the application."""

import httpx
from sqlalchemy import event

from api.app import create_app
from benchmarks.boards.size import Size


async def counted(size: Size) -> list[int]:
    """The statements of every page, in order, as those who look at them cause them."""
    app = create_app(size.settings)
    counts: list[int] = []
    async with app.router.lifespan_context(app):
        said: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        event.listen(app.state.database.engine.sync_engine, "before_cursor_execute", note)
        for page in size.pages:
            await size.enter(page.phase)
            browser = size.browsers[page.looker]
            inside = httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url=size.served.address,
                cookies=browser.cookies,
                headers=browser.headers,
            )
            said.clear()
            (await inside.get(page.path)).raise_for_status()
            counts.append(len(said))
            await inside.aclose()
    return counts
