from typing import Any
from uuid import UUID

import pytest
from temporalio.client import Client

from domain.phases import Phase
from storage.database import Database
from tests.browser import Browser
from tests.builders import a_cycle, a_juror, an_application, an_edition
from tests.counting import queries

NEXT_YEAR = {
    "opens_at": "2099-03-02T09:00:00+01:00",
    "closes_at": "2099-06-30T18:00:00+02:00",
    "screening_until": "2099-07-16T18:00:00+02:00",
    "evaluation_from": "2099-09-01T09:00:00+02:00",
    "evaluation_until": "2099-09-24T18:00:00+02:00",
    "deliberation_until": "2099-10-08T18:00:00+02:00",
    "publishes_at": "2099-11-26T18:00:00+01:00",
    "ends_at": "2099-12-31T18:00:00+01:00",
}
GONE_BY = {step: instant.replace("2099", "2020") for step, instant in NEXT_YEAR.items()}
WANTED = {"edition": "2099", "territory": "REG-53", "calendar": NEXT_YEAR}


@pytest.fixture
async def edition(database: Database) -> str:
    async with database.transaction() as session:
        return (await an_edition(session, year=2099)).code


@pytest.mark.usefixtures("at_work", "edition")
async def test_a_cycle_that_is_opened_runs(program: Browser, temporal_client: Client) -> None:
    answer = await program.post("/api/v1/cycles", json=WANTED)

    cycle = answer.json()
    described = await temporal_client.get_workflow_handle("cycle:2099:REG-53").describe()
    assert answer.status_code == 201
    assert (cycle["code"], cycle["name"], cycle["phase"]) == ("2099:REG-53", "Bretagne", "prepared")
    assert cycle["calendar"]["closes_at"] == "2099-06-30T16:00:00Z"
    assert described.workflow_type == "CycleWorkflow"


@pytest.mark.usefixtures("at_work", "edition")
async def test_a_phase_ends_early_once_and_with_a_reason(program: Browser) -> None:
    await program.post("/api/v1/cycles", json=WANTED)
    ending = {"phase": "prepared", "reason": "Tout est prêt"}

    silent = await program.post(
        "/api/v1/cycles/2099:REG-53/end-phase", json=ending | {"reason": " "}
    )
    ended = await program.post("/api/v1/cycles/2099:REG-53/end-phase", json=ending)
    again = await program.post("/api/v1/cycles/2099:REG-53/end-phase", json=ending)

    assert (silent.status_code, silent.json()["detail"][:17]) == (422, "Indiquez le motif")
    assert (ended.status_code, ended.json()["phase"]) == (200, "open")
    assert (again.status_code, again.json()["detail"][:37]) == (
        409,
        "Cette phase n’est pas en cours. Recha",
    )


@pytest.mark.usefixtures("at_work", "edition")
async def test_a_request_sent_twice_is_one_request(program: Browser) -> None:
    await program.post("/api/v1/cycles", json=WANTED)
    ending = {
        "phase": "prepared",
        "reason": "Tout est prêt",
        "request_id": "3f0c9d1e-5a52-4f4e-9d5c-0a6f7d1b2c3d",
    }

    first = await program.post("/api/v1/cycles/2099:REG-53/end-phase", json=ending)
    second = await program.post("/api/v1/cycles/2099:REG-53/end-phase", json=ending)
    other = await program.post(
        "/api/v1/cycles/2099:REG-53/cancel",
        json={"reason": "Erreur", "request_id": ending["request_id"]},
    )

    assert (first.json(), second.json()) == (first.json(), first.json())
    assert other.status_code == 422
    assert (await program.get("/api/v1/cycles/2099:REG-53")).json()["phase"] == "open"


@pytest.mark.usefixtures("at_work", "edition")
async def test_dates_move_once_with_a_reason_by_the_version_that_was_read(
    program: Browser,
) -> None:
    await program.post("/api/v1/cycles", json=WANTED)
    url = "/api/v1/cycles/2099:REG-53/dates"
    moving: dict[str, Any] = {
        "dates": {"closes_at": "2099-07-05T18:00:00+02:00"},
        "version": 1,
        "reason": "Une grève des trains",
        "request_id": "3f0c9d1e-5a52-4f4e-9d5c-0a6f7d1b2c3e",
    }

    silent = await program.post(url, json=moving | {"reason": " "})
    unzoned = await program.post(url, json=moving | {"dates": {"closes_at": "2099-07-05T18:00"}})
    answers = [await program.post(url, json=moving) for _ in range(2)]
    stale = await program.post(url, json=moving | {"request_id": str(UUID(int=7))})

    assert [each.status_code for each in (silent, unzoned, *answers, stale)] == [
        422,
        422,
        200,
        200,
        409,
    ]
    shown = (await program.get("/api/v1/cycles/2099:REG-53")).json()
    assert (shown["calendar_version"], shown["calendar"]["closes_at"]) == (
        2,
        "2099-07-05T16:00:00Z",
    )


@pytest.mark.usefixtures("at_work", "edition")
async def test_a_cycle_is_cancelled(program: Browser) -> None:
    await program.post("/api/v1/cycles", json=WANTED)

    answer = await program.post("/api/v1/cycles/2099:REG-53/cancel", json={"reason": "Erreur"})

    assert (answer.status_code, answer.json()["phase"]) == (200, "cancelled")


@pytest.mark.usefixtures("edition")
async def test_a_cycle_whose_opening_was_cut_short_is_started_again(
    program: Browser,
) -> None:
    cut = await program.post("/api/v1/cycles", json=WANTED)
    again = await program.post("/api/v1/cycles", json=WANTED)

    assert [cut.status_code, again.status_code] == [503, 409]
    assert cut.headers["retry-after"] == "30"
    assert cut.json()["detail"].startswith("Le service met plus de temps")
    assert again.json()["detail"] == "Bretagne a déjà un cycle dans l’édition 2099."
    assert (await program.post("/api/v1/cycles/2099:REG-53/start")).status_code == 503


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("changed", "detail"),
    [
        pytest.param({"territory": "53"}, "Territoire inconnu", id="a bare number"),
        pytest.param({"zone": "Europe/Lyon"}, "Fuseau horaire inconnu", id="no such zone"),
        pytest.param({"calendar": "easter"}, "n’a pas de calendrier", id="no such calendar"),
        pytest.param(
            {"calendar": NEXT_YEAR | {"closes_at": "2099-01-01T00:00:00Z"}},
            "La clôture des candidatures doit venir après",
            id="dates out of order",
        ),
        pytest.param(
            {"calendar": NEXT_YEAR | {"closes_at": "2099-06-30T18:00:00"}}, "", id="no zone"
        ),
        pytest.param(
            {"calendar": NEXT_YEAR | {"ends_at": "9999-12-31T23:59:59Z"}}, "", id="the end of time"
        ),
        pytest.param({"calendar": {}}, "", id="no dates"),
        pytest.param({"calendar": GONE_BY}, "serait déjà passée", id="a call that has closed"),
    ],
)
async def test_a_cycle_that_cannot_be_is_said_to_be_so(
    program: Browser, changed: dict[str, Any], detail: str
) -> None:
    answer = await program.post("/api/v1/cycles", json=WANTED | changed)

    assert answer.status_code == 422
    assert detail in answer.json()["detail"]
    assert (await program.get("/api/v1/cycles")).json()["items"] == []


async def test_an_edition_that_is_not_there_has_no_cycle(program: Browser) -> None:
    assert (await program.post("/api/v1/cycles", json=WANTED)).status_code == 404


async def test_a_cycle_shows_how_many_of_each(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.SCREENING)
        for category in ("QUA", "PAR"):
            await an_application(session, cycle, category=category)
        await a_juror(session, cycle)

    shown = (await program.get(f"/api/v1/cycles/{cycle.id}")).json()

    assert (shown["applications"], shown["jurors"]) == ({"draft": 2}, {"accepted": 1})
    assert (shown["phase"], shown["until"]) == ("screening", "2027-05-19T10:00:00Z")


async def test_a_list_costs_the_same_at_one_and_at_three(
    program: Browser, database: Database
) -> None:
    await program.get("/api/v1/cycles")
    async with database.transaction() as session:
        edition = await an_edition(session)
    costs: list[int] = []
    for territory in ("REG-53", "REG-84", "national"):
        async with database.transaction() as session:
            await a_cycle(session, edition=edition, territory=territory)
        with queries(program.app) as counted:
            answer = await program.get("/api/v1/cycles")
        costs.append(counted.count)

    assert [each["code"] for each in answer.json()["items"]] == [
        "2027:REG-53",
        "2027:REG-84",
        "2027:national",
    ]
    assert costs[0] == costs[2]
