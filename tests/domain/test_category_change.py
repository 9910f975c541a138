"""Moving an application to another category: until when, and nothing that was written is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.applications import Status
from domain.category_change import Asked, changed, check_change, due_at, lands_in
from domain.edition import EditionTemplate
from domain.edition_parsing import edition_from
from domain.final_files import Entry
from domain.phases import Phase
from domain.refusals import Refusal
from storage.editions import shipped_template


def the_template() -> EditionTemplate:
    shipped = shipped_template("trophees-insertion")
    assert shipped is not None
    return edition_from(shipped.document)


TEMPLATE = the_template()
CODES = sorted({each.code for one in TEMPLATE.sections for each in one.questions})
CATEGORIES = [each.code for each in TEMPLATE.categories]


def asked(
    after: str = "INN",
    *,
    phase: Phase = Phase.SCREENING,
    entry: Entry = Entry.APPLIED,
    is_dealt: bool = False,
) -> Asked:
    return Asked("QUA", after, phase, entry, is_dealt)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SCREENING])
def test_a_file_moves_before_the_evaluation(phase: Phase) -> None:
    check_change(TEMPLATE, asked(phase=phase))


@pytest.mark.parametrize(
    ("asking", "said"),
    [
        pytest.param(asked("QUA"), "déjà dans cette catégorie", id="the same"),
        pytest.param(asked("XYZ"), "Choisissez une catégorie", id="unknown"),
        pytest.param(asked(phase=Phase.EVALUATION), "L’évaluation a commencé", id="evaluation"),
        pytest.param(asked(is_dealt=True), "L’évaluation a commencé", id="already read"),
        pytest.param(asked(entry=Entry.PROMOTED), "L’évaluation a commencé", id="in the final"),
    ],
)
def test_the_rest_is_refused_with_a_sentence(asking: Asked, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        check_change(TEMPLATE, asking)


@given(
    answers=st.dictionaries(st.sampled_from(CODES), st.text(min_size=1, max_size=5)),
    path=st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=5),
)
def test_whatever_the_changes_nothing_written_is_lost(
    answers: dict[str, str], path: list[str]
) -> None:
    kept, aside = dict[str, object](answers), dict[str, object]()

    for category in path:
        change = changed(TEMPLATE, category, kept, aside)
        kept, aside = change.answers, change.aside
        asks = {q.code for s in TEMPLATE.sections_for(category) for q in s.questions}
        assert set(kept) <= asks
        assert not set(aside) & asks

    assert kept | aside == answers


def test_what_the_new_category_asks_and_the_file_lacks_is_named() -> None:
    asks_in_inn = {q.code for s in TEMPLATE.sections_for("INN") for q in s.questions}
    common = [
        q.code for s in TEMPLATE.sections_for("QUA") for q in s.questions if q.code in asks_in_inn
    ]

    change = changed(TEMPLATE, "INN", dict.fromkeys(common, "x"), {})

    assert change.new_aside == ()
    assert change.missing


@pytest.mark.parametrize(
    ("status", "version", "lacks", "after"),
    [
        (Status.DRAFT, 0, True, Status.DRAFT),
        (Status.SUBMITTED, 1, False, Status.SUBMITTED),
        (Status.SUBMITTED, 1, True, Status.COMPLEMENTS),
        (Status.ADMITTED, 2, False, Status.SUBMITTED),
        (Status.ADMITTED, 2, True, Status.COMPLEMENTS),
        (Status.COMPLEMENTS, 1, False, Status.COMPLEMENTS),
    ],
)
def test_it_is_completed_if_something_lacks_and_screened_again_otherwise(
    status: Status, version: int, after: Status, *, lacks: bool
) -> None:
    assert lands_in(status, version, lacks=lacks) is after


def test_what_lacks_is_due_as_complements_are_and_never_before_the_closing() -> None:
    at, week = datetime(2027, 6, 1, tzinfo=UTC), timedelta(days=7)

    assert due_at(at + 2 * week, at, week) == at + 2 * week
    assert due_at(at - week, at, week) == at + week
