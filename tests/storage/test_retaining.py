"""The retention of data: each class goes on its day and not before, once, and leaves what proves."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.charter.states import State
from domain.jurors import CardStatus
from domain.phases import Phase
from domain.retention import Kept
from storage.acts.retaining import carry_out, due_counts
from storage.database import Database
from storage.tables.applications import Application, Attachment, Member
from storage.tables.charter import Adherence, AdherenceMember, Alert
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from storage.tables.people import LoginLink, Person
from storage.tables.results import Decision, Palmares
from tests.builders import a_calendar, a_card, a_cycle, a_juror, a_person, an_application
from tests.charters import a_draft

SINCE = datetime(2027, 6, 30, 10, tzinfo=UTC)
ANSWERS = {"story": "Un parrain", "contact_email": "zoe@exemple.fr", "contact_name": "Zoé"}
SOMEBODY = "zoe@exemple.fr"

Given = Callable[[AsyncSession], Awaitable[None]]


async def a_file(session: AsyncSession, *, wins: bool = False) -> Application:
    """A file whose palmarès was published at SINCE, with one document and one sealed card."""
    closing = a_calendar(SINCE - timedelta(days=10))
    cycle = await a_cycle(session, phase=Phase.CLOSED, calendar=closing)
    owner = await a_person(session, SOMEBODY, "Zoé Candidate")
    file = await an_application(
        session, cycle, status=Status.ADMITTED, answers=dict(ANSWERS), by=owner.id
    )
    file.version = 1
    juror = await a_juror(session, cycle, email="jeanne@exemple.fr")
    card = await a_card(session, juror, file, status=CardStatus.SEALED)
    card.comments = {"EFF": "Solide"}
    session.add_all(
        [
            Palmares(cycle_id=cycle.id, published_at=SINCE),
            Decision(
                cycle_id=cycle.id, category=file.category, laureate_id=file.id if wins else None
            ),
            Attachment(
                application_id=file.id,
                name="lettre.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                added_by=owner.id,
            ),
        ]
    )
    await session.flush()
    return file


async def a_lost_file(session: AsyncSession) -> None:
    await a_file(session)


async def a_laureate_file(session: AsyncSession) -> None:
    await a_file(session, wins=True)


async def a_lapsed_draft(session: AsyncSession) -> None:
    closing = a_calendar(SINCE - timedelta(days=10))
    cycle = await a_cycle(session, phase=Phase.CLOSED, calendar=closing)
    await an_application(session, cycle, status=Status.LAPSED, answers=dict(ANSWERS))


async def a_closed_complaint(session: AsyncSession) -> None:
    adherence = (await a_draft(session)).adherence
    author = await a_person(session, "temoin@exemple.fr")
    session.add(
        Alert(adherence_id=adherence.id, author_id=author.id, facts="Des faits", closed_at=SINCE)
    )


async def an_ended_adherence(session: AsyncSession) -> None:
    adherence = (await a_draft(session)).adherence
    adherence.state, adherence.since = State.FORMER, SINCE


async def a_silent_account(session: AsyncSession) -> None:
    person = await a_person(session, "muette@exemple.fr", "Mue Ette")
    person.seen_at = SINCE


async def a_warned_account(session: AsyncSession) -> None:
    await a_silent_account(session)
    person = (await session.scalars(select(Person))).one()
    person.warned_at = SINCE


async def a_spent_link(session: AsyncSession) -> None:
    person = await a_person(session, "lien@exemple.fr")
    session.add(LoginLink(person_id=person.id, expires_at=SINCE))


@pytest.mark.parametrize(
    ("kind", "given", "day"),
    [
        (Kept.ENTRANCES, a_spent_link, datetime(2027, 7, 1, 11, tzinfo=UTC)),
        (Kept.DRAFTS, a_lapsed_draft, datetime(2027, 9, 30, tzinfo=UTC)),
        (Kept.ATTACHMENTS, a_lost_file, datetime(2027, 12, 30, tzinfo=UTC)),
        (Kept.FILES, a_lost_file, datetime(2028, 6, 30, tzinfo=UTC)),
        (Kept.JURORS, a_laureate_file, datetime(2028, 6, 30, tzinfo=UTC)),
        (Kept.LAUREATE_PEOPLE, a_laureate_file, datetime(2030, 6, 30, tzinfo=UTC)),
        (Kept.COMPLAINT_AUTHORS, a_closed_complaint, datetime(2028, 6, 30, tzinfo=UTC)),
        (Kept.CHARTER_FILES, an_ended_adherence, datetime(2032, 6, 30, tzinfo=UTC)),
        (Kept.WARNINGS, a_silent_account, datetime(2029, 5, 31, tzinfo=UTC)),
        (Kept.ACCOUNTS, a_warned_account, datetime(2029, 6, 30, tzinfo=UTC)),
    ],
)
async def test_each_class_goes_on_its_day_not_the_day_before_and_once(
    database: Database, kind: Kept, given: Given, day: datetime
) -> None:
    async with database.transaction() as session:
        await given(session)

    async with database.transaction() as session:
        before = (await due_counts(session, day - timedelta(days=1)))[kind]
        on_the_day = (await due_counts(session, day))[kind]
        carried = [(await carry_out(session, kind, day)).rows for _ in range(2)]

    assert (before, on_the_day, carried) == (0, 1, [1, 0])


async def test_a_file_that_did_not_win_keeps_its_category_and_its_scores_only(
    database: Database,
) -> None:
    async with database.transaction() as session:
        file = await a_file(session)
        kept, marks = file.category, (await session.scalars(select(Card.marks))).one()
    async with database.transaction() as session:
        freed = (await carry_out(session, Kept.FILES, SINCE + timedelta(days=366))).bytes

    async with database.transaction() as session:
        file = (await session.scalars(select(Application))).one()
        document = (await session.scalars(select(Attachment))).one()
        card = (await session.scalars(select(Card))).one()
        assert (file.company, file.siret, file.siren, file.title, file.answers) == (
            *("", "", "", ""),
            {},
        )
        assert (file.category, card.marks) == (kept, marks)
        assert (document.name, [*freed]) == ("", [document.id])
        assert await count(session, Member) == 0


async def test_a_juror_sits_under_nobodys_name_and_their_scores_stay(database: Database) -> None:
    async with database.transaction() as session:
        await a_file(session)
    async with database.transaction() as session:
        await carry_out(session, Kept.JURORS, SINCE + timedelta(days=366))

    async with database.transaction() as session:
        juror = (await session.scalars(select(Juror))).one()
        card = (await session.scalars(select(Card))).one()
        nobody = await session.get_one(Person, juror.person_id)
        assert (nobody.name, nobody.email.endswith("@erased.invalid")) == ("", True)
        assert (juror.organisation, card.comments, card.juror_id) == ("", {}, juror.id)
        # The account of who sat is theirs: it goes by its own class.
        assert await named(session, "jeanne@exemple.fr") == 1


async def test_a_laureate_keeps_its_file_without_the_people_named_in_it(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await a_file(session, wins=True)
    async with database.transaction() as session:
        await carry_out(session, Kept.LAUREATE_PEOPLE, SINCE + timedelta(days=1100))
        nothing = (await carry_out(session, Kept.FILES, SINCE + timedelta(days=1100))).rows

    async with database.transaction() as session:
        file = (await session.scalars(select(Application))).one()
        assert file.answers == {"story": "Un parrain", "contact_email": "", "contact_name": ""}
        assert (file.company, nothing) == ("Menuiserie des Alpes", 0)


async def test_a_charter_file_is_emptied_and_that_the_company_adhered_stays(
    database: Database,
) -> None:
    async with database.transaction() as session:
        await an_ended_adherence(session)
    async with database.transaction() as session:
        await carry_out(session, Kept.CHARTER_FILES, SINCE + timedelta(days=1830))

    async with database.transaction() as session:
        adherence = (await session.scalars(select(Adherence))).one()
        assert (adherence.state, adherence.entry, bool(adherence.siren)) == (State.FORMER, {}, True)
        assert await count(session, AdherenceMember) == 0


async def test_who_is_warned_and_comes_back_keeps_their_account(database: Database) -> None:
    warned = datetime(2029, 5, 31, tzinfo=UTC)
    async with database.transaction() as session:
        await a_silent_account(session)
    async with database.transaction() as session:
        await carry_out(session, Kept.WARNINGS, warned)
        letter = (await session.scalars(select(Letter))).one()
        person = (await session.scalars(select(Person))).one()
        person.seen_at, person.warned_at = warned + timedelta(days=3), None
    async with database.transaction() as session:
        later = await due_counts(session, warned + timedelta(days=40))

    assert (letter.kind, letter.facts["ends_at"]) == ("account_ending", "2029-06-30T00:00:00+00:00")
    assert (later[Kept.WARNINGS], later[Kept.ACCOUNTS]) == (0, 0)


async def test_whom_others_count_on_is_neither_warned_nor_erased(database: Database) -> None:
    async with database.transaction() as session:
        juror = await a_juror(session, await a_cycle(session), email="ines@exemple.fr")
        person = await session.get_one(Person, juror.person_id)
        person.seen_at = person.warned_at = SINCE
    async with database.transaction() as session:
        found = await due_counts(session, SINCE + timedelta(days=3000))

    assert (found[Kept.WARNINGS], found[Kept.ACCOUNTS]) == (0, 0)


async def count(session: AsyncSession, table: Any) -> int:  # noqa: ANN401  (any table)
    return (await session.execute(select(func.count()).select_from(table))).scalar_one()


async def named(session: AsyncSession, address: str) -> int:
    query = select(func.count(col(Person.id))).where(col(Person.email) == address)
    return (await session.execute(query)).scalar_one()
