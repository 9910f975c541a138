"""The register's client, against the stand-in over real HTTP."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from time import monotonic

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse
from starlette.datastructures import Address

from activities.registry import Registry, facts_in
from domain.registry import UNKNOWN, UNREACHABLE, RegistryFacts
from domain.siret import Siret
from embedded.ports import free_ports
from embedded.registry.application import create_registry
from tests.activities.serving import served

BOREALE = Siret("00010007300014")
MASKED = Siret("00010140200014")
CLOSED = Siret("00010126100014")
NOBODY = Siret("73282932000074")
BUSY_TWICE = Siret("00019001700012")
LYON_SITE = Siret("00010098200024")


@asynccontextmanager
async def asking(url: str, clock: Callable[[], float] = monotonic) -> AsyncGenerator[Registry]:
    registry = Registry(url, clock)
    yield registry
    await registry.close()


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    async with served(create_registry()) as url:
        yield url


async def test_gives_the_facts_of_an_establishment(address: str) -> None:
    async with asking(address) as registry:
        facts = await registry.facts_about(BOREALE)

    assert facts == RegistryFacts(
        found=True,
        verified=True,
        active=True,
        created_on=date(2009, 4, 1),
        name="MENUISERIE BORÉALE (EXEMPLE)",
        commune="59350",
        city="LILLE",
        department="59",
        region="32",
        size_code="21",
        activity="16.23Z",
        legal_form="5710",
        company_size="PME",
    )


async def test_reads_the_establishment_that_was_asked_rather_than_the_head_office(
    address: str,
) -> None:
    async with asking(address) as registry:
        facts = await registry.facts_about(LYON_SITE)

    assert (facts.commune, facts.city) == ("69383", "LYON")


async def test_never_gives_the_mask_of_who_asked_not_to_be_shown(address: str) -> None:
    async with asking(address) as registry:
        facts = await registry.facts_about(MASKED)

    assert (facts.found, facts.name) == (True, "")


async def test_says_that_an_establishment_is_closed(address: str) -> None:
    async with asking(address) as registry:
        facts = await registry.facts_about(CLOSED)

    assert facts.active is False


async def test_says_that_nobody_has_this_number(address: str) -> None:
    async with asking(address) as registry:
        facts = await registry.facts_about(NOBODY)

    assert facts == UNKNOWN


async def test_leaves_a_busy_register_alone_for_as_long_as_it_asked(address: str) -> None:
    clock = Clock()

    async with asking(address, clock) as registry:
        first = await registry.facts_about(BUSY_TWICE)
        during = await registry.facts_about(BOREALE)
        clock.now += 1
        afterwards = await registry.facts_about(BOREALE)

    assert (first, during, afterwards.found) == (UNREACHABLE, UNREACHABLE, True)


async def test_says_that_nobody_answers() -> None:
    port = free_ports(1)[0]

    async with asking(f"http://127.0.0.1:{port}") as registry:
        facts = await registry.facts_about(BOREALE)

    assert facts == UNREACHABLE


async def test_takes_an_answer_that_is_no_json_for_a_silence() -> None:
    app = FastAPI()
    app.get("/search")(lambda: PlainTextResponse("<html>maintenance</html>"))

    async with served(app) as url, asking(url) as registry:
        facts = await registry.facts_about(BOREALE)

    assert facts == UNREACHABLE


async def test_asks_once_a_day() -> None:
    asked: list[str] = []
    app = FastAPI()

    @app.get("/search")
    async def search(q: str) -> dict[str, object]:
        asked.append(q)
        return {"results": [{"siege": {"siret": q}}]}

    clock = Clock()
    async with served(app) as url, asking(url, clock) as registry:
        await registry.facts_about(BOREALE)
        await registry.facts_about(BOREALE)
        clock.now += 24 * 3600
        await registry.facts_about(BOREALE)

    assert (asked, search) == ([BOREALE, BOREALE], search)


async def test_keeps_one_connection_and_makes_another_once_it_was_closed() -> None:
    callers: list[Address | None] = []
    app = FastAPI()

    @app.get("/search")
    async def search(request: Request) -> dict[str, object]:
        callers.append(request.client)
        return {}

    async with served(app) as url, asking(url) as registry:
        await registry.facts_about(BOREALE)
        await registry.facts_about(LYON_SITE)
        await registry.close()
        await registry.facts_about(BOREALE)

    first, again, afterwards = callers
    assert (first == again, again == afterwards, search) == (True, False, search)


@pytest.mark.parametrize(
    "document",
    [None, [], {}, {"results": None}, {"results": [1]}, {"results": [{"siege": None}]}],
    ids=["null", "a list", "nothing", "no results", "a number", "no head office"],
)
def test_survives_an_answer_of_another_shape(document: object) -> None:
    assert facts_in(document, BOREALE) == UNKNOWN


def test_what_a_row_keeps_is_read_back_the_same() -> None:
    facts = RegistryFacts(
        found=True, verified=True, created_on=date(2020, 2, 29), siae_types=("EI",)
    )

    assert RegistryFacts.from_document(facts.to_document()) == facts
