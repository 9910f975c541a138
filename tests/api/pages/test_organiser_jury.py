"""The jury on the desk: called one by one or by a list, its chair, its progress, its deal."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from settings import Settings
from storage.acts.dealing import deal
from storage.database import Database
from storage.reads.organiser.dealing import deal_preview
from storage.tables.cycles import Cycle
from storage.tables.juries import Conflict, Juror
from storage.tables.letters import Letter
from storage.tables.people import Person
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.api.pages.desk_world import (
    COMPANY,
    ORGANISER,
    a_cycle_in,
    a_jury,
    a_sent_file,
)
from tests.browser import Browser
from tests.builders import a_card, a_juror
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

ONE = {"email": "jeanne@reseau.example", "name": "Jeanne Jurée", "siren": "", "reserve_place": ""}


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    return await a_cycle_in(database, Phase.SCREENING)


@pytest.fixture
async def browser(signed_in: SignIn, cycle: Cycle) -> Browser:
    return await signed_in(ORGANISER, organises=[cycle.id])


@pytest.fixture
def page(cycle: Cycle) -> str:
    return f"/organisation/{cycle.code}/jury"


@pytest.mark.usefixtures("engine")
async def test_one_person_is_invited_and_written_to(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    done = await browser.submit(page, ONE | {"is_chair": "yes"})

    assert done.headers["location"] == page
    assert await _seats(database, cycle) == [(ONE["email"], JurorStatus.INVITED, True, None)]
    assert await _letter_to(database, ONE["email"]) == "juror_invitation"


async def test_somebody_in_reserve_waits_without_a_letter(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    await browser.submit(page, ONE | {"reserve_place": "2"})

    assert await _seats(database, cycle) == [(ONE["email"], JurorStatus.RESERVE, False, 2)]


async def test_everything_wrong_is_said_at_once_with_what_was_typed(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    shown = await browser.submit(
        page, {"email": "pas une adresse", "siren": "12", "reserve_place": "zéro", "name": "Jeanne"}
    )

    assert shown.status_code == 422
    for field in ("email", "siren", "reserve_place"):
        assert f'href="#field-{field}"' in shown.text
    assert 'value="Jeanne"' in shown.text
    assert await _seats(database, cycle) == []


async def test_a_candidate_is_not_called_to_judge(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    async with database.transaction() as session:
        await a_sent_file(session, cycle)

    shown = await browser.submit(page, ONE | {"email": COMPANY})

    assert shown.status_code == 409
    assert "elle ne peut pas la juger" in words_of(shown.text)


@pytest.mark.usefixtures("engine")
async def test_a_list_keeps_its_good_lines_and_names_the_others(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    pasted = (
        "courriel;nom;réserve\n"
        "a@reseau.example;Anne;\n"
        "pas une adresse;Bob;\n"
        "c@reseau.example;Chloé;1\n"
    )

    shown = await browser.submit(f"{page}/liste", {"list": pasted})

    assert shown.status_code == 422
    assert "ligne 3 :" in words_of(shown.text)
    assert "Invitées : 1. En réserve : 1." in words_of(shown.text)
    assert await _seats(database, cycle) == [
        ("a@reseau.example", JurorStatus.INVITED, False, None),
        ("c@reseau.example", JurorStatus.RESERVE, False, 1),
    ]


@pytest.mark.usefixtures("engine")
async def test_the_same_file_twice_calls_people_once(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    file = ("jury.csv", "courriel\na@reseau.example\n".encode("utf-8-sig"), "text/csv")

    answers = [await browser.submit(f"{page}/liste", files={"file": file}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(await _seats(database, cycle)) == 1


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "Choisissez un fichier, ou collez une liste."),
        ("nom\nAnne\n", "La première ligne doit nommer les colonnes"),
        ("courriel\n" + "a" * 500_001, "Ce fichier est trop lourd"),
    ],
    ids=["nothing", "no column", "too heavy"],
)
async def test_a_list_that_cannot_be_read_says_why(
    browser: Browser, page: str, pasted: str, said: str
) -> None:
    shown = await browser.submit(f"{page}/liste", {"list": pasted})

    assert shown.status_code == 422
    assert said in words_of(shown.text)


async def test_nobody_is_called_once_evaluation_is_over(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.DELIBERATION)
    browser = await signed_in(ORGANISER, organises=[cycle.id])
    page = f"/organisation/{cycle.code}/jury"

    shown = await browser.get(page)
    asked = await browser.submit(page, ONE)

    assert "Appeler une personne" not in words_of(shown.text)
    assert asked.status_code == 409


async def test_the_chair_moves_to_somebody_who_sits(
    browser: Browser, database: Database, cycle: Cycle, page: str
) -> None:
    async with database.transaction() as session:
        first, second = await a_jury(session, cycle, 2)

    done = await browser.submit(
        f"{page}/presidence", {"request_id": str(uuid4()), "juror": str(second.id)}
    )

    assert done.status_code == 303
    async with database.transaction() as session:
        chairs = {
            juror.id: juror.is_chair for juror in (await session.execute(select(Juror))).scalars()
        }
    assert chairs == {first.id: False, second.id: True}


@pytest.mark.parametrize("status", [JurorStatus.RESERVE, JurorStatus.DECLINED], ids=str)
async def test_the_chair_is_not_given_to_somebody_who_does_not_sit(
    browser: Browser, database: Database, cycle: Cycle, page: str, status: JurorStatus
) -> None:
    async with database.transaction() as session:
        juror = await a_juror(session, cycle, status=status)

    shown = await browser.submit(
        f"{page}/presidence", {"request_id": str(uuid4()), "juror": str(juror.id)}
    )

    assert shown.status_code == 409
    assert "Choisissez une personne qui siège" in words_of(shown.text)


async def test_progress_is_shown_and_marks_are_not(signed_in: SignIn, database: Database) -> None:
    cycle = await a_cycle_in(database, Phase.EVALUATION)
    async with database.transaction() as session:
        (juror,) = await a_jury(session, cycle, 1)
        for place, status in enumerate((CardStatus.SEALED, CardStatus.TO_SCORE)):
            file = await a_sent_file(session, cycle, company=f"A{place}", status=Status.ADMITTED)
            await a_card(session, juror, file, status=status, marks={"IMP": 5})
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    words = words_of((await browser.get(f"/organisation/{cycle.code}/jury")).text)

    assert "1 sur 2" in words
    assert "Le prochain rappel part de lui-même" in words


async def test_the_preview_is_the_deal_that_will_be_made(database: Database, cycle: Cycle) -> None:
    async with database.transaction() as session:
        files = [
            await a_sent_file(session, cycle, company=f"A{n}", status=Status.ADMITTED)
            for n in range(5)
        ]
        jurors = await a_jury(session, cycle, 4)
        jurors[0].maximum, jurors[1].siren = 2, files[0].siren
        session.add(
            Conflict(juror_id=jurors[2].id, application_id=files[1].id, at=datetime.now(UTC))
        )

    async with database.transaction() as session:
        preview = await deal_preview(session, await session.get_one(Cycle, cycle.id))
        made = await deal(session, await session.get_one(Cycle, cycle.id), datetime.now(UTC))

    assert sorted(reader.load for reader in preview.readers) == sorted(made.loads.values())
    assert (preview.dealt, preview.avoided) == (len(made.pairs), 2)
    assert [(str(each.id), each.missing) for each in preview.short] == list(made.short)


async def test_the_preview_names_files_that_would_lack_readers(
    browser: Browser, database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        await a_sent_file(session, cycle, company="Atelier Seul", status=Status.ADMITTED)
        await a_jury(session, cycle, 2)

    words = words_of((await browser.get(f"/organisation/{cycle.code}/attribution")).text)

    assert "Des dossiers manqueraient de lecteurs Atelier Seul 1 lecture manque" in words


async def _seats(
    database: Database, cycle: Cycle
) -> list[tuple[str, JurorStatus, bool, int | None]]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(Person.email), Juror)
            .join(Juror, col(Juror.person_id) == col(Person.id))
            .where(col(Juror.cycle_id) == cycle.id)
            .order_by(col(Person.email))
        )
        return [
            (email, JurorStatus(juror.status), juror.is_chair, juror.reserve_place)
            for email, juror in rows
        ]


async def _letter_to(database: Database, email: str) -> str:
    """The kind of the only letter to somebody, once their service has begun."""
    for _ in range(100):
        async with database.transaction() as session:
            rows = await session.execute(
                select(col(Letter.kind))
                .join(Person, col(Person.id) == col(Letter.person_id))
                .where(col(Person.email) == email)
            )
            if found := list(rows.scalars()):
                return found[0]
        await asyncio.sleep(0.1)
    return ""
