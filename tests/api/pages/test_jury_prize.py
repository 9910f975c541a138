"""The grand prize of the jury: chosen by the chair among national laureates, sealed, then published."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col

from domain.applications import Status
from domain.grand_prize import NOT_A_LAUREATE, UNDECIDED, UNEXPLAINED, GrandPrize, objection_to
from domain.levels import Level
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.cycle import CycleRef, SignMinutes
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.database import Database
from storage.drafts.deliberation import Decided, save_decision
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.juries import Juror
from storage.tables.letters import Letter
from storage.tables.results import Minutes, Palmares
from tests.api.pages.company_world import words_of
from tests.api.pages.jury_world import CHAIR, Bench, a_bench, a_file, a_standing
from tests.browser import Browser
from tests.builders import a_juror, a_person
from tests.conftest import SignIn

REASON = "Une action que chaque territoire peut reprendre."


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(CHAIR, name="Claire Chair")


async def a_final(
    database: Database, level: Level = Level.NATIONAL
) -> tuple[Bench, list[Application]]:
    """A final that deliberates: two categories decided, and a file that won nothing."""
    async with database.transaction() as session:
        bench = await a_bench(session, phase=Phase.DELIBERATION, email=CHAIR, is_chair=True)
        bench.cycle.level = level
        for number in range(4):
            await a_juror(session, bench.cycle, name=f"Membre {number}")
        owner = (await a_person(session, "direction@exemple.fr")).id
        files = [
            await a_file(session, bench.cycle, company=company, category=category, by=owner)
            for company, category in (("Alpha", "QUA"), ("Bêta", "INN"), ("Gamma", "QUA"))
        ]
        for place, file in zip((1, 1, 2), files, strict=True):
            await a_standing(session, file, place)
        for file in files[:2]:
            await save_decision(session, bench.cycle.id, Decided(file.category, file.id, (), ""))
    return bench, files


async def signs(database: Database, bench: Bench) -> None:
    """The chair signs, as the activity settles it, with the whole jury present."""
    async with database.transaction() as session:
        jurors = await session.execute(select(col(Juror.id)))
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind="sign_minutes",
            subject=f"cycle:{bench.cycle.id}",
            by_person=bench.juror.person_id,
            payload={"summary": "", "present": [str(each) for each in jurors.scalars()]},
        )
    async with database.transaction() as session:
        signature = SignMinutes(str(bench.cycle.id), asked.request, asked.arrived_at)
        await sign_minutes(session, signature)


@pytest.mark.parametrize(
    ("decided", "laureates", "objection"),
    [
        pytest.param(None, ["a"], UNDECIDED, id="undecided"),
        pytest.param(None, [], "", id="nobody to choose from"),
        pytest.param(GrandPrize("a", REASON), ["a", "b"], "", id="a laureate"),
        pytest.param(GrandPrize(None, REASON), ["a"], "", id="not given"),
        pytest.param(GrandPrize("c", REASON), ["a"], NOT_A_LAUREATE, id="not a laureate"),
        pytest.param(GrandPrize("a", " "), ["a"], UNEXPLAINED, id="without a reason"),
        pytest.param(GrandPrize(None, ""), ["a"], UNEXPLAINED, id="not given, without a reason"),
    ],
)
def test_what_keeps_a_grand_prize_from_being_sealed(
    decided: GrandPrize | None, laureates: list[str], objection: str
) -> None:
    assert objection_to(decided, laureates) == objection


async def test_the_chair_chooses_among_the_laureates_only(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_final(database)
    url = f"{bench.url}/deliberation/grand-prix"

    page = await browser.get(url)
    outsider = await browser.submit(url, {"laureate": str(files[2].id), "reason": REASON})
    silent = await browser.submit(url, {"laureate": str(files[0].id), "reason": ""})
    done = await browser.submit(url, {"laureate": str(files[1].id), "reason": REASON})
    board = words_of((await browser.get(f"{bench.url}/deliberation")).text)

    words = words_of(page.text)
    assert ("Alpha" in words, "Bêta" in words, "Gamma" in words) == (True, True, False)
    assert (outsider.status_code, silent.status_code, done.status_code) == (422, 422, 303)
    assert REASON in outsider.text
    assert "Grand prix du jury Lauréat : Bêta" in board


async def test_a_territory_has_no_grand_prize(browser: Browser, database: Database) -> None:
    bench, _ = await a_final(database, Level.TERRITORIAL)

    page = await browser.get(f"{bench.url}/deliberation/grand-prix")

    assert page.status_code == 404
    assert "Grand prix" not in (await browser.get(f"{bench.url}/deliberation")).text


async def test_only_the_chair_finds_the_choice(signed_in: SignIn, database: Database) -> None:
    bench, _ = await a_final(database)
    stranger = await signed_in("autre@exemple.fr")

    page = await stranger.get(f"{bench.url}/deliberation/grand-prix")

    assert page.status_code == 404


async def test_the_minutes_wait_for_the_grand_prize(browser: Browser, database: Database) -> None:
    bench, files = await a_final(database)

    page = words_of((await browser.get(f"{bench.url}/signature")).text)
    with pytest.raises(Refusal, match="grand prix du jury n'est pas encore décidé"):
        await signs(database, bench)
    async with database.transaction() as session:
        await save_decision(session, bench.cycle.id, Decided("GPJ", files[2].id, (), REASON))
    with pytest.raises(Refusal, match="parmi les lauréats nationaux"):
        await signs(database, bench)

    assert "Grand prix du jury Pas encore décidée." in page


async def test_the_grand_prize_is_in_the_minutes_the_palmares_and_a_letter(
    browser: Browser, database: Database
) -> None:
    bench, files = await a_final(database)
    async with database.transaction() as session:
        await save_decision(session, bench.cycle.id, Decided("GPJ", files[1].id, (), REASON))

    await signs(database, bench)
    minutes = words_of((await browser.get(f"{bench.url}/proces-verbal")).text)
    async with database.transaction() as session:
        await publish(session, CycleRef(str(bench.cycle.id), datetime.now(UTC)))
    public = words_of((await browser.get(f"/palmares/{bench.cycle.code}")).text)

    async with database.transaction() as session:
        sealed = (await session.scalars(select(Minutes))).one().document["grand_prize"]
        [prize] = (await session.scalars(select(Palmares))).one().document["prizes"]
        letters = await session.scalars(
            select(col(Letter.facts)).where(col(Letter.kind) == "grand_prize")
        )
        [told] = [facts["company"] for facts in letters]
    assert (sealed["company"], sealed["reason"]) == ("Bêta", REASON)
    assert (prize["laureate"]["company"], prize["reason"]) == ("Bêta", REASON)
    assert told == "Bêta"
    assert "Grand prix du jury Lauréat Bêta" in minutes
    assert "Grand prix du jury Lauréat Bêta" in public


async def test_a_winner_that_withdrew_since_is_not_published(database: Database) -> None:
    bench, files = await a_final(database)
    async with database.transaction() as session:
        await save_decision(session, bench.cycle.id, Decided("GPJ", files[1].id, (), REASON))
    await signs(database, bench)
    async with database.transaction() as session:
        (await session.get_one(Application, files[1].id)).status = Status.WITHDRAWN

    async with database.transaction() as session:
        await publish(session, CycleRef(str(bench.cycle.id), datetime.now(UTC)))

    async with database.transaction() as session:
        [prize] = (await session.scalars(select(Palmares))).one().document["prizes"]
        letters = await session.scalars(select(Letter).where(col(Letter.kind) == "grand_prize"))
        assert (prize["laureate"], letters.all()) == (None, [])
