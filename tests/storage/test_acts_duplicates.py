"""Two applications of one company in one category: one is closed, its people join the other, or it is undone."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import SettleApplication
from storage.acts import applications
from storage.database import Database
from storage.drafts.joining import Joining, join_the_kept
from storage.drafts.members import let_go
from storage.reads.attachments import Wanted, attachment_for
from storage.reads.duplicates import alike_in, closed_for, pieces_into
from storage.tables.applications import Application, Attachment, Member
from storage.tables.cycles import Cycle
from storage.tables.records import JournalLine
from tests.builders import A_SIRET, NOON, a_cycle
from tests.storage.acts import SAMPLE, a_draft, a_request, kinds

ANOTHER_SIRET = A_SIRET[:9] + "00028"


async def asks(session: AsyncSession, file: Application, act: Act, **typed: object) -> Status:
    request = await a_request(
        session, act, f"application:{file.id}", {"reason": "Le même projet."} | typed
    )
    asked = SettleApplication(str(file.id), act, str(request.id), NOON)
    return (await applications.settle(session, asked)).status


async def two(
    session: AsyncSession, status: Status = Status.SUBMITTED, phase: Phase = Phase.SCREENING
) -> tuple[Cycle, Application, Application]:
    """One to close, of a second establishment, and one to keep."""
    cycle = await a_cycle(session, template=SAMPLE, phase=phase)
    closed = await a_draft(session, cycle, status=status, siret=ANOTHER_SIRET)
    kept = await a_draft(session, cycle, status=Status.SUBMITTED)
    return cycle, closed, kept


async def person_of(session: AsyncSession, file: Application) -> UUID:
    return (
        await session.scalars(
            select(col(Member.person_id)).where(col(Member.application_id) == file.id)
        )
    ).one()


async def test_two_establishments_of_a_company_are_found_alike(database: Database) -> None:
    async with database.transaction() as session:
        cycle, closed, kept = await two(session)
        await a_draft(session, cycle, siret="73282932000074")

        [group] = await alike_in(session, cycle.id)

        assert {each.id for each in group} == {closed.id, kept.id}


async def test_one_is_closed_and_the_people_of_both_are_told(database: Database) -> None:
    async with database.transaction() as session:
        cycle, closed, kept = await two(session)

        status = await asks(session, closed, Act.MARK_DUPLICATE, kept=str(kept.id))

        shown = await closed_for(session, closed.id)
        assert (status, kept.status) == (Status.DUPLICATE, Status.SUBMITTED)
        assert shown is not None
        assert (shown.kept.id, shown.reason) == (kept.id, "Le même projet.")
        assert await kinds(session) == ["application_duplicate", "application_kept"]
        assert await alike_in(session, cycle.id) == ()
        acts = await session.scalars(
            select(col(JournalLine.act)).where(
                col(JournalLine.subject) == f"application:{closed.id}"
            )
        )
        assert list(acts) == ["mark_duplicate"]


@pytest.mark.parametrize("before", [Status.DRAFT, Status.COMPLEMENTS, Status.ADMITTED])
async def test_it_goes_back_to_where_it_stood(database: Database, before: Status) -> None:
    async with database.transaction() as session:
        _, closed, kept = await two(session, before)
        await asks(session, closed, Act.MARK_DUPLICATE, kept=str(kept.id))

        assert await asks(session, closed, Act.UNMARK_DUPLICATE) is before
        assert await closed_for(session, closed.id) is None


async def test_each_is_not_closed_for_the_other(database: Database) -> None:
    async with database.transaction() as session:
        _, closed, kept = await two(session)
        await asks(session, closed, Act.MARK_DUPLICATE, kept=str(kept.id))

        with pytest.raises(Refusal, match="a pris fin"):
            await asks(session, kept, Act.MARK_DUPLICATE, kept=str(closed.id))


async def test_its_people_join_the_kept_one_once_and_not_after_they_were_let_go(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, closed, kept = await two(session)
        person = await person_of(session, closed)
        with pytest.raises(Refusal, match="rien à rejoindre"):
            await join_the_kept(session, Joining(closed.id, person))
        await asks(session, closed, Act.MARK_DUPLICATE, kept=str(kept.id))

        joined = [await join_the_kept(session, Joining(closed.id, person)) for _ in range(2)]

        assert joined == [kept.id, kept.id]
        member = (
            await session.scalars(
                select(Member).where(
                    col(Member.application_id) == kept.id, col(Member.person_id) == person
                )
            )
        ).one()
        assert member.role == "editor"
        await let_go(session, kept.id, member.id, person)
        with pytest.raises(Refusal, match="a retiré votre accès"):
            await join_the_kept(session, Joining(closed.id, person))


async def test_the_people_of_the_kept_one_open_the_pieces_of_its_duplicate(
    database: Database,
) -> None:
    async with database.transaction() as session:
        _, closed, kept = await two(session)
        mine, theirs = await person_of(session, kept), await person_of(session, closed)
        piece = Attachment(
            application_id=closed.id,
            name="relevé.pdf",
            media_type="application/pdf",
            size=3,
            sha256="ab" * 32,
            added_by=theirs,
        )
        session.add(piece)
        await session.flush()
        wanted = Wanted(closed.id, piece.id, mine, frozenset({uuid4()}))
        before = await attachment_for(session, wanted)

        await asks(session, closed, Act.MARK_DUPLICATE, kept=str(kept.id))

        opened = await attachment_for(session, wanted)
        assert before is None
        assert opened is not None
        assert opened.name == "relevé.pdf"
        assert [each.id for each in await pieces_into(session, kept.id)] == [piece.id]
