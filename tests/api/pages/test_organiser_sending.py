"""Sending results: a second person reads counts and samples, lets the letters leave, and may stop them."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlmodel import col
from temporalio.client import Client, WorkflowHandle

from domain.mailings import results_of
from domain.wire import names
from domain.wire.cycle import CycleRef
from domain.wire.letters import Posted, SendMailing
from settings import Settings
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.results import Minutes
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.builders import NOON
from tests.conftest import SignIn
from tests.storage.deliberation import decision, deliberating, signed
from tests.workflows.postbox import Postbox
from workflows.mailing import MailingWorkflow

SECOND = "omar@trophees.example"
RESULTS = ["result_laureate", "result_nominee", "result_other"]

Running = WorkflowHandle[MailingWorkflow, Posted]


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))
    return cycle


async def published(client: Client, database: Database, cycle: Cycle) -> Running:
    """The palmarès is out, and its letters are held."""
    async with database.transaction() as session:
        said = await publish(session, CycleRef(str(cycle.id), NOON))
    assert said is not None
    key = results_of(str(cycle.id))
    return await client.start_workflow(
        MailingWorkflow.run,
        SendMailing(key, said.mailing, said.step),
        id=names.mailing_id(key),
        task_queue=names.CYCLES,
    )


async def states(database: Database) -> set[str]:
    async with database.transaction() as session:
        rows = await session.scalars(select(col(Letter.state)).where(col(Letter.kind).in_(RESULTS)))
        return {*rows}


def desk(cycle: Cycle) -> str:
    return f"/organisation/{cycle.code}/resultats/envoi"


def an_answer() -> dict[str, str]:
    return {"request_id": str(uuid4())}


@pytest.mark.usefixtures("engine")
async def test_a_second_person_reads_pauses_and_lets_the_letters_leave(
    temporal_client: Client, database: Database, cycle: Cycle, signed_in: SignIn
) -> None:
    omar = await signed_in(SECOND, organises=[cycle.id])
    mailing = await published(temporal_client, database, cycle)

    page = await omar.get(desk(cycle))
    too_soon = await omar.submit(f"{desk(cycle)}/suspendre", an_answer())
    released = await omar.submit(f"{desk(cycle)}/liberer", an_answer())
    posted = await asyncio.wait_for(mailing.result(), 30)
    done = await omar.get(desk(cycle))

    said = words_of(page.text)
    for words in (
        "Retenu",
        "Personnes écrites : 3",
        "Résultat : lauréat",
        "Elle n'est ni lauréate",
    ):
        assert words in said
    assert too_soon.status_code == 409
    assert released.status_code == 303
    # The three results, the thanks to the jury, and the question to the second person.
    assert posted == Posted(3 + 3 + 1)
    assert await states(database) == {"sent"}
    assert "Terminé" in words_of(done.text)


@pytest.mark.usefixtures("engine")
async def test_who_signed_does_not_send_and_who_does_not_organise_finds_nothing(
    temporal_client: Client, database: Database, cycle: Cycle, signed_in: SignIn
) -> None:
    async with database.transaction() as session:
        chair = (await session.get_one(Minutes, cycle.id)).signed_by
        await session.execute(
            update(Person).where(col(Person.id) == chair).values(email="ada@exemple.fr")
        )
    ada = await signed_in("ada@exemple.fr", organises=[cycle.id])
    nobody = await signed_in("nobody@exemple.fr")
    await published(temporal_client, database, cycle)

    page = await ada.get(desk(cycle))
    refused = await ada.submit(f"{desk(cycle)}/liberer", an_answer())
    away = await nobody.get(desk(cycle))

    assert "Vous avez signé la décision" in words_of(page.text)
    assert f'action="{desk(cycle)}/liberer"' not in page.text
    assert refused.status_code == 409
    assert "c'est à une autre personne" in words_of(refused.text)
    assert await states(database) == {"held"}
    assert away.status_code == 404


@pytest.mark.usefixtures("engine")
async def test_an_agreement_is_given_under_embargo(
    database: Database, cycle: Cycle, signed_in: SignIn
) -> None:
    omar = await signed_in(SECOND, organises=[cycle.id])

    before = await omar.get(desk(cycle))
    agreed = await omar.submit(f"{desk(cycle)}/approuver", an_answer())
    after = await omar.get(desk(cycle))

    assert "Approuver l'envoi à la publication" in words_of(before.text)
    assert agreed.status_code == 303
    assert "Un accord est donné" in words_of(after.text)
    assert await states(database) == set()
