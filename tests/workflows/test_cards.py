"""Score cards: sealed once, by their juror, in time; handed over when a juror stands aside."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.jurors import CardAct, CardStatus, JurorStatus
from domain.phases import Phase
from domain.wire.juror import CardState
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.cycles import Cycle
from tests.builders import a_cycle, an_application
from tests.workflows.builders import journal, letters
from tests.workflows.jurors import FULL, a_jury, a_reader
from tests.workflows.reading import DAY, in_days, sentence_of

EVALUATION_ENDS = 205 * DAY
HOUR = timedelta(hours=1)
ALREADY = "Cette fiche de notation est déjà close : le premier envoi a été gardé."
BETTER = {"marks": {"EFF": 4, "EQU": 4}, "comments": {}}


async def test_cards_left_are_reminded_fourteen_seven_and_two_days_before_the_end(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    await jury.deals(juror.row, await jury.has_a_file())

    await juror.waits(EVALUATION_ENDS)

    before = [14.0, 7.0, 2.0]
    reminded = await in_days(juror.handle, "remind_juror", jury.calendar.evaluation_until)
    assert reminded == [-days for days in before]
    assert await letters(database) == ["juror_invitation", "juror_accepted"] + 3 * [
        "juror_reminder"
    ]


async def test_reminders_stop_once_every_card_is_sealed(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())
    await juror.waits(192 * DAY)

    await juror.closes(card, after=192 * DAY)
    await juror.waits(12 * DAY)

    assert (await letters(database)).count("juror_reminder") == 1


async def test_an_end_that_moves_takes_its_reminders_with_it(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    await jury.deals(juror.row, await jury.has_a_file())
    await juror.waits(192 * DAY)

    jury.evaluates_until(jury.calendar.evaluation_until + 30 * DAY)
    await jury.moves_to(Phase.EVALUATION, juror)
    await juror.waits(42 * DAY)

    moved = jury.calendar.evaluation_until
    assert await in_days(juror.handle, "remind_juror", moved) == [-44.0, -14.0, -7.0, -2.0]
    assert (await letters(database)).count("juror_reminder") == 4


async def test_a_sealed_card_keeps_its_marks_and_its_note(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())

    state = await juror.closes(card, after=DAY)

    sealed = await jury.reads_card(card)
    assert state == CardState(CardStatus.SEALED, left_to_score=0)
    assert (sealed.marks, str(sealed.note)) == ({"EFF": 3, "EQU": 4}, "85.000")
    assert sealed.closed_at == juror.began + DAY
    assert await journal(database, f"card:{card.id}") == [("seal", "to_score", "sealed")]


async def test_the_same_request_twice_gives_the_same_answer(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())
    asked = await juror.writes("seal", dict(FULL), after=DAY, subject=f"card:{card.id}")

    answers = [await juror.sends(card, CardAct.SEAL, asked) for _ in range(2)]

    assert answers == [CardState(CardStatus.SEALED, left_to_score=0)] * 2
    assert await journal(database, f"card:{card.id}") == [("seal", "to_score", "sealed")]


async def test_another_request_is_refused_and_the_first_is_kept(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())
    await juror.closes(card, after=DAY)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.closes(card, payload=BETTER, after=2 * DAY)

    assert sentence_of(refused.value) == ALREADY
    assert (await jury.reads_card(card)).marks == {"EFF": 3, "EQU": 4}


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param({"EFF": 3}, id="a blank"),
        pytest.param({"EFF": 3, "EQU": 9}, id="off the scale"),
        pytest.param({"EFF": 3, "EQU": 1}, id="one without a comment"),
        pytest.param({"EFF": 3, "EQU": 3, "ACH": 3}, id="of another category"),
    ],
)
async def test_marks_are_checked_again_when_a_card_is_sealed(
    at_work: TimeSkipper, database: Database, marks: dict[str, int]
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.closes(card, payload={"marks": marks, "comments": {}})

    assert sentence_of(refused.value) == (
        "Il manque une note ou un commentaire : relisez la fiche avant de l’envoyer."
    )
    assert (await jury.reads_card(card)).status == CardStatus.TO_SCORE


async def test_a_juror_abstains_and_nobody_else_is_asked(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    await jury.seats(status=JurorStatus.ACCEPTED)
    card = await jury.deals(juror.row, await jury.has_a_file())

    state = await juror.closes(card, CardAct.ABSTAIN, {"reason": "Hors de ma compétence"})

    assert state == CardState(CardStatus.ABSTAINED, left_to_score=0)
    assert (await jury.reads_card(card)).reason == "Hors de ma compétence"


async def test_a_recusal_hands_the_file_to_the_least_loaded_who_may_read_it(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    file = await jury.has_a_file(siren="123456782")
    juror = await a_reader(jury)
    employed = await jury.seats(status=JurorStatus.ACCEPTED, siren="123456782")
    full = await jury.seats(status=JurorStatus.ACCEPTED, maximum=1)
    busy = await jury.seats(status=JurorStatus.ACCEPTED)
    silent = await jury.seats(status=JurorStatus.INVITED)
    free = await jury.seats(status=JurorStatus.ACCEPTED)
    for row, count in ((full, 1), (busy, 2), (free, 1)):
        for _ in range(count):
            await jury.deals(row, await jury.has_a_file())
    card = await jury.deals(juror.row, file)

    state = await juror.closes(card, CardAct.RECUSE, {"reason": "Ancien client"})
    await juror.waits(HOUR)

    assert state == CardState(CardStatus.RECUSED, left_to_score=0, wake=(str(free.id),))
    assert await letters(database) == ["juror_invitation", "juror_accepted", "jury_card_added"]
    assert await jury.readers_of(file) == {juror.row.id, free.id}
    assert not {employed.id, full.id, busy.id, silent.id} & await jury.readers_of(file)


async def test_a_recusal_that_nobody_can_take_over_is_still_a_recusal(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())

    state = await juror.closes(card, CardAct.RECUSE, {"reason": "Ancien client"})

    assert state == CardState(CardStatus.RECUSED, left_to_score=0)


async def test_a_conflict_declared_after_sealing_sets_the_card_aside(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    file = await jury.has_a_file()
    juror = await a_reader(jury)
    other = await jury.seats(status=JurorStatus.ACCEPTED)
    card = await jury.deals(juror.row, file)
    await juror.closes(card)

    state = await juror.declares(file, after=DAY)
    await juror.waits(HOUR)

    assert (await jury.reads_card(card)).status == CardStatus.RECUSED
    assert state.wake == (str(other.id),)
    assert await letters(database) == ["juror_invitation", "juror_accepted", "jury_card_added"]


async def test_a_conflict_with_a_file_of_elsewhere_is_refused(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    async with database.transaction() as session:
        elsewhere = await an_application(session, await a_cycle(session))
    juror = await a_reader(jury)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.declares(elsewhere)

    assert sentence_of(refused.value) == "Cette candidature n’est pas de ce cycle."


@pytest.mark.parametrize(
    ("late_by", "taken"),
    [
        pytest.param(timedelta(0), True, id="at the very instant"),
        pytest.param(timedelta(microseconds=1), False, id="just after"),
    ],
)
async def test_the_arrival_of_a_card_decides(
    at_work: TimeSkipper, database: Database, late_by: timedelta, *, taken: bool
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    card = await jury.deals(juror.row, await jury.has_a_file())
    arrival = jury.calendar.evaluation_until - juror.began + late_by

    if taken:
        await juror.closes(card, after=arrival)
    else:
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await juror.closes(card, after=arrival)
        assert sentence_of(refused.value) == (
            "L’évaluation est close : cette fiche est arrivée après l’heure et n’a pas été prise."
        )

    assert (await jury.reads_card(card)).status == ("sealed" if taken else "to_score")


async def test_a_card_that_arrived_in_time_counts_even_if_nobody_carried_it(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    files = [await jury.has_a_file() for _ in range(2)]
    cards = [await jury.deals(juror.row, file) for file in files]
    in_time = jury.calendar.evaluation_until - juror.began
    for card, after in zip(cards, (in_time, in_time + HOUR), strict=True):
        await juror.writes("seal", dict(FULL), after=after, subject=f"card:{card.id}")

    async with database.transaction() as session:
        cycle = await session.get_one(Cycle, jury.cycle.id)
        await freeze_ranking(session, cycle, jury.calendar.evaluation_until)

    assert [(await jury.reads_card(card)).status for card in cards] == ["sealed", "to_score"]


async def test_a_card_of_somebody_else_is_refused(at_work: TimeSkipper, database: Database) -> None:
    jury = await a_jury(at_work, database)
    juror = await a_reader(jury)
    other = await jury.seats(status=JurorStatus.ACCEPTED)
    card = await jury.deals(other, await jury.has_a_file())

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.closes(card)

    assert sentence_of(refused.value) == "Cette fiche n’est pas la vôtre."
    assert (await jury.reads_card(card)).status == CardStatus.TO_SCORE


async def test_no_card_is_taken_before_the_evaluation(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database, phase=Phase.SCREENING)
    juror = await jury.invites()
    await juror.answers(accepts=True)
    card = await jury.deals(juror.row, await jury.has_a_file())

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await juror.closes(card)

    assert sentence_of(refused.value) == (
        "L’évaluation n’est pas ouverte : cette fiche ne peut pas être envoyée."
    )


async def test_a_juror_who_joins_during_the_evaluation_takes_the_files_short_of_readers(
    at_work: TimeSkipper, database: Database
) -> None:
    jury = await a_jury(at_work, database, phase=Phase.EVALUATION)
    file = await jury.has_a_file()
    juror = await jury.invites()

    await juror.answers(accepts=True)
    await juror.waits(DAY)

    assert await jury.readers_of(file) == {juror.row.id}
    assert await letters(database) == [
        "juror_invitation",
        "juror_accepted",
        "jury_cards_to_score",
    ]
