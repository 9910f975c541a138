from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.editions import (
    EDITION_ENDED,
    EDITION_MOVES,
    EditionAct,
    EditionPhase,
    check_edition,
    final_may_begin,
    is_awaited,
    is_decided,
    takes_late_laureates,
)
from domain.phases import Phase
from domain.refusals import Refusal

CUT_OFF = datetime(2027, 10, 11, 7, tzinfo=UTC)
BEFORE, AFTER = CUT_OFF - timedelta(seconds=1), CUT_OFF
PHASES = st.lists(st.sampled_from(Phase), max_size=20)
DECIDED, RUNNING = Phase.DECIDED, Phase.EVALUATION


@pytest.mark.parametrize(
    ("territories", "now", "begins"),
    [
        pytest.param([DECIDED, DECIDED, DECIDED], BEFORE, True, id="all decided"),
        pytest.param([DECIDED, DECIDED, RUNNING], BEFORE, False, id="one late, before the cut-off"),
        pytest.param([DECIDED, DECIDED, RUNNING], AFTER, True, id="quorum, at the cut-off"),
        pytest.param([DECIDED, RUNNING, RUNNING], AFTER, False, id="no quorum, at the cut-off"),
        pytest.param(
            [DECIDED, Phase.CANCELLED, Phase.CANCELLED], BEFORE, True, id="others cancelled"
        ),
        pytest.param([Phase.CANCELLED] * 3, AFTER, False, id="all cancelled"),
        pytest.param([Phase.PUBLISHED, Phase.CLOSED], BEFORE, True, id="published and closed"),
    ],
)
def test_the_final_begins_with_all_or_with_a_quorum_at_its_cut_off(
    territories: list[Phase], now: datetime, *, begins: bool
) -> None:
    assert final_may_begin(territories, 2, CUT_OFF, now) is begins


@given(PHASES, st.integers(1, 20))
def test_the_final_never_begins_with_nobody_to_judge(phases: list[Phase], quorum: int) -> None:
    if not any(map(is_decided, phases)):
        assert not final_may_begin(phases, quorum, CUT_OFF, AFTER)


@given(PHASES, st.integers(1, 20))
def test_before_the_cut_off_nobody_is_left_behind(phases: list[Phase], quorum: int) -> None:
    if any(map(is_awaited, phases)):
        assert not final_may_begin(phases, quorum, CUT_OFF, BEFORE)


@given(PHASES, st.integers(1, 20))
def test_time_never_closes_the_way_to_the_final(phases: list[Phase], quorum: int) -> None:
    if final_may_begin(phases, quorum, CUT_OFF, BEFORE):
        assert final_may_begin(phases, quorum, CUT_OFF, AFTER)


@pytest.mark.parametrize("phase", list(Phase))
def test_late_laureates_are_taken_until_the_jury_reads(phase: Phase) -> None:
    assert takes_late_laureates(phase) is (phase in {Phase.PREPARED, Phase.OPEN})


@pytest.mark.parametrize("act", list(EditionAct))
@pytest.mark.parametrize("phase", list(EditionPhase))
def test_an_act_is_refused_out_of_its_phases(phase: EditionPhase, act: EditionAct) -> None:
    if phase in EDITION_MOVES[act]:
        check_edition(phase, act)
        return

    with pytest.raises(Refusal):
        check_edition(phase, act)


def test_nothing_is_asked_of_an_edition_that_is_over() -> None:
    assert not any(moves & EDITION_ENDED for moves in EDITION_MOVES.values())


@pytest.mark.parametrize("act", [EditionAct.SET_TERMS, EditionAct.BEGIN_FINAL, EditionAct.MOVE])
def test_an_edition_that_awaits_its_confirmation_says_so_and_not_that_it_is_over(
    act: EditionAct,
) -> None:
    with pytest.raises(Refusal, match="attend sa confirmation"):
        check_edition(EditionPhase.PREPARED, act)
