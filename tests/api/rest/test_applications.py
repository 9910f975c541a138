from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from api.engine import Engine
from domain.applications import Status
from domain.phases import Phase
from domain.wire.application import RunApplication
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.templates import calendar_in
from tests.api.rest.conftest import give_key
from tests.browser import Browser
from tests.builders import a_cycle, a_person, an_application
from tests.counting import queries

SEVENTY = 70


async def _page(program: Browser, cycle: Cycle, after: str) -> dict[str, Any]:
    return (
        await program.get("/api/v1/applications", params={"cycle": cycle.code, "after": after})
    ).json()


async def _submitted(database: Database, temporal_client: Client) -> str:
    """An application to be screened, whose workflow runs."""
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.SCREENING)
        person = await a_person(session, "lea@exemple.fr")
        application = await an_application(
            session, cycle, status=Status.SUBMITTED, number="2027-REG-84-001", by=person.id
        )
    await Engine(temporal_client).run_application(
        RunApplication(str(application.id), str(cycle.id), calendar_in(cycle), Status.SUBMITTED)
    )
    return str(application.id)


@pytest.mark.usefixtures("at_work")
async def test_an_application_is_refused_with_its_rules(
    program: Browser, database: Database, temporal_client: Client
) -> None:
    application = await _submitted(database, temporal_client)
    refusing = {"rules": ["R03"], "reason": "Moins de douze mois d'existence"}

    answer = await program.post(f"/api/v1/applications/{application}/refuse", json=refusing)
    again = await program.post(f"/api/v1/applications/{application}/admit", json={})

    shown = (await program.get(f"/api/v1/applications/{application}")).json()
    assert (answer.status_code, answer.json()["status"]) == (200, "refused")
    assert again.status_code == 409
    assert shown["status"] == "refused"


@pytest.mark.usefixtures("at_work")
async def test_an_application_is_admitted(
    program: Browser, database: Database, temporal_client: Client
) -> None:
    application = await _submitted(database, temporal_client)

    answer = await program.post(f"/api/v1/applications/{application}/admit", json={})

    assert (answer.status_code, answer.json()["status"]) == (200, "admitted")


@pytest.mark.usefixtures("at_work")
async def test_complements_are_asked_for(
    program: Browser, database: Database, temporal_client: Client
) -> None:
    application = await _submitted(database, temporal_client)

    answer = await program.post(
        f"/api/v1/applications/{application}/ask-complements", json={"reason": "Le budget"}
    )

    assert (answer.status_code, answer.json()["status"]) == (200, "complements_requested")


@pytest.mark.usefixtures("at_work")
async def test_an_application_is_withdrawn(
    program: Browser, database: Database, temporal_client: Client
) -> None:
    application = await _submitted(database, temporal_client)

    answer = await program.post(f"/api/v1/applications/{application}/withdraw", json={})

    assert (answer.status_code, answer.json()["status"]) == (200, "withdrawn")


@pytest.mark.parametrize(
    ("act", "sent", "detail"),
    [
        pytest.param("refuse", {"rules": ["R03"]}, "Indiquez le motif", id="no reason"),
        pytest.param(
            "refuse", {"rules": ["R99"], "reason": "Non"}, "Règle inconnue", id="no such rule"
        ),
        pytest.param("ask-complements", {"reason": " "}, "Indiquez le motif", id="a blank reason"),
        pytest.param("admit", {"reason": "x" * 4001}, "", id="a reason too long"),
        pytest.param("admit", {"reason": "\x00"}, "", id="a null character"),
        pytest.param("withdraw", {"request_id": "1"}, "", id="an id that is none"),
    ],
)
async def test_a_wrong_request_changes_nothing(
    program: Browser, database: Database, act: str, sent: dict[str, object], detail: str
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.SCREENING)
        application = await an_application(session, cycle, status=Status.SUBMITTED)

    answer = await program.post(f"/api/v1/applications/{application.id}/{act}", json=sent)

    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


async def test_an_application_of_another_territory_does_not_exist(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        application = await an_application(session, await a_cycle(session))
    await give_key(database, client)

    answers = [
        await client.get(f"/api/v1/applications/{application.id}"),
        await client.post(f"/api/v1/applications/{application.id}/admit", json={}),
        await client.get(f"/api/v1/applications/{uuid4()}"),
        await client.get("/api/v1/applications/1"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


async def test_a_long_list_is_read_page_by_page(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        for place in range(SEVENTY):
            await an_application(session, cycle)
            await an_application(
                session, cycle, status=Status.SUBMITTED, number=f"2027-REG-84-{place:03}"
            )

    pages = [await _page(program, cycle, "")]
    while pages[-1]["next"]:
        pages.append(await _page(program, cycle, pages[-1]["next"]))

    read = [(each["status"], each["number"]) for page in pages for each in page["items"]]
    assert [len(page["items"]) for page in pages] == [50, 50, 40]
    assert len({each["id"] for page in pages for each in page["items"]}) == 140
    assert read == sorted(read, key=lambda each: (each[0], each[1] or "~"))


async def test_a_list_is_kept_to_a_status(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        await an_application(session, cycle, status=Status.DRAFT)
        await an_application(session, cycle, status=Status.SUBMITTED, category="PAR")

    answer = await program.get(
        "/api/v1/applications", params={"cycle": cycle.code, "status": "submitted"}
    )
    wrong = await program.get(
        "/api/v1/applications", params={"cycle": cycle.code, "status": "lost"}
    )

    assert [each["category"] for each in answer.json()["items"]] == ["PAR"]
    assert wrong.status_code == 422


async def test_a_list_costs_the_same_at_one_and_at_three(
    program: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    await program.get(f"/api/v1/applications?cycle={cycle.code}")
    costs: list[int] = []
    for category in ("CLA", "PAR", "QUA"):
        async with database.transaction() as session:
            await an_application(session, cycle, category=category)
        with queries(program.app) as counted:
            answer = await program.get(f"/api/v1/applications?cycle={cycle.code}")
        costs.append(counted.count)

    assert len(answer.json()["items"]) == 3
    assert costs[0] == costs[2]
