"""Internal trophies: their organiser lets people in, who alone see them, apply and read the palmarès."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.phases import Phase
from storage.database import Database
from storage.tables.cycles import Cycle, Insider
from storage.tables.letters import Letter
from tests.api.pages.company_world import an_application_of, words_of
from tests.api.pages.desk_world import ORGANISER
from tests.browser import Browser
from tests.builders import a_calendar, a_cycle
from tests.conftest import SignIn


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    async with database.transaction() as session:
        calendar = a_calendar(datetime.now(UTC) - timedelta(days=1))
        return await a_cycle(session, territory="internal", phase=Phase.OPEN, calendar=calendar)


@pytest.fixture
async def organiser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


async def kept(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        rows = await session.scalars(select(Insider).order_by(col(Insider.value)))
        return [(each.kind, each.value) for each in rows]


async def test_members_are_let_in_invited_once_and_let_out(
    organiser: Browser, database: Database, cycle: Cycle
) -> None:
    page = f"/organisation/{cycle.code}/membres"
    typed = {"members": "zoe@quetzal.example\n@zirconia.example"}

    added = await organiser.submit(page, typed)
    await organiser.submit(page, typed)
    before = await kept(database)
    async with database.transaction() as session:
        first = (await session.scalars(select(Insider).where(col(Insider.kind) == "address"))).one()
        letters = (await session.scalars(select(Letter))).all()
    removed = await organiser.submit(f"{page}/{first.id}/retirer", {})
    again = await organiser.submit(f"{page}/{first.id}/retirer", {})

    assert [each.status_code for each in (added, removed, again)] == [303, 303, 404]
    assert before == [("domain", "zirconia.example"), ("address", "zoe@quetzal.example")]
    assert await kept(database) == [("domain", "zirconia.example")]
    assert [each.kind for each in letters] == ["insider_invited"]


async def test_a_line_that_lets_nobody_in_is_said_and_nothing_is_kept(
    organiser: Browser, database: Database, cycle: Cycle
) -> None:
    typed = {"members": "zoe@quetzal.example\n@gmail.com"}

    answer = await organiser.submit(f"/organisation/{cycle.code}/membres", typed)

    assert answer.status_code == 422
    assert "Ligne 2" in words_of(answer.text)
    assert "zoe@quetzal.example" in answer.text
    assert await kept(database) == []


@pytest.mark.parametrize(
    ("email", "status"),
    [
        pytest.param("zoe@quetzal.example", 200, id="by address"),
        pytest.param("anna@zirconia.example", 200, id="by domain"),
        pytest.param("anna@autre.example", 404, id="somebody else"),
    ],
)
async def test_only_members_apply_and_read_the_palmares(
    signed_in: SignIn, client: Browser, database: Database, cycle: Cycle, email: str, status: int
) -> None:
    async with database.transaction() as session:
        for kind, value in (("address", "zoe@quetzal.example"), ("domain", "zirconia.example")):
            session.add(Insider(cycle_id=cycle.id, kind=kind, value=value))
    browser = await signed_in(email)

    applying = await browser.get(f"/candidatures/nouvelle?cycle={cycle.code}")
    choosing = await browser.get("/candidatures/nouvelle")
    later = await browser.get(f"/palmares/{cycle.code}")
    stranger = await client.get(f"/palmares/{cycle.code}")

    assert applying.status_code == status
    assert (cycle.code in choosing.text) is (status == 200)
    assert ("pas encore" in words_of(later.text) or cycle.name in later.text) is (status == 200)
    assert stranger.status_code == 404
    assert cycle.name not in stranger.text


async def test_a_territory_has_no_members(signed_in: SignIn, database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_cycle(session)
    browser = await signed_in(ORGANISER, organises=[territory.id])

    assert (await browser.get(f"/organisation/{territory.code}/membres")).status_code == 404


@pytest.mark.parametrize(
    ("email", "status"),
    [
        pytest.param("lea@zirconia.example", 303, id="another member"),
        pytest.param("lea@autre.example", 409, id="somebody else"),
    ],
)
async def test_a_member_works_with_other_members_only(
    signed_in: SignIn, database: Database, cycle: Cycle, email: str, status: int
) -> None:
    async with database.transaction() as session:
        session.add(Insider(cycle_id=cycle.id, kind="domain", value="zirconia.example"))
    file = await an_application_of(database, cycle, owner="anna@zirconia.example")
    anna = await signed_in("anna@zirconia.example")

    answer = await anna.submit(
        f"/candidatures/{file.id}/equipe", {"email": email, "role": "editor"}
    )

    assert answer.status_code == status
    assert ("Ces trophées sont internes" in words_of(answer.text)) is (status == 409)
