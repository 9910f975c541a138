"""Who may do what: every route asked by everybody, of what is theirs and of what is not."""

import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from tests.api.rights.bodies import body_of, fields_of
from tests.api.rights.objects import values_of
from tests.browser import Browser

OWN, FOREIGN = "own", "foreign"
DENIED = frozenset({401, 403, 404})
# What pages say, in the page itself, to those whose role is not the right one.
NOT_YOUR_ROLE = (
    "Vous pouvez lire ce dossier, pas le modifier",
    "Seule la personne responsable du dossier",
)

Side = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """One thing that may be asked: a method and a path."""

    path: str
    method: str

    @property
    def is_for_programs(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def has_object(self) -> bool:
        return "{" in self.path


class Unkept(Database):
    """A database in which whatever is asked leaves nothing behind."""

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncSession]:  # type: ignore[override]
        """A session that undoes everything when the block ends."""
        async with self._sessions() as session, session.begin() as begun:
            yield session
            await session.flush()
            session.expunge_all()
            await begun.rollback()


def routes_of(router: Any, prefix: str = "") -> Iterator[Route]:  # noqa: ANN401  (FastAPI keeps its tree to itself)
    """Every route of the application, from the tree of its routers."""
    for route in router.routes:
        if hasattr(route, "original_router"):
            yield from routes_of(route.original_router, prefix + route.include_context.prefix)
        elif isinstance(route, APIRoute):
            for method in route.methods or ():
                yield Route(prefix + route.path, method)


async def may(browser: Browser, route: Route, side: Side, role: str) -> bool:
    """Whether this person is let through to what is asked, be it refused afterwards for what it says."""
    values = values_of(route, side, role)
    path = re.sub(r"{([^}]*)}", lambda name: values.get(name[1], str(uuid4())), route.path)
    answer = await _asked(browser, route, path)
    # Nothing is kept here: what reads again in a second transaction what it wrote in a first fails.
    if not route.path.endswith("/jury/presidence"):
        assert answer.status_code != 500, route
    return not _is_denied(answer)


async def _asked(browser: Browser, route: Route, path: str) -> httpx.Response:
    if route.method == "GET":
        return await browser.get(path)
    if route.path.endswith("/import"):
        return await browser.post(path, content=b"email\nx@exemple.fr\n")
    if route.is_for_programs:
        return await browser.request(route.method, path, json=body_of(route))
    return await browser.submit(path, fields_of(route))


def _is_denied(answer: httpx.Response) -> bool:
    if answer.status_code in DENIED:
        return True
    if answer.is_redirect:
        return answer.headers["location"].startswith("/connexion?")
    return answer.is_client_error and any(said in answer.text for said in NOT_YOUR_ROLE)
