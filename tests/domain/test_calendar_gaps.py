"""A closing on a day off is said with the next working day of that place."""

from datetime import UTC, datetime

import pytest

from domain.calendar_gaps import check_gap, idle_closing
from domain.refusals import Refusal


@pytest.mark.parametrize(
    ("day", "zone", "place", "following"),
    [
        pytest.param("2031-06-27T16:00", "Europe/Paris", "REG-53", "", id="a Friday"),
        pytest.param("2031-06-28T16:00", "Europe/Paris", "REG-53", "30/06/2031", id="a Saturday"),
        pytest.param(
            "2031-12-19T20:30", "Indian/Reunion", "REG-04", "22/12/2031", id="there already"
        ),
        pytest.param(
            "2031-05-22T16:00", "America/Martinique", "REG-02", "23/05/2031", id="its own"
        ),
        pytest.param("2031-07-14T16:00", "Europe/Paris", "", "15/07/2031", id="everybody's"),
    ],
)
def test_a_closing_on_a_day_off_names_the_next_working_day(
    day: str, zone: str, place: str, following: str
) -> None:
    warning = idle_closing(datetime.fromisoformat(day).replace(tzinfo=UTC), zone, place)

    assert (warning.facts["next"] if warning else "") == following


def test_two_months_of_silence_are_a_slip_of_the_pen() -> None:
    end = datetime(2031, 6, 1, tzinfo=UTC)
    check_gap(end, datetime(2031, 8, 2, tzinfo=UTC))

    with pytest.raises(Refusal, match="pendant 63 jours"):
        check_gap(end, datetime(2031, 8, 3, tzinfo=UTC))
