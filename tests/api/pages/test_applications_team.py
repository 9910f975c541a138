"""Who works on an application: inviting a colleague, changing their role, letting them go."""

import pytest
from sqlalchemy import Text, cast
from sqlmodel import col, select

from storage.database import Database
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.tables.records import JournalLine
from tests.api.pages.company_world import (
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    words_of,
)
from tests.browser import Browser
from tests.conftest import SignIn

INVITED = {"email": " Nadia@Boreale.example", "role": "editor"}


@pytest.fixture
async def row(database: Database) -> Application:
    return await an_application_of(database, await a_call(database))


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def team(row: Application) -> str:
    return f"/candidatures/{row.id}/equipe"


async def roles(database: Database, row: Application) -> dict[str, str]:
    async with database.transaction() as session:
        rows = await session.execute(
            select(Person.email, Member.role)
            .join(Member, col(Member.person_id) == col(Person.id))
            .where(col(Member.application_id) == row.id)
        )
        return dict(list(rows))


async def letters(database: Database) -> list[Letter]:
    async with database.transaction() as session:
        return list((await session.execute(select(Letter))).scalars())


async def changes(database: Database, row: Application) -> list[tuple[str, str, str]]:
    """What the journal says of the team, in order; everything was done by the owner."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(JournalLine, Person.email)
            .join(Person, "person:" + cast(col(Person.id), Text) == col(JournalLine.actor))
            .where(
                col(JournalLine.subject) == f"application:{row.id}",
                col(JournalLine.act).in_(["give_access", "take_access"]),
            )
            .order_by(col(JournalLine.id))
        )
        found = rows.all()
    assert {(line.cycle_id, email) for line, email in found} == {(row.cycle_id, OWNER)}
    return [(line.act, line.before, line.after) for line, _ in found]


@pytest.mark.usefixtures("temporal_client")
async def test_an_invited_colleague_has_access_and_a_letter(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    response = await browser.submit(team(row), INVITED)

    nadia = await signed_in(EDITOR)
    letter = (await letters(database))[0]
    assert response.status_code == 303
    assert await roles(database, row) == {OWNER: "owner", EDITOR: "editor"}
    assert (letter.kind, letter.key) == ("member_invited", f"member:{row.id}:{nadia.person_id}")
    assert letter.facts["invited_by"] == "Paul Bois"
    assert (await nadia.get(f"/candidatures/{row.id}")).status_code == 200


@pytest.mark.usefixtures("temporal_client")
async def test_inviting_again_changes_the_role_and_writes_no_second_letter(
    browser: Browser, row: Application, database: Database
) -> None:
    await browser.submit(team(row), INVITED)
    await browser.submit(team(row), INVITED | {"role": "reader"})

    assert await roles(database, row) == {OWNER: "owner", EDITOR: "reader"}
    assert len(await letters(database)) == 1


@pytest.mark.usefixtures("temporal_client")
async def test_every_change_of_the_team_is_written_in_the_journal_by_ids_only(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    nadia = await signed_in(EDITOR)
    for role in ("editor", "reader", "reader"):
        await browser.submit(team(row), INVITED | {"role": role})
    async with database.transaction() as session:
        member = await session.scalar(
            select(Member.id).where(col(Member.person_id) == nadia.person_id)
        )
    for _ in range(2):
        await browser.submit(f"{team(row)}/{member}/retirer")

    them = f"person:{nadia.person_id}"
    assert await changes(database, row) == [
        ("give_access", "", f"editor {them}"),
        ("give_access", f"editor {them}", f"reader {them}"),
        ("take_access", f"reader {them}", ""),
    ]


@pytest.mark.usefixtures("temporal_client")
async def test_the_journal_says_who_changed_the_team_and_to_what(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    await browser.submit(team(row), INVITED)
    async with database.transaction() as session:
        cycle = await session.get_one(Cycle, row.cycle_id)
    organiser = await signed_in("orga@exemple.fr", organises=[cycle.id])

    words = words_of((await organiser.get(f"/organisation/{cycle.code}/journal")).text)

    assert "Accès au dossier donné" in words
    assert "Paul Bois" in words
    assert "Rédaction" in words
    assert EDITOR not in words


@pytest.mark.usefixtures("temporal_client")
async def test_a_colleague_who_left_and_is_invited_again_has_another_letter(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    nadia = await signed_in(EDITOR)
    for _ in range(3):
        await browser.submit(team(row), INVITED)
        async with database.transaction() as session:
            member = await session.scalar(
                select(Member.id).where(col(Member.person_id) == nadia.person_id)
            )
        await browser.submit(f"{team(row)}/{member}/retirer")

    first = f"member:{row.id}:{nadia.person_id}"
    keys = [letter.key for letter in await letters(database)]
    assert sorted(keys) == [first, f"{first}:2", f"{first}:3"]


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"email": "nadia"}, 422, "semble incomplète"),
        ({"role": "owner"}, 409, "Choisissez ce que cette personne pourra faire"),
        ({"role": "roi"}, 422, "Choisissez ce que cette personne pourra faire"),
        ({"email": OWNER}, 409, "déjà responsable de ce dossier"),
    ],
    ids=["no address", "owner", "no role", "the owner"],
)
async def test_a_wrong_invitation_is_said_and_shown_again(
    browser: Browser,
    row: Application,
    database: Database,
    fields: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    response = await browser.submit(team(row), INVITED | fields)

    assert response.status_code == status
    assert sentence in words_of(response.text)
    assert f'value="{(INVITED | fields)["email"]}"' in response.text
    assert await roles(database, row) == {OWNER: "owner"}
    assert await letters(database) == []


async def test_a_colleague_who_is_let_go_finds_nothing_any_more(
    browser: Browser, row: Application, database: Database, signed_in: SignIn
) -> None:
    member = await a_member(database, row, EDITOR, "editor")
    nadia = await signed_in(EDITOR)

    response = await browser.submit(f"{team(row)}/{member}/retirer")

    assert response.status_code == 303
    assert (await nadia.get(f"/candidatures/{row.id}")).status_code == 404


async def test_the_owner_stays(browser: Browser, row: Application, database: Database) -> None:
    async with database.transaction() as session:
        owner = (await session.execute(select(Member))).scalar_one()

    response = await browser.submit(f"{team(row)}/{owner.id}/retirer")

    assert response.status_code == 404
    assert await roles(database, row) == {OWNER: "owner"}


async def test_only_the_owner_chooses(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    member = await a_member(database, row, EDITOR, "editor")
    nadia = await signed_in(EDITOR)

    shown = await nadia.get(team(row))
    invited = await nadia.submit(team(row), INVITED | {"email": STRANGER})
    removed = await nadia.submit(f"{team(row)}/{member}/retirer")

    assert (shown.status_code, invited.status_code, removed.status_code) == (200, 403, 403)
    assert await roles(database, row) == {OWNER: "owner", EDITOR: "editor"}


async def test_a_stranger_sees_no_team(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    stranger = await signed_in(STRANGER)

    shown = await stranger.get(team(row))
    invited = await stranger.submit(team(row), {"email": STRANGER, "role": "editor"})

    assert (shown.status_code, invited.status_code) == (404, 404)
    assert await roles(database, row) == {OWNER: "owner"}


async def test_a_team_has_an_end(browser: Browser, row: Application, database: Database) -> None:
    for number in range(19):
        await a_member(database, row, f"{number}@boreale.example", "reader")

    response = await browser.submit(team(row), INVITED)

    assert response.status_code == 409
    assert "20 personnes au plus" in words_of(response.text)
