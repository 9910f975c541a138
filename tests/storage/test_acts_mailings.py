"""The mailing of results: held until a second person agrees, and its letters follow it."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.mailings import MailingAct, MailingStep
from domain.refusals import Refusal
from domain.wire.cycle import CycleRef
from domain.wire.mailing import ConcludeMailing, MailingState, Published, SettleMailing
from storage.acts.mailings import conclude, results_mailing, settle
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.database import Database
from storage.drafts.results_release import agreement_on, approve
from storage.reads.organiser.results_mailing import (
    outlook_on_results,
    outlook_on_written,
    progress_of,
)
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.mailings import Mailing
from storage.tables.records import JournalLine
from storage.tables.results import Minutes
from tests.builders import NOON, a_person, an_organiser
from tests.storage.acts import a_request
from tests.storage.deliberation import decision, deliberating, signed

RESULTS = ("result_laureate", "result_nominee", "result_other")


async def a_signed_cycle(session: AsyncSession) -> Cycle:
    cycle, files = await deliberating(session)
    session.add(decision(cycle, files[0], files[1]))
    await sign_minutes(session, await signed(session, cycle))
    return cycle


async def published(session: AsyncSession, cycle: Cycle) -> Published:
    said = await publish(session, CycleRef(str(cycle.id), NOON))
    assert said is not None
    return said


async def results(session: AsyncSession) -> Counter[str]:
    states = await session.scalars(select(col(Letter.state)).where(col(Letter.kind).in_(RESULTS)))
    return Counter(states)


async def does(
    session: AsyncSession, mailing: str, act: MailingAct, by: UUID | None = None
) -> MailingState:
    request = await a_request(session, act, f"mailing:{mailing}", by=by)
    return await settle(session, SettleMailing(mailing, act, str(request.id), NOON))


async def test_results_that_nobody_agreed_to_are_held_and_a_second_person_is_asked(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle = await a_signed_cycle(session)
        organiser = await an_organiser(session, cycle)

        said = await published(session, cycle)

        assert said.step is MailingStep.HELD
        assert await results(session) == {"held": 3}
        others = await session.execute(
            select(col(Letter.kind), col(Letter.state), col(Letter.person_id)).where(
                col(Letter.mailing) == f"results:{cycle.id}",
                col(Letter.kind) == "results_held",
            )
        )
        assert others.all() == [("results_held", "planned", organiser.id)]
        assert await published(session, cycle) == said


async def test_an_agreement_under_embargo_lets_the_letters_leave_at_publication(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, second = await a_signed_cycle(session), await a_person(session)
        before = await outlook_on_results(session, cycle, NOON)
        await approve(session, cycle.id, second.id, uuid4(), may_be_alone=False)
        waits = await agreement_on(session, cycle.id)
        nothing = await results(session)

        said = await publish(session, CycleRef(str(cycle.id), waits.arrived_at)) if waits else None

        assert nothing == {}
        assert said is not None
        assert said.step is MailingStep.SENDING
        assert await results(session) == {"planned": 3}
        mailing = await session.get_one(Mailing, UUID(said.mailing))
        assert mailing.released_by == second.id
        after = await outlook_on_written(session, mailing)
        assert before.kinds == dict.fromkeys(RESULTS, 1) == after.kinds
        assert sorted(each.kind for each in before.samples) == sorted(RESULTS)


async def test_an_agreement_to_another_decision_holds_nothing_good(database: Database) -> None:
    async with database.transaction() as session:
        cycle, second = await a_signed_cycle(session), await a_person(session)
        await approve(session, cycle.id, second.id, uuid4(), may_be_alone=False)
        waiting = await agreement_on(session, cycle.id)
        assert waiting is not None
        (await session.get_one(Minutes, cycle.id)).fingerprint = "changed"
        await session.flush()

        said = await publish(session, CycleRef(str(cycle.id), waiting.arrived_at))

        assert said is not None
        assert said.step is MailingStep.HELD
        assert await results(session) == {"held": 3}


async def test_who_signed_may_not_agree_unless_the_platform_says_so_and_the_journal_tells(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle = await a_signed_cycle(session)
        chair = (await session.get_one(Minutes, cycle.id)).signed_by

        with pytest.raises(Refusal, match="à une autre personne"):
            async with session.begin_nested():
                await approve(session, cycle.id, chair, uuid4(), may_be_alone=False)
        await approve(session, cycle.id, chair, uuid4(), may_be_alone=True)

        acts = await session.scalars(
            select(col(JournalLine.act)).where(col(JournalLine.act).startswith("approve"))
        )
        assert acts.all() == ["approve_results_alone"]


async def test_letters_follow_their_mailing(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_signed_cycle(session)
        said = await published(session, cycle)
        seen: list[tuple[str, dict[str, int]]] = []

        for act in (
            MailingAct.RELEASE,
            MailingAct.PAUSE,
            MailingAct.RESUME,
            MailingAct.PAUSE,
            MailingAct.CANCEL,
        ):
            state = await does(session, said.mailing, act)
            seen.append((state.step.value, dict(await results(session))))

        assert seen == [
            ("sending", {"planned": 3}),
            ("paused", {"held": 3}),
            ("sending", {"planned": 3}),
            ("paused", {"held": 3}),
            ("cancelled", {"cancelled": 3}),
        ]


async def test_a_mailing_is_over_once_nothing_is_left_and_not_before(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_signed_cycle(session)
        said = await published(session, cycle)
        ended = ConcludeMailing(said.mailing, NOON)
        held = await conclude(session, ended)
        await does(session, said.mailing, MailingAct.RELEASE)
        under_way = await conclude(session, ended)
        for letter in await session.scalars(select(Letter)):
            letter.state = "sent"
        await session.flush()

        over = await conclude(session, ended)

        steps = [held.step, under_way.step, over.step]
        assert steps == [MailingStep.HELD, MailingStep.SENDING, MailingStep.SENT]
        mailing = await results_mailing(session, cycle.id)
        assert mailing is not None
        assert (mailing.step, {*await progress_of(session, cycle.id)}) == ("sent", {"sent"})
