import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.jurors import CardStatus
from domain.phases import Phase
from domain.wire import names
from storage.database import Database
from tests.browser import Browser
from tests.builders import a_card, a_cycle, a_juror, a_person, an_application
from tests.counting import queries

JURORS = "/api/v1/cycles/2027:REG-84/jurors"


@pytest.fixture
async def cycle(database: Database) -> str:
    async with database.transaction() as session:
        return (await a_cycle(session)).code


async def _is_running(client: Client, cycle: str, juror: str) -> bool:
    """Whether the service of a juror was started; asked by id, since lists lag behind."""
    try:
        await client.get_workflow_handle(names.juror_id(cycle, juror)).describe()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    return True


@pytest.mark.usefixtures("cycle")
async def test_a_juror_is_invited_and_their_service_starts(
    program: Browser, temporal_client: Client
) -> None:
    wanted = {"email": "Jeanne@exemple.fr", "name": "Jeanne Jurée", "is_chair": "oui"}

    first = await program.post(JURORS, json=wanted)
    again = await program.post(JURORS, json=wanted)

    juror = first.json()
    shown = (await program.get("/api/v1/cycles/2027:REG-84")).json()
    assert [first.status_code, again.status_code] == [201, 200]
    assert (juror["email"], juror["status"], juror["is_chair"]) == (
        "jeanne@exemple.fr",
        "invited",
        True,
    )
    assert again.json() == juror
    assert await _is_running(temporal_client, shown["id"], juror["id"])


@pytest.mark.usefixtures("cycle")
async def test_a_reserve_waits_without_an_invitation(program: Browser) -> None:
    answer = await program.post(JURORS, json={"email": "a@exemple.fr", "reserve_place": "2"})

    assert (answer.status_code, answer.json()["status"]) == (201, "reserve")


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"email": "jeanne@"}, id="half an address"),
        pytest.param({"email": "j@exemple.fr", "siren": "123"}, id="a SIREN that is none"),
        pytest.param({"email": "j@exemple.fr", "reserve_place": 0}, id="no such place"),
        pytest.param({"email": "j@exemple.fr", "is_chair": "peut-être"}, id="perhaps"),
        pytest.param({"email": "j@exemple.fr", "college": "État"}, id="a field misspelt"),
    ],
)
async def test_a_wrong_juror_is_said_to_be_so(program: Browser, wanted: dict[str, object]) -> None:
    answer = await program.post(JURORS, json=wanted)

    assert answer.status_code == 422
    assert (await program.get(JURORS)).json()["items"] == []


async def test_a_file_gives_its_good_lines(
    program: Browser, database: Database, temporal_client: Client
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        await a_juror(session, cycle, email="deja@exemple.fr")
        candidate = await a_person(session, "candidate@exemple.fr")
        await an_application(session, cycle, by=candidate.id)
    file = (
        "courriel;nom;réserve\n"
        "jeanne@exemple.fr;Jeanne;\n"
        "deja@exemple.fr;Déjà;\n"
        "candidate@exemple.fr;Candidate;\n"
        "paul@;Paul;\n"
        "anna@exemple.fr;Anna;1\n"
    )

    answer = await program.post(
        f"{JURORS}/import", content=file.encode(), headers={"content-type": "text/csv"}
    )

    imported = answer.json()
    running = {
        each["email"]: await _is_running(temporal_client, str(cycle.id), each["id"])
        for each in (await program.get(JURORS)).json()["items"]
    }
    assert (imported["added"], imported["already_there"]) == (2, 1)
    assert [(each["line"], each["problem"][:14]) for each in imported["errors"]] == [
        (4, "Cette personne"),
        (5, "Cette adresse "),
    ]
    assert running == {
        "deja@exemple.fr": False,
        "jeanne@exemple.fr": True,
        "anna@exemple.fr": False,
    }


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a;b\n1;2", b"email\n" + b"x" * 200_000]
)
async def test_a_file_that_is_none_is_said_to_be_so(program: Browser, content: bytes) -> None:
    answer = await program.post(f"{JURORS}/import", content=content)

    assert answer.status_code == 422


async def test_a_jury_shows_how_far_each_is_at_the_same_cost(
    program: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, phase=Phase.EVALUATION)
        application = await an_application(session, cycle)
    await program.get(JURORS)
    costs: list[int] = []
    for _ in range(3):
        async with database.transaction() as session:
            juror = await a_juror(session, cycle)
            await a_card(session, juror, application, status=CardStatus.SEALED)
        with queries(program.app) as counted:
            answer = await program.get(JURORS)
        costs.append(counted.count)

    assert [(each["assigned"], each["scored"]) for each in answer.json()["items"]] == [(1, 1)] * 3
    assert costs[0] == costs[2]


async def test_a_long_jury_is_read_page_by_page(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        for _ in range(60):
            await a_juror(session, cycle)

    first = (await program.get(JURORS)).json()
    second = (await program.get(JURORS, params={"after": first["next"]})).json()

    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 10, None)
    assert len({each["id"] for each in first["items"] + second["items"]}) == 60
