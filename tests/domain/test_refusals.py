"""A refusal is the same after it was written down, or crossed the engine."""

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Refusal, read_again, written_down

FACTS = st.one_of(
    st.integers(),
    st.text(),
    st.sampled_from(["2027-13-45", "1er mars", "2027-01-01T99:00"]),
    st.dates(min_value=date(1900, 1, 1)),
    st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@given(st.dictionaries(st.sampled_from(["opens_at", "until", "count", "first"]), FACTS))
def test_what_was_refused_until_an_instant_is_still_until_that_instant_when_it_is_read_again(
    facts: dict[str, str | int | date],
) -> None:
    refusal = Refusal("Trop tôt.", **facts)

    kept = json.loads(json.dumps(written_down(refusal)))
    again = read_again(kept["sentence"], kept["facts"])

    assert (again.sentence, again.facts) == (refusal.sentence, refusal.facts)


def test_an_instant_comes_back_as_an_instant_and_a_day_as_a_day() -> None:
    refusal = Refusal(
        "Trop tôt.", opens_at=datetime(2027, 3, 1, 8, tzinfo=UTC), day=date(2027, 3, 2)
    )

    kept = written_down(refusal)

    assert kept["facts"] == {"opens_at": "2027-03-01T08:00:00+00:00", "day": "2027-03-02"}
    assert read_again(kept["sentence"], kept["facts"]).facts == refusal.facts
