"""The mailbox on the web: a list, a letter, and the same as JSON for programs."""

from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

from embedded.mail.letters import Letter, Summary
from embedded.mail.store import Store

HERE = Path(__file__).parent / "pages"
MOST_SHOWN = 500

OWN_PAGE = (
    "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
# A letter may colour itself and show the pictures that it carries; it may run and fetch nothing.
LETTER_PAGE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"


class WholeLetter(BaseModel):
    """A letter as programs read it."""

    summary: Summary
    headers: list[tuple[str, str]]
    text: str
    html: str
    attachments: list[str]


def create_mailbox(store: Store) -> FastAPI:
    """The web application that shows a store."""
    app = FastAPI(title="Mailbox", docs_url=None, redoc_url=None)
    pages = Jinja2Templates(HERE)

    def found(name: str) -> Letter:
        if letter := store.find(name):
            return letter
        raise HTTPException(404, "There is no such letter.")

    @app.get("/health")
    async def health() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/")
    async def letters(request: Request, to: str = "") -> Response:
        newest = store.newest(to)
        context = {"letters": newest[:MOST_SHOWN], "count": len(newest), "to": to}
        return _own_page(pages.TemplateResponse(request, "list.html", context))

    @app.get("/messages/{name}")
    async def letter(request: Request, name: str) -> Response:
        return _own_page(pages.TemplateResponse(request, "letter.html", {"letter": found(name)}))

    @app.get("/messages/{name}/html")
    async def html(name: str) -> HTMLResponse:
        return HTMLResponse(found(name).html, headers={"Content-Security-Policy": LETTER_PAGE})

    @app.get("/messages/{name}/raw")
    async def raw(name: str) -> PlainTextResponse:
        return PlainTextResponse(found(name).raw, headers={"X-Content-Type-Options": "nosniff"})

    @app.get("/api/messages")
    async def summaries(to: str = "") -> list[Summary]:
        return store.newest(to)

    @app.get("/api/messages/{name}")
    async def whole(name: str) -> WholeLetter:
        one = found(name)
        return WholeLetter(
            summary=one.summary,
            headers=one.headers,
            text=one.text,
            html=one.html,
            attachments=one.attachments,
        )

    @app.get("/mailbox.css")
    async def style() -> FileResponse:
        return FileResponse(HERE / "mailbox.css", media_type="text/css")

    _ = (health, letters, letter, html, raw, summaries, whole, style)
    return app


def _own_page(page: Response) -> Response:
    page.headers["Content-Security-Policy"] = OWN_PAGE
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
