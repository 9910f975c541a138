from storage.database import Database
from storage.ledger import Intent, plan
from storage.tables.results import Palmares
from tests.api.rest.conftest import give_key
from tests.browser import Browser
from tests.builders import NOON, a_cycle, a_person


async def test_a_palmares_is_for_everybody_once_published(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    before = await client.get("/api/v1/palmares/2027:REG-84")
    async with database.transaction() as session:
        session.add(
            Palmares(cycle_id=cycle.id, document={"cycle": "2027:REG-84"}, published_at=NOON)
        )

    after = await client.get("/api/v1/palmares/2027:REG-84")

    assert before.status_code == 404
    assert (after.status_code, after.json()) == (200, {"cycle": "2027:REG-84"})
    assert [each["code"] for each in (await client.get("/api/v1/palmares")).json()["items"]] == [
        "2027:REG-84"
    ]


async def test_letters_are_counted_by_kind_and_state(program: Browser, database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        person = await a_person(session)
        await plan(
            session,
            [
                Intent(f"receipt:{each}", "receipt", "x", person.id, cycle_id=cycle.id)
                for each in range(3)
            ],
        )

    answer = await program.get("/api/v1/cycles/2027:REG-84/letters")

    assert answer.json()["items"] == [{"kind": "receipt", "state": "planned", "count": 3}]


async def test_a_link_of_development_lets_somebody_in(program: Browser, client: Browser) -> None:
    answer = await program.post(
        "/api/v1/login-links", json={"email": "lea@exemple.fr", "next": "/palmares"}
    )

    opening = answer.json()
    came_in = await client.submit(opening["url"])
    assert (answer.status_code, came_in.headers["location"]) == (201, "/palmares")


async def test_only_who_organises_everything_makes_links(
    client: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
    await give_key(database, client, [cycle.id])

    answer = await client.post("/api/v1/login-links", json={"email": "lea@exemple.fr"})

    assert answer.status_code == 403


async def test_the_interface_is_described_for_programs_and_for_people(client: Browser) -> None:
    document = (await client.get("/api/v1/openapi.json")).json()
    page = await client.get("/docs")

    assert all(path.startswith("/api/v1/") for path in document["paths"])
    assert page.status_code == 200
    assert [path for path in document["paths"] if path not in page.text] == []
    assert "<script" not in page.text.partition("</head>")[2]


async def test_the_interface_is_found_from_any_page(client: Browser) -> None:
    home = await client.get("/", headers={"accept-language": "fr"})

    assert '<a href="/docs">Interface pour les programmes</a>' in home.text
