"""My space: each adherence, and what it waits for."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI

from domain.charter.states import State
from storage.database import Database
from tests.api.pages.charter_world import (
    HEAD,
    OWNER,
    STRANGER,
    TODAY,
    a_complete_file,
    an_adherence,
    put,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries

SIRETS = ("00010014700014", "00010021200014", "00010028700014")


@pytest.fixture
async def paul(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def todos(page: str) -> list[str]:
    return re.findall(r'<li>\s*<span>\s*<a href="([^"]+)"', page)


async def test_a_letter_that_was_asked_for_waits_for_its_head(
    paul: Browser, database: Database, signed_in: SignIn
) -> None:
    row = await a_complete_file(database)
    nadia = await signed_in(HEAD)
    before = (await nadia.get("/mon-espace")).text
    await paul.submit(f"/adhesions/{row.id}/relecture", {})

    his, hers = [(await each.get("/mon-espace")).text for each in (paul, nadia)]

    home = f"/adhesions/{row.id}"
    assert [todos(each) for each in (before, his, hers)] == [[home], [home], [f"{home}/signature"]]
    assert "Lire et signer la lettre d'engagement, Menuiserie Boréale" in words_of(hers)


async def test_what_waits_comes_by_date_and_each_adherence_has_its_card(
    paul: Browser, database: Database
) -> None:
    draft = await an_adherence(database)
    asked = await an_adherence(database, siret=SIRETS[0])
    until = datetime.now(UTC) + timedelta(days=3)
    await put(database, asked, state=State.COMPLEMENTS, complements_until=until)
    closed = await an_adherence(database, siret=SIRETS[1])
    await put(database, closed, state=State.CEASED, ceased_on=TODAY)
    gone = await an_adherence(database, siret=SIRETS[2])
    await put(database, gone, state=State.WITHDRAWN, ended_on=TODAY)

    text = (await paul.get("/mon-espace")).text

    assert todos(text) == [
        f"/adhesions/{asked.id}/complements",
        f"/adhesions/{closed.id}/successeur",
        f"/adhesions/{draft.id}",
    ]
    for row in (draft, asked, closed, gone):
        assert f'href="/adhesions/{row.id}"' in text
    assert "Retrait volontaire" in words_of(text)


async def test_nobody_sees_the_adherence_of_another_company(
    database: Database, signed_in: SignIn
) -> None:
    row = await an_adherence(database)
    stranger = await signed_in(STRANGER)

    assert str(row.id) not in (await stranger.get("/mon-espace")).text


async def test_one_adherence_costs_as_much_as_three(
    paul: Browser, database: Database, application: FastAPI
) -> None:
    counts: list[int] = []
    for sirets in (SIRETS[:1], SIRETS[1:]):
        for siret in sirets:
            await an_adherence(database, siret=siret)
        await paul.get("/mon-espace")
        with queries(application) as counted:
            text = (await paul.get("/mon-espace")).text
        counts.append(counted.count)

    assert len(todos(text)) == 3
    assert counts[0] == counts[1]
