"""The mailbox on the web: a list, a letter, and the same as JSON for programs."""

import re
from pathlib import Path

from fastapi import APIRouter, FastAPI, HTTPException, Request
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
LETTER_PAGE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)

# A page opened inside the frame would be locked in the frame's sandbox.
HEAD = re.compile(r"<head\b[^>]*>|^(?!.*<head\b)", re.IGNORECASE | re.DOTALL)
BESIDE = '<base target="_blank">'

pages = APIRouter()
api = APIRouter(prefix="/api")
templates = Jinja2Templates(HERE)


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
    app.state.store = store
    app.include_router(pages)
    app.include_router(api)
    return app


@pages.get("/health")
async def show_health() -> PlainTextResponse:
    """Answer that the mailbox is there."""
    return PlainTextResponse("ok")


@pages.get("/")
async def show_list(request: Request, to: str = "") -> Response:
    """Show the newest letters, to a receiver if one is asked for."""
    newest = _store(request).newest(to)
    context = {"letters": newest[:MOST_SHOWN], "count": len(newest), "to": to}
    return _own_page(templates.TemplateResponse(request, "list.html", context))


@pages.get("/messages/{name}")
async def show_letter(request: Request, name: str) -> Response:
    """Show one letter."""
    context = {"letter": _found(request, name)}
    return _own_page(templates.TemplateResponse(request, "letter.html", context))


@pages.get("/messages/{name}/html")
async def show_html(request: Request, name: str) -> HTMLResponse:
    """Show the HTML of a letter, which can run and fetch nothing; its links open beside it."""
    html = HEAD.sub(rf"\g<0>{BESIDE}", _found(request, name).html, count=1)
    return HTMLResponse(html, headers={"Content-Security-Policy": LETTER_PAGE})


@pages.get("/messages/{name}/raw")
async def show_raw(request: Request, name: str) -> PlainTextResponse:
    """Show the bytes of a letter, as text."""
    raw = _found(request, name).raw
    return PlainTextResponse(raw, headers={"X-Content-Type-Options": "nosniff"})


@pages.get("/mailbox.css")
async def show_style() -> FileResponse:
    """The style of these pages."""
    return FileResponse(HERE / "mailbox.css", media_type="text/css")


@api.get("/messages")
async def list_messages(request: Request, to: str = "") -> list[Summary]:
    """Every letter, newest first, to a receiver if one is asked for."""
    return _store(request).newest(to)


@api.get("/messages/{name}")
async def read_message(request: Request, name: str) -> WholeLetter:
    """One letter with its texts."""
    letter = _found(request, name)
    return WholeLetter(
        summary=letter.summary,
        headers=letter.headers,
        text=letter.text,
        html=letter.html,
        attachments=letter.attachments,
    )


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _found(request: Request, name: str) -> Letter:
    if letter := _store(request).find(name):
        return letter
    raise HTTPException(404, "There is no such letter.")


def _own_page(page: Response) -> Response:
    page.headers["Content-Security-Policy"] = OWN_PAGE
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
