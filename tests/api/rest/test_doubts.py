"""Late ineligibility for programs: doubted, lifted; refused without a reason or with an unknown rule."""

import pytest
from temporalio.client import Client

from api.engine import Engine
from domain.applications import Status
from domain.phases import Phase
from domain.wire.application import RunApplication
from storage.database import Database
from storage.tables.applications import Application
from storage.templates import calendar_in
from tests.api.pages.desk_world import a_cycle_in, a_sent_file
from tests.browser import Browser


@pytest.fixture
async def file(database: Database, temporal_client: Client) -> Application:
    """A file that a jury reads, whose workflow runs."""
    cycle = await a_cycle_in(database, Phase.EVALUATION)
    async with database.transaction() as session:
        file = await a_sent_file(session, cycle, status=Status.ADMITTED)
    await Engine(temporal_client).run_application(
        RunApplication(str(file.id), str(cycle.id), calendar_in(cycle), Status.ADMITTED)
    )
    return file


@pytest.mark.usefixtures("at_work")
async def test_a_file_is_doubted_heard_before_it_goes_out_and_cleared(
    program: Browser, file: Application
) -> None:
    its = f"/api/v1/applications/{file.id}"

    opened = await program.post(
        f"{its}/doubt", json={"reason": "Établissement fermé.", "rules": ["R02"], "days": 5}
    )
    early = await program.post(f"{its}/exclude", json={"reason": "Trop tôt."})
    lifted = await program.post(f"{its}/drop-doubt", json={"reason": "L'adresse a changé."})
    doubts = (await program.get(f"{its}/doubts")).json()

    assert [each.status_code for each in (opened, early, lifted)] == [200, 409, 200]
    assert "attendez sa réponse" in early.json()["detail"]
    assert [(each["step"], each["rules"], each["conclusion"]) for each in doubts] == [
        ("doubt_dropped", ["R02"], "L'adresse a changé.")
    ]


@pytest.mark.parametrize(
    ("act", "sent", "detail"),
    [
        pytest.param("doubt", {"rules": ["R02"]}, "Indiquez le motif", id="no reason"),
        pytest.param(
            "doubt", {"reason": "a", "rules": ["R99"]}, "Règle inconnue", id="no such rule"
        ),
        pytest.param("doubt", {"reason": "a", "days": 90}, "", id="too many days"),
        pytest.param("renounce", {}, "Indiquez le motif", id="nobody said to have told"),
    ],
)
async def test_a_wrong_request_writes_nothing(
    program: Browser, file: Application, act: str, sent: dict[str, object], detail: str
) -> None:
    its = f"/api/v1/applications/{file.id}"

    answer = await program.post(f"{its}/{act}", json=sent)

    assert answer.status_code == 422
    assert detail in answer.json()["detail"]
    assert (await program.get(f"{its}/doubts")).json() == []
