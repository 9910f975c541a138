"""What the acts of an application refuse, and what they leave behind."""

from datetime import timedelta

import pytest

from domain.applications import Act, Status
from domain.eligibility import EligibilityFacts
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import (
    ApplicationState,
    LapseDraft,
    RemindDraft,
    SettleApplication,
)
from domain.wire.juror import Planned
from storage.acts import applications
from storage.acts.eligibility_facts import facts_about
from storage.acts.submission import submit
from storage.database import Database
from tests.builders import A_SIRET, NOON, a_calendar, a_card, a_cycle, a_juror
from tests.storage.acts import ANSWERS, SAMPLE, a_draft, a_request, asked_of, kinds

CALENDAR = a_calendar()
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
LATE = "Les candidatures sont closes"


@pytest.mark.parametrize(
    ("at", "created_at", "sentence"),
    [
        pytest.param(
            CALENDAR.opens_at - SECOND, NOON, "ne sont pas encore ouvertes", id="too early"
        ),
        pytest.param(
            CALENDAR.closes_at + CALENDAR.tolerance + SECOND, NOON, LATE, id="after the tolerance"
        ),
        pytest.param(
            CALENDAR.closes_at + 2 * SECOND,
            CALENDAR.closes_at + SECOND,
            LATE,
            id="in the tolerance, by a draft begun after the end",
        ),
    ],
)
async def test_a_submission_out_of_its_time_is_refused(
    database: Database, at: object, created_at: object, sentence: str
) -> None:
    async with database.transaction() as session:
        file = await a_draft(session, await a_cycle(session, template=SAMPLE, calendar=CALENDAR))
        file.created_at = created_at  # type: ignore[assignment]
        await session.flush()
        case = await asked_of(session, file, Act.SUBMIT, at=at)  # type: ignore[arg-type]

        with pytest.raises(Refusal, match=sentence):
            await submit(session, case)

        assert (file.version, file.number) == (0, None)


async def test_an_incomplete_draft_is_not_sent(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        file = await a_draft(session, cycle, answers=ANSWERS | {"story": ""})
        case = await asked_of(session, file, Act.SUBMIT)

        with pytest.raises(Refusal, match="Il manque des réponses"):
            await submit(session, case)


async def test_a_request_settled_once_gives_the_same_state_again(database: Database) -> None:
    async with database.transaction() as session:
        file = await a_draft(session, await a_cycle(session, template=SAMPLE))
        request = await a_request(session, Act.SUBMIT, f"application:{file.id}", at=NOON + DAY)
        asked = SettleApplication(str(file.id), Act.SUBMIT, str(request.id), NOON + DAY)

        states = [await applications.settle(session, asked) for _ in range(2)]

        assert states == [ApplicationState(Status.SUBMITTED, version=1)] * 2
        assert await kinds(session) == ["receipt"]


@pytest.mark.parametrize(
    ("status", "act"),
    [
        pytest.param(Status.DRAFT, Act.ADMIT, id="admit a draft"),
        pytest.param(Status.ADMITTED, Act.REFUSE, id="refuse what is admitted"),
        pytest.param(Status.ADMITTED, Act.ASK_COMPLEMENTS, id="complete what is admitted"),
        pytest.param(Status.SUBMITTED, Act.COMPLETE, id="complete without being asked"),
        pytest.param(Status.LAPSED, Act.SUBMIT, id="send what has lapsed"),
        pytest.param(Status.REFUSED, Act.WITHDRAW, id="withdraw what is refused"),
    ],
)
async def test_a_move_that_its_state_does_not_allow_is_refused(
    database: Database, status: Status, act: Act
) -> None:
    async with database.transaction() as session:
        file = await a_draft(session, await a_cycle(session, template=SAMPLE), status=status)
        request = await a_request(session, act, f"application:{file.id}")

        with pytest.raises(Refusal):
            await applications.settle(
                session, SettleApplication(str(file.id), act, str(request.id), NOON)
            )

        assert (file.status, request.settled) == (status, False)


async def test_a_withdrawal_tells_the_readers_who_had_not_scored(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        file = await a_draft(session, cycle, status=Status.ADMITTED)
        card = await a_card(session, await a_juror(session, cycle), file)
        request = await a_request(session, Act.WITHDRAW, f"application:{file.id}")
        asked = SettleApplication(str(file.id), Act.WITHDRAW, str(request.id), NOON)

        state = await applications.settle(session, asked)
        await session.refresh(card)

        assert state == ApplicationState(Status.WITHDRAWN)
        assert card.status == "withdrawn"
        assert await kinds(session) == ["application_withdrawn", "application_withdrawn_in_jury"]


@pytest.mark.parametrize(("phase", "again"), [(Phase.SCREENING, False), (Phase.EVALUATION, True)])
async def test_a_file_admitted_during_the_evaluation_is_to_be_dealt(
    database: Database, phase: Phase, *, again: bool
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE, phase=phase)
        file = await a_draft(session, cycle, status=Status.SUBMITTED)
        request = await a_request(session, Act.ADMIT, f"application:{file.id}")
        asked = SettleApplication(str(file.id), Act.ADMIT, str(request.id), NOON)

        state = await applications.settle(session, asked)

        assert state.deal_again is again


async def test_a_draft_lapses_when_what_waited_was_late_too(database: Database) -> None:
    async with database.transaction() as session:
        file = await a_draft(session, await a_cycle(session, template=SAMPLE))
        late = CALENDAR.closes_at + DAY
        request = await a_request(session, Act.SUBMIT, f"application:{file.id}", at=late)

        state = await applications.lapse(session, LapseDraft(str(file.id), late))

        assert state == ApplicationState(Status.LAPSED)
        assert request.settled
        assert await kinds(session) == ["draft_lapsed", "request_refused"]


@pytest.mark.parametrize(
    ("status", "closes_at", "planned"),
    [
        pytest.param(Status.DRAFT, CALENDAR.closes_at, 1, id="a draft"),
        pytest.param(Status.SUBMITTED, CALENDAR.closes_at, 0, id="sent meanwhile"),
        pytest.param(Status.DRAFT, CALENDAR.closes_at - DAY, 0, id="for a date that moved"),
    ],
)
async def test_only_a_draft_is_reminded_and_of_the_date_in_force(
    database: Database, status: Status, closes_at: object, planned: int
) -> None:
    async with database.transaction() as session:
        file = await a_draft(session, await a_cycle(session, template=SAMPLE), status=status)

        told = await applications.remind_draft(
            session,
            RemindDraft(str(file.id), closes_at, 86400),  # type: ignore[arg-type]
        )

        assert told == Planned(planned)


async def test_the_rules_see_the_other_applications_that_count(database: Database) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session, template=SAMPLE)
        for status, category in (
            (Status.SUBMITTED, "ACHATS"),
            (Status.WITHDRAWN, "EQUIPE"),
            (Status.LAPSED, "ACHATS"),
        ):
            await a_draft(session, cycle, status=status, category=category)
        file = await a_draft(session, cycle)

        facts = await facts_about(session, await asked_of(session, file, Act.SUBMIT))

        assert facts == EligibilityFacts(
            category="EQUIPE",
            closes_at=CALENDAR.closes_at,
            answers=ANSWERS | {"siret": A_SIRET},
            registry=None,
            same_siret_and_category=0,
            other_categories=1,
            zone=cycle.zone,
        )
