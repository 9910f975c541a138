"""A juror's invitation: answered, reminded, forgotten, and passed on to the reserve."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from api.engine import Engine
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire import names
from domain.wire.juror import AnswerInvitation, JurorState
from storage.database import Database
from tests.workflows.builders import journal, letters
from tests.workflows.jurors import a_jury
from tests.workflows.reading import DAY, in_days, sentence_of

HOUR = timedelta(hours=1)
TOO_LATE = (
    "Cette invitation n’attend plus de réponse. Écrivez à l’organisateur pour changer d’avis."
)


async def test_an_invitation_is_sent_at_once(at_work: TimeSkipper, database: Database) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()

    await juror.waits(HOUR)

    assert await letters(database) == ["juror_invitation"]
    assert await juror.state() == JurorState(JurorStatus.INVITED)


async def test_a_silent_juror_is_reminded_once_then_the_invitation_expires(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()

    ended = await juror.ends()

    assert ended == JurorState(JurorStatus.EXPIRED)
    assert await in_days(juror.handle, "remind_juror", juror.began) == [2.0]
    assert await in_days(juror.handle, "expire_invitation", juror.began) == [5.0]
    assert await letters(database) == [
        "juror_invitation",
        "juror_invitation_reminder",
        "juror_invitation_expired",
    ]
    assert await journal(database, f"juror:{juror.id}") == [("answer", "invited", "expired")]


async def test_the_first_of_the_reserve_is_called_in_the_place_of_a_silent_chair(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    second = await jury.seats(status=JurorStatus.RESERVE, reserve_place=2)
    first = await jury.seats(status=JurorStatus.RESERVE, reserve_place=1)
    juror = await jury.invites(is_chair=True)

    await juror.ends()
    called = await jury.reads(first)
    service = at_work.client.get_workflow_handle(names.juror_id(str(jury.cycle.id), str(first.id)))
    await at_work.fast_forward(service, HOUR)

    assert (called.status, called.is_chair, called.replaces_id) == ("invited", True, juror.row.id)
    assert not (await jury.reads(juror.row)).is_chair
    assert (await jury.reads(second)).status == JurorStatus.RESERVE
    assert await letters(database) == [
        "juror_invitation",
        "juror_invitation_reminder",
        "juror_invitation_expired",
        "juror_invitation",
    ]


async def test_an_invitation_declined_calls_the_reserve_without_waiting(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    first = await jury.seats(status=JurorStatus.RESERVE, reserve_place=1)
    juror = await jury.invites()

    state = await juror.answers(accepts=False, after=HOUR)
    await juror.handle.result()

    assert state == JurorState(JurorStatus.DECLINED)
    assert (await jury.reads(first)).status == JurorStatus.INVITED
    assert await in_days(juror.handle, "call_the_reserve", juror.began) == [0.0]


async def test_each_juror_who_leaves_is_replaced_by_one(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    reserve = [
        await jury.seats(status=JurorStatus.RESERVE, reserve_place=place) for place in (1, 2, 3)
    ]
    leaving = [await jury.invites() for _ in range(2)]

    for juror in leaving:
        await juror.answers(accepts=False)
        await juror.handle.result()

    called = [await jury.reads(row) for row in reserve]
    assert [row.status for row in called] == ["invited", "invited", "reserve"]
    assert [row.replaces_id for row in called] == [*(each.row.id for each in leaving), None]


async def test_a_juror_accepts_with_a_maximum_and_is_not_reminded(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()

    state = await juror.answers(accepts=True, maximum=5, after=HOUR)
    await juror.waits(20 * DAY)

    assert state == JurorState(JurorStatus.ACCEPTED)
    assert (await jury.reads(juror.row)).maximum == 5
    assert await letters(database) == ["juror_invitation", "juror_accepted"]
    assert await in_days(juror.handle, "remind_juror", juror.began) == []


async def test_an_answer_after_the_expiry_is_refused_with_a_sentence(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()
    await juror.ends()
    asked = await juror.writes("answer", {"accepts": True}, after=6 * DAY)

    with pytest.raises(Refusal) as refused:
        await Engine(at_work.client).answer_invitation(
            str(jury.cycle.id),
            juror.id,
            AnswerInvitation(asked.request, asked.arrived_at, accepts=True),
        )

    assert refused.value.sentence == "Ce dossier est clos : il n’accepte plus de demande."
    assert (await jury.reads(juror.row)).status == JurorStatus.EXPIRED


async def test_an_answer_that_arrived_before_the_expiry_counts_even_if_nobody_carried_it(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()
    await juror.writes("answer", {"accepts": True, "maximum": 3}, after=4 * DAY)

    await juror.waits(6 * DAY)

    assert await juror.state() == JurorState(JurorStatus.ACCEPTED)
    assert (await jury.reads(juror.row)).maximum == 3


async def test_a_second_answer_is_refused(at_work: TimeSkipper, database: Database) -> None:
    jury = await a_jury(at_work, database)
    juror = await jury.invites()
    await juror.answers(accepts=True)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.answers(accepts=False)

    assert sentence_of(refused.value) == TOO_LATE
    assert (await jury.reads(juror.row)).status == JurorStatus.ACCEPTED


async def test_conflicts_are_asked_when_the_screening_begins(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    file = await jury.has_a_file()
    juror = await jury.invites()
    await juror.answers(accepts=True)
    await juror.waits(120 * DAY)
    before = await letters(database)

    await jury.moves_to(Phase.SCREENING, juror)
    await juror.waits(DAY)
    state = await juror.declares(file, after=121 * DAY)

    assert before == ["juror_invitation", "juror_accepted"]
    assert await letters(database) == [*before, "jury_conflicts_to_declare"]
    assert state == JurorState(JurorStatus.ACCEPTED, conflicts_declared=True)


@pytest.mark.parametrize("phase", [Phase.PREPARED, Phase.OPEN])
async def test_conflicts_are_not_declared_before_the_call_has_closed(
    at_work: TimeSkipper, database: Database, phase: Phase
) -> None:
    jury = await a_jury(at_work, database, phase=phase)
    juror = await jury.invites()
    await juror.answers(accepts=True)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.declares()

    assert sentence_of(refused.value) == (
        "Les conflits se déclarent une fois l’invitation acceptée et l’appel clos."
    )


async def test_the_cancellation_of_the_cycle_ends_the_wait_and_calls_nobody(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    first = await jury.seats(status=JurorStatus.RESERVE, reserve_place=1)
    juror = await jury.invites()

    await jury.moves_to(Phase.CANCELLED, juror)
    ended = await juror.handle.result()

    assert ended == JurorState(JurorStatus.INVITED)
    assert (await jury.reads(first)).status == JurorStatus.RESERVE
