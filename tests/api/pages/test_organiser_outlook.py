"""What a board says blocks a cycle, phase by phase."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from api.pages.organiser.outlook import Wait, blockers
from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.editions import shipped_templates
from storage.ledger import LetterState
from storage.reads.organiser.application_tally import ApplicationTally
from storage.reads.organiser.board import Board
from storage.reads.organiser.card_tally import CardTally, Load
from storage.reads.organiser.letter_tally import LetterTally
from tests.builders import a_calendar

NOW = datetime(2027, 5, 20, tzinfo=UTC)
TEMPLATE: EditionTemplate = edition_from(shipped_templates()[0].document)
A_JURY = {JurorStatus.ACCEPTED: 4, JurorStatus.RESERVE: 1}


def a_board(
    phase: Phase,
    *,
    files: dict[Status, int] | None = None,
    cards: CardTally | None = None,
    jurors: dict[JurorStatus, int] | None = None,
    letters: dict[LetterState, int] | None = None,
    has_chair: bool = True,
    decided: int = 5,
    calendar: CycleCalendar | None = None,
) -> Board:
    return Board(
        code="2027:REG-84",
        name="Auvergne-Rhône-Alpes",
        zone="Europe/Paris",
        phase=phase,
        entered_at=None,
        calendar=calendar or a_calendar(NOW - timedelta(days=5)),
        calendar_version=1,
        template=TEMPLATE,
        applications=ApplicationTally(
            {(status, "QUA"): count for status, count in (files or {}).items()}
        ),
        cards=cards or CardTally({}, {}),
        jurors=A_JURY if jurors is None else jurors,
        letters=LetterTally(
            {(state, "receipt"): count for state, count in (letters or {}).items()}
        ),
        has_chair=has_chair,
        decided=decided,
        is_dealt=False,
    )


def waits(board: Board) -> list[tuple[Wait, int]]:
    return [(each.wait, each.count) for each in blockers(board, NOW)]


@pytest.mark.parametrize("phase", list(Phase), ids=str)
def test_a_cycle_where_all_is_done_waits_for_nobody_but_its_signature(phase: Phase) -> None:
    board = a_board(phase, calendar=a_calendar(NOW))

    found = waits(board)

    assert found == ([(Wait.MINUTES, 1)] if phase is Phase.DELIBERATION else [])


@pytest.mark.parametrize("phase", [Phase.PREPARED, Phase.OPEN], ids=str)
def test_before_screening_a_jury_is_gathered(phase: Phase) -> None:
    calendar = a_calendar(NOW)
    board = a_board(phase, jurors={JurorStatus.INVITED: 2}, has_chair=False, calendar=calendar)

    assert waits(board) == [
        (Wait.NO_CHAIR, 1),
        (Wait.JURY_TOO_SMALL, 4),
        (Wait.INVITATIONS, 2),
        (Wait.NO_RESERVE, 1),
    ]


def test_in_screening_decisions_come_before_complements() -> None:
    board = a_board(Phase.SCREENING, files={Status.COMPLEMENTS: 2, Status.SUBMITTED: 3})

    assert waits(board) == [(Wait.TO_SCREEN, 3), (Wait.COMPLEMENTS, 2)]


def test_jurors_are_late_once_the_first_reminder_has_gone() -> None:
    cards = CardTally({uuid4(): Load(sealed=1, to_score=2), uuid4(): Load(sealed=3)}, {1: 1})
    early, late = a_calendar(NOW - timedelta(days=5)), a_calendar(NOW - timedelta(days=20))

    before, after = (
        waits(a_board(Phase.EVALUATION, files={Status.ADMITTED: 3}, cards=cards, calendar=calendar))
        for calendar in (early, late)
    )

    assert before == [(Wait.UNCOVERED, 3)]
    assert after == [(Wait.LATE_JURORS, 1), (Wait.UNCOVERED, 3)]


def test_minutes_are_late_after_their_date() -> None:
    late = a_calendar(NOW - timedelta(days=60))

    board = a_board(Phase.DELIBERATION, decided=3, calendar=late)

    assert waits(board) == [(Wait.MINUTES_LATE, 1), (Wait.UNDECIDED, 2)]


def test_letters_that_did_not_leave_are_said_in_every_phase() -> None:
    board = a_board(Phase.PUBLISHED, letters={LetterState.UNCERTAIN: 1, LetterState.FAILED: 2})

    assert waits(board) == [(Wait.LETTERS_FAILED, 2), (Wait.LETTERS_UNCERTAIN, 1)]


def test_what_the_service_owes_comes_first() -> None:
    late = a_calendar(NOW - timedelta(days=10, minutes=11))
    board = replace(a_board(Phase.OPEN, calendar=late, has_chair=False), stuck=3)

    assert waits(board) == [(Wait.STUCK, 3), (Wait.PHASE_LATE, 1), (Wait.NO_CHAIR, 1)]


def test_a_phase_whose_date_has_just_come_is_not_late() -> None:
    board = a_board(Phase.OPEN, calendar=a_calendar(NOW - timedelta(days=10, minutes=9)))

    assert waits(board) == []
