"""One person with a browser: opens pages, fills the forms that they show, keeps their cookies."""

from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import httpx

from demo.pages import Button, Form, Page, read

PATIENCE = httpx.Timeout(60, connect=10)
MOST_REDIRECTS = 8
ATTEMPTS = 3
GONE_ELSEWHERE = frozenset({301, 302, 303, 307, 308})

Filled = Mapping[str, str | list[str]]
File = tuple[str, bytes, str]


class WrongPageError(Exception):
    """The page is not the one that the story expects."""


class Web:
    """The service seen from outside; every visitor shares its connections, none their cookies."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.requests = 0
        self._transport = httpx.AsyncHTTPTransport(
            verify=False,  # only plain HTTP to this machine; loading certificates is slow
            limits=httpx.Limits(max_connections=24, max_keepalive_connections=24),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._transport.aclose()

    def visitor(self, name: str = "") -> "Visitor":
        """Somebody who was never here."""
        client = httpx.AsyncClient(
            transport=self._transport,
            base_url=self.address,
            timeout=PATIENCE,
            trust_env=False,  # a proxy of the machine is no way to this machine
            headers={"Accept-Language": "fr"},
        )
        return Visitor(self, client, name)


class Visitor:
    """Somebody in front of a browser."""

    def __init__(self, web: Web, client: httpx.AsyncClient, name: str) -> None:
        self.name = name
        self._web = web
        self._client = client

    async def open(self, url: str) -> Page:
        """Go to an address, wherever it leads."""
        return _page(await self._follow(await self._send("GET", url)))

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """What an address answers, as it is, without going elsewhere."""
        return await self._send("GET", url, headers=dict(headers or {}))

    async def send(
        self,
        form: Form,
        filled: Filled | None = None,
        *,
        files: Mapping[str, File] | None = None,
        button: Button | None = None,
    ) -> Page:
        """Fill a form and send it, as its page would."""
        pressed = button or Button("")
        wanted = dict(filled or {}) | ({pressed.name: pressed.value} if pressed.name else {})
        data, url = fields_of(form, wanted), pressed.action or form.action
        if form.method == "get":
            asked = url.partition("?")[0] + "?" + urlencode(data, doseq=True)
            return await self.open(asked)
        answer = await self._send("POST", url, data=data, files=dict(files) if files else None)
        return _page(await self._follow(answer))

    async def _follow(self, answer: httpx.Response) -> httpx.Response:
        for _ in range(MOST_REDIRECTS):
            if answer.status_code not in GONE_ELSEWHERE:
                return answer
            answer = await self._send("GET", str(answer.url.join(answer.headers["location"])))
        message = f"{answer.url} leads nowhere: {MOST_REDIRECTS} redirections."
        raise WrongPageError(message)

    async def _send(
        self,
        method: str,
        url: str,
        *,
        data: Mapping[str, list[str]] | None = None,
        files: dict[str, File] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Send it; again when the connection broke, since every form carries its request's number."""
        self._web.requests += 1
        for attempt in range(ATTEMPTS):
            try:
                return await self._client.request(
                    method, url, data=data, files=files, headers=headers
                )
            except httpx.TransportError:
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError


def fields_of(form: Form, filled: Filled) -> dict[str, list[str]]:
    """What the browser sends: what the form held, but for what was filled; refuses unknown fields."""
    buttons = {button.name for button in form.buttons}
    unknown = [name for name in filled if not form.has(name) and name not in buttons]
    if unknown:
        message = f"The form {form.action} does not ask for {', '.join(unknown)}; it asks for {', '.join(form.names)}."
        raise WrongPageError(message)
    data: dict[str, list[str]] = {}
    for name, value in form.sent():
        if name not in filled:
            data.setdefault(name, []).append(value)
    for name, value in filled.items():
        data[name] = [value] if isinstance(value, str) else list(value)
    return data


def _page(answer: httpx.Response) -> Page:
    return read(answer.status_code, str(answer.url), answer.text)
