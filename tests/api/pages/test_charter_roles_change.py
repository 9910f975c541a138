"""Roles that pass to somebody else in mid-term: by the head or the organiser, told and kept."""

import pytest
from sqlmodel import col, select
from temporalio.client import Client

from domain.charter.states import Act, State
from settings import Settings
from storage.database import Database
from storage.tables.charter import Adherence, AdherenceMember, Engagement
from storage.tables.charter_roles import RoleChange
from storage.tables.records import JournalLine
from tests.api.pages.charter_world import (
    HEAD,
    OWNER,
    STRANGER,
    TODAY,
    a_complete_file,
    fresh,
    is_signed,
    letters_of,
    members_of,
    put,
    term_of,
)
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.builders import a_person
from tests.conftest import SignIn

LEA, NOUR = "lea@boreale.example", "nour@boreale.example"
REASON = "Paul quitte la structure."


@pytest.fixture
async def row(database: Database) -> Adherence:
    """A signatory; Paul holds every role but that of Nadia, its head."""
    row = await a_complete_file(database)
    await is_signed(database, row)
    await put(
        database,
        row,
        state=State.ACTIVE,
        accepted_on=TODAY,
        term_on=await term_of(database, row, 0),
    )
    async with database.transaction() as session:
        paul = await a_person(session, OWNER)
        for role in ("lead", "purchasing", "staff", "reporting"):
            session.add(AdherenceMember(adherence_id=row.id, person_id=paul.id, role=role))
    return row


@pytest.fixture
async def nadia(signed_in: SignIn) -> Browser:
    return await signed_in(HEAD, name="Nadia Chêne")


def typed(row: Adherence, reason: str = REASON, **people: str) -> dict[str, str]:
    """The form as it is shown, with other people in some roles."""
    fields = {
        f"role.{role}.{box}": said
        for role, holder in row.entry["roles"].items()
        for box, said in holder.items()
    }
    for role, email in people.items():
        fields[f"role.{role}.name"] = email.partition("@")[0].title()
        fields[f"role.{role}.email"] = email
    return fields | {"reason": reason}


def team(row: Adherence) -> str:
    return f"/adhesions/{row.id}/equipe"


async def changes(database: Database) -> list[RoleChange]:
    async with database.transaction() as session:
        return list(await session.scalars(select(RoleChange).order_by(col(RoleChange.role))))


async def lines(database: Database, row: Adherence, act: str) -> list[JournalLine]:
    async with database.transaction() as session:
        found = await session.scalars(
            select(JournalLine).where(
                col(JournalLine.subject) == f"adherence:{row.id}", col(JournalLine.act) == act
            )
        )
        return list(found)


async def test_who_leaves_and_who_comes_hear_of_it_and_it_is_kept(
    nadia: Browser, row: Adherence, database: Database
) -> None:
    sent = await nadia.submit(team(row), typed(row, reporting=LEA))

    (kept,) = await changes(database)
    (line,) = await lines(database, row, "changer_roles")
    (came,), (left,) = (
        await letters_of(database, "charter_role_named"),
        await letters_of(database, "charter_role_left"),
    )
    async with database.transaction() as session:
        lea, paul = await a_person(session, LEA), await a_person(session, OWNER)
    assert sent.status_code == 303
    assert (kept.role, kept.before["email"], kept.after["email"]) == ("reporting", OWNER, LEA)
    assert (line.reason, line.actor) == (REASON, f"person:{nadia.person_id}")
    assert (came.person_id, left.person_id) == (lea.id, paul.id)
    assert left.facts["roles"] == [{"fr": "Contact bilan", "en": "Report contact"}]
    members = await members_of(database, row)
    assert ("reporting", lea.id) in members
    assert ("reporting", paul.id) not in members
    assert (await fresh(database, row)).state == State.ACTIVE
    assert "Paul Bois Lea Paul quitte la structure." in words_of((await nadia.get(team(row))).text)


async def test_the_same_form_twice_changes_once(
    nadia: Browser, row: Adherence, database: Database
) -> None:
    for _ in range(2):
        await nadia.submit(team(row), typed(row, reporting=LEA))

    assert len(await changes(database)) == 1
    assert len(await letters_of(database, "charter_role_left")) == 1
    assert len(await lines(database, row, "changer_roles")) == 1


async def test_an_organiser_does_it_for_a_company(
    signed_in: SignIn, row: Adherence, database: Database
) -> None:
    organiser = await signed_in("orga@charte.example", organises_everything=True)
    page = f"/organisation/charte/roles/{row.id}"

    shown = await organiser.get(page)
    sent = await organiser.submit(page, typed(row, lead=LEA))

    assert (shown.status_code, sent.status_code) == (200, 303)
    assert [each.role for each in await changes(database)] == ["lead"]
    assert (
        f"/organisation/charte/roles/{row.id}"
        in (await organiser.get(f"/organisation/charte/adherents/{row.id}")).text
    )


async def test_nobody_else_changes_them(
    signed_in: SignIn, row: Adherence, database: Database
) -> None:
    paul, stranger = await signed_in(OWNER), await signed_in(STRANGER)
    desk = f"/organisation/charte/roles/{row.id}"

    answers = [
        (await each.submit(page, typed(row, lead=LEA))).status_code
        for page in (team(row), desk)
        for each in (paul, stranger)
    ]

    assert answers == [403, 404, 403, 403]
    assert await changes(database) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"reason": " "}, "Dites pourquoi"),
        ({"role.lead.email": "lea"}, "adresse"),
        ({"role.lead.name": "", "role.lead.email": LEA}, "Indiquez qui tient ce rôle."),
        ({"role.lead.name": "Lea", "role.lead.email": ""}, "Indiquez son adresse électronique"),
    ],
)
async def test_what_is_wrong_is_said_with_everything_typed(
    nadia: Browser, row: Adherence, database: Database, more: dict[str, str], said: str
) -> None:
    sent = await nadia.submit(team(row), typed(row, staff=LEA) | more)

    assert sent.status_code == 422
    assert said in words_of(sent.text)
    assert f'value="{LEA}"' in sent.text
    assert await changes(database) == []


async def test_a_draft_has_its_roles_on_its_own_page(
    nadia: Browser, database: Database, row: Adherence
) -> None:
    await put(database, row, state=State.FILED)

    sent = await nadia.submit(team(row), typed(row, lead=LEA))

    assert sent.status_code == 409
    assert "une fois qu'elle est acceptée" in words_of(sent.text)


async def test_a_new_head_signs_by_its_own_link_before_anything_changes(
    signed_in: SignIn,
    temporal_client: Client,
    database: Database,
    configured: Settings,
    nadia: Browser,
    row: Adherence,
) -> None:
    named = await nadia.submit(team(row), typed(row, signatory=NOUR))
    (letter,) = await letters_of(database, "charter_head_named")
    before = await members_of(database, row)
    nour, paul = await signed_in(NOUR, name="Nour"), await signed_in(OWNER)
    page = letter.facts["link"]

    shown = await nour.get(page)
    refused = [(await each.get(page)).status_code for each in (nadia, paul)]
    form = {name: hidden(shown.text, name) for name in ("request_id", "fingerprint")}
    hand = {"name": "Nour Diallo", "function": "Directrice"}
    unticked = await nour.submit(page, form | hand)
    async with working(temporal_client, database, configured):
        signed = await nour.submit(page, form | hand | {"agrees": "yes"})
        again = await nour.get(page)

    after, changed = await members_of(database, row), await fresh(database, row)
    async with database.transaction() as session:
        engagements = list(
            await session.scalars(
                select(Engagement)
                .where(col(Engagement.adherence_id) == row.id)
                .order_by(col(Engagement.number))
            )
        )
    assert (named.status_code, unticked.status_code, signed.status_code) == (303, 422, 303)
    assert refused == [403, 403]
    assert again.status_code == 403
    assert ("signatory", nadia.person_id) in before
    assert {each for role, each in after if role == "signatory"} == {nour.person_id}
    assert (changed.next_head, changed.state) == (None, State.ACTIVE)
    assert changed.entry["roles"]["signatory"]["email"] == NOUR
    assert [each.signed_by for each in engagements][-1] == nour.person_id
    assert engagements[-1].entry["targets"] == engagements[0].entry["targets"]
    assert [each.role for each in await changes(database)] == ["signatory"]
    assert [each.person_id for each in await letters_of(database, "charter_role_left")] == [
        nadia.person_id
    ]
    assert len(await lines(database, row, Act.TAKE_OVER)) == 1


async def test_a_head_who_was_named_by_mistake_loses_the_link(
    signed_in: SignIn, nadia: Browser, row: Adherence, database: Database
) -> None:
    await nadia.submit(team(row), typed(row, signatory=NOUR))
    nour = await signed_in(NOUR)

    await nadia.submit(team(row), typed(row))

    assert (await nour.get(f"/adhesions/{row.id}/direction")).status_code == 404
    assert (await fresh(database, row)).next_head is None
