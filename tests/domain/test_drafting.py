"""Until when a draft is written, and what becomes of it when two people write at once."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.applications import Status
from domain.calendar import compressed
from domain.drafting import Clash, check_writable, mark_of, marks_in, marks_of, merged, written
from domain.phases import Phase
from domain.refusals import Refusal

OPENS = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
CALENDAR = compressed(OPENS)
CLOSES = CALENDAR.closes_at
KEPT = {"need": "Un besoin", "people": {"n2": "4", "n1": "", "n": ""}}


def may_write(
    status: Status, phase: Phase, now: datetime, complements_until: datetime | None = None
) -> bool:
    try:
        check_writable(status, phase, CALENDAR, complements_until, now)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("status", "phase", "now", "writable"),
    [
        pytest.param(Status.DRAFT, Phase.OPEN, CLOSES, True, id="a draft, at the last instant"),
        pytest.param(
            Status.DRAFT, Phase.OPEN, CLOSES + CALENDAR.tolerance, True, id="within the tolerance"
        ),
        pytest.param(
            Status.DRAFT,
            Phase.OPEN,
            CLOSES + CALENDAR.tolerance + timedelta(microseconds=1),
            False,
            id="after the tolerance",
        ),
        pytest.param(Status.DRAFT, Phase.PREPARED, OPENS, False, id="before the call"),
        pytest.param(Status.DRAFT, Phase.SCREENING, OPENS, False, id="a call ended early"),
        pytest.param(Status.SUBMITTED, Phase.OPEN, OPENS, True, id="sent, while it is open"),
        pytest.param(Status.SUBMITTED, Phase.SCREENING, OPENS, False, id="sent, being screened"),
        pytest.param(Status.ADMITTED, Phase.OPEN, OPENS, False, id="admitted"),
        pytest.param(Status.REFUSED, Phase.OPEN, OPENS, False, id="refused"),
        pytest.param(Status.LAPSED, Phase.OPEN, OPENS, False, id="lapsed"),
        pytest.param(Status.WITHDRAWN, Phase.OPEN, OPENS, False, id="withdrawn"),
    ],
)
def test_a_draft_is_written_while_its_call_is_open(
    status: Status, phase: Phase, now: datetime, *, writable: bool
) -> None:
    assert may_write(status, phase, now) is writable


@pytest.mark.parametrize(
    ("late_by", "writable"), [(timedelta(0), True), (timedelta(seconds=1), False)]
)
def test_a_complement_is_written_until_its_date(late_by: timedelta, *, writable: bool) -> None:
    due = CALENDAR.screening_until

    assert may_write(Status.COMPLEMENTS, Phase.SCREENING, due + late_by, due) is writable


def test_what_one_person_changed_is_taken_and_what_they_left_alone_is_not_touched() -> None:
    seen = marks_of({"need": "Ancien", "title": ""}, ("need", "title"))
    kept = {"need": "D'un collègue"}

    merge = merged(kept, {"need": "Ancien", "title": "Un titre"}, seen)

    assert merge.answers == {"need": "D'un collègue", "title": "Un titre"}
    assert merge.clashes == ()


def test_an_answer_that_both_changed_is_kept_and_said() -> None:
    seen = marks_of({"need": "Ancien"}, ("need",))

    merge = merged({"need": "D'un collègue"}, {"need": "Le mien"}, seen)

    assert merge.answers == {"need": "D'un collègue"}
    assert merge.clashes == (Clash("need", "D'un collègue", "Le mien"),)


def test_two_people_who_wrote_the_same_agree() -> None:
    seen = marks_of({"need": "Ancien"}, ("need",))

    merge = merged({"need": "Le même"}, {"need": "Le même"}, seen)

    assert (merge.answers, merge.clashes) == ({"need": "Le même"}, ())


def test_what_was_saved_is_what_the_next_save_compares_with() -> None:
    first = merged({}, {"need": "Un"}, {})

    second = merged(first.answers, {"need": "Un besoin"}, first.seen)

    assert (second.answers, second.clashes) == ({"need": "Un besoin"}, ())


def test_a_colleague_s_answer_that_was_not_seen_is_never_erased_by_a_save_of_another() -> None:
    seen = marks_of({}, ("need", "title"))
    first = merged({"need": "D'un collègue"}, {"need": "", "title": "Un titre"}, seen)

    second = merged(first.answers, {"need": "Le mien", "title": "Un titre"}, first.seen)

    assert [clash.code for clash in second.clashes] == ["need"]


def test_an_answer_that_is_emptied_is_forgotten() -> None:
    typed = {"need": "", "people": {"n2": "", "n1": "", "n": ""}}

    merge = merged(KEPT, typed, marks_of(KEPT, typed))

    assert merge.answers == {}


@pytest.mark.parametrize("nothing", ["", None, [], {}, {"n2": "", "n": ""}])
def test_nothing_has_no_mark(nothing: object) -> None:
    assert mark_of(nothing) == ""


def test_marks_travel_in_one_hidden_field() -> None:
    marks = marks_of(KEPT, ("need", "people", "title"))

    assert marks_in(written(marks)) == marks


@pytest.mark.parametrize("revision", ["", "   ", "n'importe quoi", "=", "a=b=c"])
def test_a_hidden_field_that_was_spoilt_is_read_all_the_same(revision: str) -> None:
    assert isinstance(marks_in(revision), dict)
