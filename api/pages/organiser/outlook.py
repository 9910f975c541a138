"""What blocks a cycle now: each thing that waits for somebody, and where to do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.applications import Status
from domain.duplicates import BEFORE_JUDGING
from domain.early_end import ends_at
from domain.jurors import JurorStatus
from domain.phases import Phase
from storage.ledger import LetterState
from storage.reads.organiser.board import Board


class Wait(StrEnum):
    """What a cycle waits for; the words are in ``pages/organiser/_blockers.html``."""

    STUCK = "stuck"
    PHASE_LATE = "phase_late"
    NO_CHAIR = "no_chair"
    JURY_TOO_SMALL = "jury_too_small"
    INVITATIONS = "invitations"
    NO_RESERVE = "no_reserve"
    TO_SCREEN = "to_screen"
    COMPLEMENTS = "complements"
    EXTENDED = "extended"
    ALIKE = "alike"
    UNCOVERED = "uncovered"
    LATE_JURORS = "late_jurors"
    UNDECIDED = "undecided"
    MINUTES = "minutes"
    MINUTES_LATE = "minutes_late"
    LETTERS_FAILED = "letters_failed"
    LETTERS_UNCERTAIN = "letters_uncertain"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that waits: how many, and the page where it is dealt with."""

    wait: Wait
    count: int
    path: str
    is_grave: bool = False


GATHERS_A_JURY = frozenset({Phase.PREPARED, Phase.OPEN, Phase.SCREENING})
# A cycle moves within seconds of its dates.
LATE = timedelta(minutes=10)
SCREENS = frozenset({Phase.SCREENING, Phase.EVALUATION})


def blockers(board: Board, now: datetime) -> tuple[Blocker, ...]:
    """Everything that waits for somebody, the gravest first."""
    found = (
        *_service(board, now),
        *_jury(board),
        *_screening(board),
        *_evaluation(board, now),
        *_deliberation(board, now),
    )
    return tuple(sorted((*found, *_letters(board)), key=lambda each: not each.is_grave))


def uncovered(board: Board) -> int:
    """The admitted files with fewer sealed cards than a ranking asks for."""
    floor = board.template.jury.floor_of_valid_scores
    return max(0, board.applications.of(Status.ADMITTED) - board.cards.covered(floor))


def _service(board: Board, now: datetime) -> Iterator[Blocker]:
    """What the service itself owes: nobody here can do it, so whoever runs it must be told."""
    if board.stuck:
        yield Blocker(Wait.STUCK, board.stuck, "/journal", is_grave=True)
    end = ends_at(board.calendar, board.phase)
    if end is not None and now > end + LATE:
        yield Blocker(Wait.PHASE_LATE, 1, "/journal", is_grave=True)


def _jury(board: Board) -> Iterator[Blocker]:
    if board.phase not in GATHERS_A_JURY:
        return
    if not board.has_chair:
        yield Blocker(Wait.NO_CHAIR, 1, "/jury", is_grave=board.phase is Phase.SCREENING)
    missing = board.template.jury.quorum - board.seated
    if missing > 0:
        yield Blocker(
            Wait.JURY_TOO_SMALL, missing, "/jury", is_grave=board.phase is Phase.SCREENING
        )
    if waiting := board.jurors.get(JurorStatus.INVITED, 0):
        yield Blocker(Wait.INVITATIONS, waiting, "/jury")
    if not board.jurors.get(JurorStatus.RESERVE, 0):
        yield Blocker(Wait.NO_RESERVE, 1, "/jury")


def _screening(board: Board) -> Iterator[Blocker]:
    if board.odd.alike and board.phase in BEFORE_JUDGING:
        yield Blocker(Wait.ALIKE, board.odd.alike, "/doublons")
    if board.phase not in SCREENS:
        return
    if waiting := board.applications.of(Status.SUBMITTED):
        path = f"/candidatures?statut={Status.SUBMITTED}"
        yield Blocker(Wait.TO_SCREEN, waiting, path, is_grave=True)
    if waiting := board.applications.of(Status.COMPLEMENTS):
        path = f"/candidatures?statut={Status.COMPLEMENTS}"
        yield Blocker(Wait.COMPLEMENTS, waiting, path)
    if board.odd.extended:
        yield Blocker(Wait.EXTENDED, board.odd.extended, "/dates")


def _evaluation(board: Board, now: datetime) -> Iterator[Blocker]:
    if board.phase is not Phase.EVALUATION:
        return
    if late := board.late(now):
        yield Blocker(Wait.LATE_JURORS, late, "/jury", is_grave=True)
    if files := uncovered(board):
        yield Blocker(Wait.UNCOVERED, files, "/jury")


def _deliberation(board: Board, now: datetime) -> Iterator[Blocker]:
    if board.phase is not Phase.DELIBERATION:
        return
    if not board.has_chair:
        yield Blocker(Wait.NO_CHAIR, 1, "/jury", is_grave=True)
    is_late = now > board.calendar.deliberation_until
    yield Blocker(Wait.MINUTES_LATE if is_late else Wait.MINUTES, 1, "/resultats", is_late)
    if missing := len(board.template.categories) - board.decided:
        yield Blocker(Wait.UNDECIDED, missing, "/resultats")


def _letters(board: Board) -> Iterator[Blocker]:
    for state in (LetterState.FAILED, LetterState.BOUNCED):
        if not (failed := board.letters.of(state)):
            continue
        path = f"/lettres?etat={state}"
        yield Blocker(Wait.LETTERS_FAILED, failed, path, is_grave=True)
    if uncertain := board.letters.of(LetterState.UNCERTAIN):
        path = f"/lettres?etat={LetterState.UNCERTAIN}"
        yield Blocker(Wait.LETTERS_UNCERTAIN, uncertain, path)
