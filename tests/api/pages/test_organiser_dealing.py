"""The deal on the desk: why, what cannot be, and repairing it with its effects shown first."""

import re
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from activities.engine import Engine
from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from settings import Settings
from storage.acts.dealing import deal
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.templates import template_of
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import ORGANISER, a_cycle_in, a_jury, a_sent_file, runs
from tests.browser import Browser
from tests.builders import NOON
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


async def _dealt(database: Database, files: int, jurors: int) -> tuple[Cycle, list[UUID]]:
    cycle = await a_cycle_in(database, Phase.EVALUATION)
    async with database.transaction() as session:
        for place in range(files):
            await a_sent_file(session, cycle, company=f"Atelier {place}", status=Status.ADMITTED)
        seated = [each.id for each in await a_jury(session, cycle, jurors)]
        await deal(session, await session.get_one(Cycle, cycle.id), NOON)
    return cycle, seated


async def test_what_cannot_be_read_is_said_with_the_least_change(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.SCREENING)
    async with database.transaction() as session:
        for place in range(2):
            await a_sent_file(session, cycle, company=f"Atelier {place}", status=Status.ADMITTED)
        for juror in await a_jury(session, cycle, 3):
            juror.maximum = 1
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    words = words_of((await browser.get(f"/organisation/{cycle.code}/attribution")).text)

    assert (
        "Ces 2 dossiers demandent 6 lectures, et ceux qui peuvent les lire n'ont de place que pour 3."
        in words.replace("’", "'")
    )
    assert ("Relever le maximum" in words, words.count("+1")) == (True, 3)


async def test_the_page_says_why_a_pair_was_dealt(signed_in: SignIn, database: Database) -> None:
    cycle, seated = await _dealt(database, 4, 4)
    async with database.transaction() as session:
        file = (await session.scalars(select(col(Card.application_id)).limit(1))).one()
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    page = f"/organisation/{cycle.code}/attribution/pourquoi?dossier={file}&jure="
    answers = [words_of((await browser.get(f"{page}{juror}")).text) for juror in seated]
    unknown = await browser.get(f"{page}nobody")

    assert sum("Cette personne lit ce dossier." in each for each in answers) == 3
    assert sum("Si on imposait ce binôme" in each for each in answers) == 1
    assert unknown.status_code == 404


async def test_a_juror_leaves_by_a_repair_that_is_shown_first(
    signed_in: SignIn, database: Database, engine: Postbox, temporal_client: Client
) -> None:
    cycle, [_, leaver, *others] = await _dealt(database, 4, 5)
    await runs(Engine(temporal_client), cycle)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    page = f"/organisation/{cycle.code}/attribution/reparation"

    shown = await browser.get(f"{page}?depart={leaver}")
    before = await _status(database, leaver)
    (key,) = re.findall(r'name="key" value="(\w+)"', shown.text)
    told = {"reason": "Congé de maternité.", "depart": str(leaver), "key": key}
    done = await browser.submit(page, told | {"request_id": str(uuid4())})

    async with database.transaction() as session:
        read = (await session.scalars(select(col(Card.application_id)))).all()
    assert "lectures changent de mains 0" in words_of(shown.text)
    assert (before, await _status(database, leaver)) == (
        JurorStatus.ACCEPTED,
        JurorStatus.RELEASED,
    )
    assert done.status_code == 303
    assert sorted(read.count(file) for file in set(read)) == [3] * 4
    assert len(others) == 3
    assert engine is not None


async def test_a_repair_without_a_reason_is_refused_by_a_sentence(
    signed_in: SignIn, database: Database
) -> None:
    cycle, [_, leaver, *_] = await _dealt(database, 2, 4)
    browser: Browser = await signed_in(ORGANISER, organises=[cycle.id])
    page = f"/organisation/{cycle.code}/attribution/reparation"

    await browser.get(f"{page}?depart={leaver}")
    refused = await browser.submit(page, {"reason": " ", "depart": str(leaver)})

    assert refused.status_code == 409
    assert await _status(database, leaver) == JurorStatus.ACCEPTED


async def test_whoever_does_not_organise_the_cycle_finds_nothing(
    signed_in: SignIn, database: Database
) -> None:
    cycle, _ = await _dealt(database, 1, 3)
    browser = await signed_in("autre@exemple.fr")

    codes = [
        (await browser.get(f"/organisation/{cycle.code}/attribution{page}")).status_code
        for page in ("/pourquoi", "/reparation")
    ]

    assert codes == [404, 404]


async def _status(database: Database, juror: UUID) -> str:
    async with database.transaction() as session:
        return (await session.get_one(Juror, juror)).status


@pytest.mark.usefixtures("engine")
async def test_second_readings_are_proposed_without_a_mark_and_dealt_by_one_act(
    signed_in: SignIn, database: Database, temporal_client: Client
) -> None:
    cycle, _ = await _dealt(database, 6, 4)
    async with database.transaction() as session:
        template = await template_of(session, cycle)
        cards = (await session.scalars(select(Card).order_by(col(Card.application_id)))).all()
        best = sorted({card.application_id for card in cards})[:4]
        for card in cards:
            file = await session.get_one(Application, card.application_id)
            mark = 5 if card.application_id in best else 1
            codes = template.category(file.category).criterion_codes
            card.marks = dict.fromkeys(codes, mark)
            card.status, card.saved_at = CardStatus.SEALED, NOON
    await runs(Engine(temporal_client), cycle)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    page = f"/organisation/{cycle.code}/attribution/secondes-lectures"

    shown = words_of((await browser.get(page)).text)
    unsaid = await browser.submit(page, {"request_id": str(uuid4()), "reason": "Zone serrée"})
    asked = {"request_id": str(uuid4()), "reason": "Zone serrée", "category": "QUA"}
    ordered = await browser.submit(page, asked)
    afterwards = words_of((await browser.get(page)).text)

    async with database.transaction() as session:
        added = await session.scalars(
            select(col(Card.application_id)).where(col(Card.status) == CardStatus.TO_SCORE)
        )
        assert sorted(added.all()) == best
    assert "Chances que le premier soit le bon" in shown
    assert unsaid.status_code == 409
    assert "Zone serrée" in unsaid.text
    assert ordered.headers["location"] == f"/organisation/{cycle.code}/attribution"
    assert "Rien à proposer pour l'instant" in afterwards
