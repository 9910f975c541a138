from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.editions import final_may_begin
from domain.final_terms import BEGINS, NOBODY, SHORT, WAITS, outlook
from domain.phases import Phase

NOW = datetime(2027, 10, 10, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWO_OF_THREE = (Phase.DECIDED, Phase.PUBLISHED, Phase.EVALUATION)


@pytest.mark.parametrize(
    ("territories", "quorum", "cutoff", "sentence"),
    [
        pytest.param(TWO_OF_THREE, 2, NOW - HOUR, BEGINS, id="enough, after the cut-off"),
        pytest.param(TWO_OF_THREE[:2], 2, NOW + HOUR, BEGINS, id="all have decided"),
        pytest.param(TWO_OF_THREE, 2, NOW + HOUR, WAITS, id="enough, before the cut-off"),
        pytest.param(TWO_OF_THREE, 3, NOW - HOUR, SHORT, id="too few, after the cut-off"),
        pytest.param((Phase.OPEN,), 1, NOW - HOUR, NOBODY, id="nobody has decided"),
    ],
)
def test_the_sentence_says_what_would_happen_now(
    territories: tuple[Phase, ...], quorum: int, cutoff: datetime, sentence: str
) -> None:
    assert outlook(territories, quorum, cutoff, NOW).sentence == sentence


@given(
    st.lists(st.sampled_from(Phase)),
    st.integers(min_value=1, max_value=20),
    st.timedeltas(min_value=-HOUR, max_value=HOUR),
)
def test_it_never_says_otherwise_than_the_rule_does(
    territories: list[Phase], quorum: int, apart: timedelta
) -> None:
    told = outlook(territories, quorum, NOW + apart, NOW)

    assert told.begins == final_may_begin(territories, quorum, NOW + apart, NOW)
