"""The post: every letter leaves once, as far as SMTP permits, whatever happens on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.letters import mailer as mailer_module
from activities.letters import post as post_module
from activities.letters.mailer import Mailer
from activities.letters.outcomes import NO_ANSWER
from activities.letters.post import Post
from activities.letters.rendering import Writer
from activities.letters.samples import SAMPLES
from domain.pace import Pace
from domain.wire.letters import Posted, SendLetter, SendLettersAbout, SendMailing
from settings import Settings
from storage import post as ledger
from storage.database import Database
from storage.ledger import Intent, LetterState, plan
from storage.tables.letters import Letter
from storage.tables.people import Person
from tests.activities.post_office import PostOffice, opened

RECEIPT, RESULT = "receipt", "result_other"


@pytest.fixture
async def office() -> AsyncGenerator[PostOffice]:
    async with opened(PostOffice()) as office:
        yield office


@dataclass(frozen=True, slots=True)
class Desk:
    """The post of a test, and the ledger that it reads."""

    post: Post
    database: Database

    async def plan(self, key: str, kind: str = RECEIPT, **more: Any) -> None:  # noqa: ANN401  (columns of a letter)
        async with self.database.transaction() as session:
            reader = Person(
                email=more.pop("email", f"{uuid4().hex}@boreale.example"),
                name=more.pop("name", "Camille Robin"),
                language=more.pop("language", "fr"),
            )
            session.add(reader)
            await session.flush()
            facts = SAMPLES[kind][0] | more.pop("facts", {})
            subject = more.pop("subject", f"application:{key}")
            await plan(session, [Intent(key, kind, subject, reader.id, facts, **more)])

    async def plan_mailing(self, mailing: str, count: int, kind: str = RESULT) -> None:
        async with self.database.transaction() as session:
            readers = [Person(email=f"{number}@boreale.example") for number in range(count)]
            session.add_all(readers)
            await session.flush()
            await plan(
                session,
                [
                    Intent(
                        f"{mailing}:{i}",
                        kind,
                        f"application:{i}",
                        reader.id,
                        SAMPLES[kind][0],
                        mailing=mailing,
                    )
                    for i, reader in enumerate(readers)
                ],
            )

    async def send(self, key: str, environment: ActivityEnvironment | None = None) -> Posted:
        return await (environment or ActivityEnvironment()).run(
            self.post.send_letter, SendLetter(key)
        )

    async def send_mailing(
        self, mailing: str, environment: ActivityEnvironment | None = None
    ) -> Posted:
        return await (environment or ActivityEnvironment()).run(
            self.post.send_mailing, SendMailing(mailing)
        )

    async def letter(self, key: str) -> Letter:
        async with self.database.transaction() as session:
            return (await session.scalars(select(Letter).where(col(Letter.key) == key))).one()

    async def states(self) -> dict[str, int]:
        async with self.database.transaction() as session:
            return dict(Counter((await session.scalars(select(col(Letter.state)))).all()))

    async def claim_and_die(self, key: str) -> None:
        """What a worker leaves when it is killed while it sends, a lease ago."""
        async with self.database.transaction() as session:
            assert await ledger.claim(session, [(await self.letter(key)).id], uuid4().hex)
        await self.let_leases_end()

    async def let_leases_end(self) -> None:
        async with self.database.transaction() as session:
            await session.execute(
                text(
                    "update letter set claimed_at = claimed_at - interval '1 hour' where state = 'sending'"
                )
            )


@pytest.fixture
async def desk(
    configured: Settings, database: Database, office: PostOffice
) -> AsyncGenerator[Desk]:
    addressed = configured.model_copy(update={"smtp_port": office.port})
    mailer = Mailer(addressed)
    yield Desk(Post(database, mailer, Writer(addressed)), database)
    await mailer.close()


async def test_a_letter_asked_for_twice_leaves_once(desk: Desk, office: PostOffice) -> None:
    await desk.plan("receipt:1")

    answers = [await desk.send("receipt:1"), await desk.send("receipt:1")]

    assert answers == [Posted(1), Posted(1)]
    assert len(office.received) == 1


async def test_two_senders_at_once_send_one(desk: Desk, office: PostOffice) -> None:
    await desk.plan("receipt:1")

    await asyncio.gather(*(desk.send("receipt:1") for _ in range(5)), return_exceptions=True)

    assert len(office.received) == 1
    assert (await desk.letter("receipt:1")).state == LetterState.SENT


async def test_every_planned_letter_about_a_subject_leaves(desk: Desk, office: PostOffice) -> None:
    await desk.plan("a", subject="juror:1")
    await desk.plan("b", subject="juror:1")
    await desk.plan("c", subject="juror:2")

    posted = await ActivityEnvironment().run(
        desk.post.send_letters_about, SendLettersAbout("juror:1")
    )

    assert posted == Posted(2)
    assert await desk.states() == {LetterState.SENT: 2, LetterState.PLANNED: 1}
    assert len(office.received) == 2


async def test_nothing_to_send_is_nothing_sent(desk: Desk) -> None:
    posted = await desk.send_mailing("results:nobody")

    assert posted == Posted(0)


async def test_a_cancelled_letter_stays(desk: Desk, office: PostOffice) -> None:
    await desk.plan("receipt:1")
    async with desk.database.transaction() as session:
        await session.execute(text("update letter set state = 'cancelled'"))

    posted = await desk.send("receipt:1")

    assert posted == Posted(0)
    assert office.received == []


async def test_killed_while_sending_what_is_harmless_twice_is_sent_again(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("receipt:1", RECEIPT)
    await desk.claim_and_die("receipt:1")

    posted = await desk.send("receipt:1")

    assert posted == Posted(1)
    assert len(office.received) == 1


async def test_killed_while_sending_a_result_waits_for_somebody_to_decide(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("result:1", RESULT)
    await desk.claim_and_die("result:1")

    posted = await desk.send("result:1")

    assert posted == Posted(0)
    assert office.received == []
    letter = await desk.letter("result:1")
    assert (letter.state, letter.error) == (LetterState.UNCERTAIN, ledger.INTERRUPTED)


async def test_a_person_may_plan_an_uncertain_letter_again(desk: Desk, office: PostOffice) -> None:
    await desk.plan("result:1", RESULT)
    await desk.claim_and_die("result:1")
    await desk.send("result:1")

    async with desk.database.transaction() as session:
        was_there = await ledger.plan_again(session, (await desk.letter("result:1")).id)

    assert was_there
    assert await desk.send("result:1") == Posted(1)
    assert len(office.received) == 1


async def test_what_is_held_by_a_living_attempt_is_left_alone(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("receipt:1")
    async with desk.database.transaction() as session:
        await ledger.claim(session, [(await desk.letter("receipt:1")).id], "another")

    with pytest.raises(ApplicationError, match="held by another attempt") as refused:
        await desk.send("receipt:1")

    assert refused.value.next_retry_delay == timedelta(seconds=5)
    assert office.received == []


async def test_even_a_harmless_letter_is_not_sent_for_ever(desk: Desk, office: PostOffice) -> None:
    await desk.plan("receipt:1", RECEIPT)
    office.hangs_up_instead_of_answering = 99

    for _ in range(6):
        await asyncio.gather(desk.send("receipt:1"), return_exceptions=True)

    assert len(office.received) == 3
    assert len(set(office.ids)) == 1
    letter = await desk.letter("receipt:1")
    assert (letter.state, letter.error) == (LetterState.UNCERTAIN, NO_ANSWER)


async def test_an_answer_lost_after_the_letter_makes_a_result_uncertain(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("result:1", RESULT)
    office.hangs_up_instead_of_answering = 1

    posted = await desk.send("result:1")

    assert posted == Posted(0)
    assert len(office.received) == 1
    assert (await desk.letter("result:1")).state == LetterState.UNCERTAIN


async def test_silence_after_the_letter_makes_it_uncertain(
    desk: Desk, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailer_module, "DATA", 0.3)
    await desk.plan("result:1", RESULT)
    office.silent = True

    posted = await desk.send("result:1")

    assert posted == Posted(0)
    assert (await desk.letter("result:1")).error == NO_ANSWER


@pytest.mark.parametrize("stage", ["says_to_recipients", "says_to_letters"])
async def test_later_then_yes(desk: Desk, office: PostOffice, stage: str) -> None:
    await desk.plan("receipt:1")
    getattr(office, stage).append("451 4.7.1 Greylisted, come back")

    with pytest.raises(ApplicationError, match="1 letters still to send"):
        await desk.send("receipt:1")

    waiting = await desk.letter("receipt:1")
    assert (waiting.state, waiting.error) == (
        LetterState.PLANNED,
        "451 4.7.1 Greylisted, come back",
    )
    assert await desk.send("receipt:1") == Posted(1)
    assert len(office.received) == 1


async def test_later_for_days_means_no(desk: Desk, office: PostOffice) -> None:
    await desk.plan("receipt:1")
    office.says_to_recipients.append("452 4.2.2 Mailbox full")
    environment = ActivityEnvironment()
    started = environment.info.started_time
    environment.info = replace(environment.info, scheduled_time=started - timedelta(days=4))

    posted = await desk.send("receipt:1", environment)

    assert posted == Posted(0)
    assert (await desk.letter("receipt:1")).state == LetterState.FAILED


@pytest.mark.parametrize("stage", ["says_to_recipients", "says_to_letters"])
async def test_no_is_written_down_in_the_words_of_the_server(
    desk: Desk, office: PostOffice, stage: str
) -> None:
    await desk.plan("receipt:1", email="nobody@boreale.example")
    getattr(office, stage).append("550 5.1.1 <nobody@boreale.example>: no such mailbox")

    posted = await desk.send("receipt:1")

    assert posted == Posted(0)
    letter = await desk.letter("receipt:1")
    assert (letter.state, letter.error) == (
        LetterState.BOUNCED,
        "550 5.1.1 <…>: no such mailbox",
    )


async def test_one_bad_address_keeps_nobody_else_waiting(desk: Desk) -> None:
    await desk.plan("a", mailing="m", email="not an address")
    await desk.plan("b", mailing="m")

    posted = await desk.send_mailing("m")

    assert posted == Posted(1)
    assert (await desk.letter("a")).state == LetterState.FAILED


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"link": "https://elsewhere.example"}, id="a link elsewhere"),
        pytest.param({"arrived_at": None}, id="no instant"),
        pytest.param({"arrived_at": 20270628}, id="no date"),
    ],
)
async def test_a_letter_that_cannot_be_written_waits_and_the_others_leave(
    desk: Desk, office: PostOffice, facts: dict[str, object]
) -> None:
    await desk.plan("a", mailing="m", facts=facts)
    await desk.plan("b", mailing="m")

    with pytest.raises(ApplicationError, match="1 letters still to send"):
        await desk.send_mailing("m")

    assert (await desk.letter("a")).state == LetterState.PLANNED
    assert len(office.received) == 1


async def test_the_server_goes_away_and_comes_back(
    configured: Settings, database: Database
) -> None:
    office = PostOffice()
    async with opened(office):
        pass
    addressed = configured.model_copy(update={"smtp_port": office.port})
    mailer = Mailer(addressed)
    desk = Desk(Post(database, mailer, Writer(addressed)), database)
    await desk.plan_mailing("m", 10)

    with pytest.raises(ApplicationError, match="10 letters still to send"):
        await desk.send_mailing("m")
    async with opened(office):
        first = await desk.send_mailing("m")
    await desk.plan("late", mailing="m")
    async with opened(office):
        second = await desk.send_mailing("m")
        await mailer.close()

    assert (first, second) == (Posted(10), Posted(11))
    assert len(office.received) == 11


async def test_a_server_that_closes_makes_every_letter_wait(desk: Desk, office: PostOffice) -> None:
    await desk.plan_mailing("m", 60)
    office.says_to_recipients.extend(["421 4.3.2 Closing"] * 60)

    with pytest.raises(ApplicationError, match="60 letters still to send"):
        await desk.send_mailing("m")

    assert len(office.says_to_recipients) >= 60 - post_module.LANES


async def test_a_mailing_leaves_over_few_connections_and_says_that_it_lives(
    desk: Desk, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_module, "HEARTBEAT", 0.01)
    monkeypatch.setattr(post_module, "BATCH", 40)
    await desk.plan_mailing("m", 120)
    environment, beats = ActivityEnvironment(), list[str]()
    environment.on_heartbeat = lambda *said: beats.extend(said)

    posted = await desk.send_mailing("m", environment)

    assert posted == Posted(120)
    assert office.connections <= post_module.LANES
    assert beats == sorted(beats)
    assert len(set(beats)) >= 2


async def test_a_cancelled_mailing_goes_on_without_doubles(desk: Desk, office: PostOffice) -> None:
    await desk.plan_mailing("m", 500)
    environment = ActivityEnvironment()
    first = asyncio.create_task(desk.send_mailing("m", environment))
    await office.has_received(120)

    environment.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    after_cancelling = await desk.states()
    posted = await desk.send_mailing("m")

    assert set(after_cancelling) == {LetterState.SENT, LetterState.PLANNED}
    assert posted == Posted(500)
    assert Counter(office.ids).most_common(1)[0][1] == 1
    assert len(office.received) == 500


async def test_a_late_answer_ends_the_doubt(desk: Desk) -> None:
    await desk.plan("result:1", RESULT)
    letter_id: UUID = (await desk.letter("result:1")).id
    async with desk.database.transaction() as session:
        claimed = await ledger.claim(session, [letter_id], "slow")
    assert claimed.keys() == {letter_id}
    await desk.let_leases_end()
    await desk.send("result:1")

    async with desk.database.transaction() as session:
        await ledger.mark_sent(session, list(claimed.values()))

    assert (await desk.letter("result:1")).state == LetterState.SENT


async def test_who_wants_no_reminders_has_every_letter_on_which_something_depends(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("reminder:1", "draft_reminder")
    await desk.plan("receipt:1")
    async with desk.database.transaction() as session:
        await session.execute(text("update person set reminders_off_at = now()"))

    await desk.send("reminder:1")
    await desk.send("receipt:1")

    assert await desk.states() == {LetterState.CANCELLED: 1, LetterState.SENT: 1}
    assert [letter["List-Unsubscribe"] for letter in office.received] == [None]


async def test_a_reminder_says_in_its_header_where_one_click_ends_them(
    desk: Desk, office: PostOffice
) -> None:
    await desk.plan("reminder:1", "draft_reminder")

    await desk.send("reminder:1")

    said = office.received[0]["List-Unsubscribe"]
    assert "/lettres/rappels/" in said
    assert office.received[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_a_mailing_keeps_its_pace_and_a_worker_that_stops_waits_for_no_turn(
    configured: Settings, database: Database, office: PostOffice
) -> None:
    addressed = configured.model_copy(update={"smtp_port": office.port})
    mailer = Mailer(addressed)
    desk = Desk(Post(database, mailer, Writer(addressed), Pace(per_minute=1)), database)
    await desk.plan_mailing("m", 5)
    environment = ActivityEnvironment()

    sending = asyncio.create_task(desk.send_mailing("m", environment))
    await office.has_received(1)
    environment.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(sending, 5)
    await mailer.close()
    assert len(office.received) == 1
    assert (await desk.states())[LetterState.PLANNED] == 4
