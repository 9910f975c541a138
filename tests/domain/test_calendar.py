from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter

from domain.calendar import (
    CycleCalendar,
    PhaseSeconds,
    calendar_of,
    check_calendar,
    compressed,
    reminder_instants,
    upcoming,
)
from domain.edition import EditionTemplate
from domain.refusals import Refusal

PARIS = ZoneInfo("Europe/Paris")
STEPS = (
    "opens_at",
    "closes_at",
    "screening_until",
    "evaluation_from",
    "evaluation_until",
    "deliberation_until",
    "publishes_at",
    "ends_at",
)


def _in_paris(calendar: CycleCalendar) -> list[str]:
    return [f"{getattr(calendar, step).astimezone(PARIS):%a %d %b %H:%M}" for step in STEPS]


def test_the_dates_of_2027_are_those_of_the_reference(shipped: EditionTemplate) -> None:
    calendar = calendar_of(shipped.calendar, 2027)

    assert _in_paris(calendar) == [
        "Mon 01 Mar 09:00",
        "Wed 30 Jun 18:00",
        "Fri 16 Jul 18:00",
        "Wed 01 Sep 09:00",
        "Fri 24 Sep 18:00",
        "Fri 08 Oct 18:00",
        "Thu 25 Nov 18:00",
        "Fri 31 Dec 18:00",
    ]


def test_the_territorial_nominees_of_2027_are_announced_in_october(
    shipped: EditionTemplate,
) -> None:
    calendar = calendar_of(shipped.calendar_rules("territorial"), 2027)

    assert _in_paris(calendar)[6] == "Mon 11 Oct 09:00"


def test_the_national_dates_of_2027_are_those_of_the_reference(shipped: EditionTemplate) -> None:
    calendar = calendar_of(shipped.calendar_rules("national"), 2027)

    assert _in_paris(calendar) == [
        "Mon 11 Oct 09:00",
        "Mon 25 Oct 18:00",
        "Mon 25 Oct 18:00",
        "Mon 25 Oct 18:00",
        "Wed 10 Nov 18:00",
        "Fri 12 Nov 18:00",
        "Thu 25 Nov 18:00",
        "Fri 31 Dec 18:00",
    ]


def test_periods_are_those_of_the_reference(shipped: EditionTemplate) -> None:
    calendar = calendar_of(shipped.calendar, 2027)

    assert calendar.tolerance == timedelta(minutes=15)
    assert [each.days for each in calendar.draft_reminders_before] == [30, 10, 3, 1]
    assert calendar.complements_within == timedelta(days=14)
    assert calendar.invitation_expires_after == timedelta(days=5)
    assert [each.days for each in calendar.invitation_reminders_after] == [2]
    assert [each.days for each in calendar.juror_reminders_before] == [14, 7, 2]


def test_complements_of_2027_are_due_on_30_july(shipped: EditionTemplate) -> None:
    calendar = calendar_of(shipped.calendar, 2027)

    due = (calendar.screening_until + calendar.complements_within).astimezone(PARIS)

    assert f"{due:%a %d %b}" == "Fri 30 Jul"


def test_every_shipped_calendar_is_in_order_for_thirty_years(
    shipped: EditionTemplate, small: EditionTemplate
) -> None:
    for rules in (*shipped.calendars, *small.calendars):
        for year in range(2026, 2056):
            check_calendar(calendar_of(rules, year))


def test_an_overseas_cycle_closes_at_its_own_hour(shipped: EditionTemplate) -> None:
    calendar = calendar_of(shipped.calendar, 2027, "Indian/Reunion")

    assert calendar.closes_at == datetime(2027, 6, 30, 14, tzinfo=UTC)


def test_a_calendar_may_end_in_the_next_year(small: EditionTemplate) -> None:
    assert calendar_of(small.calendar, 2027).ends_at == datetime(2028, 1, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "follows", "sentence"),
    [
        ("closes_at", "opens_at", "La clôture des candidatures doit venir après leur ouverture."),
        (
            "screening_until",
            "closes_at",
            "La fin de la recevabilité doit venir après la clôture des candidatures.",
        ),
        (
            "evaluation_from",
            "screening_until",
            "Le début de l’évaluation doit venir après la fin de la recevabilité.",
        ),
        (
            "evaluation_until",
            "evaluation_from",
            "La fin de l’évaluation doit venir après son début.",
        ),
        (
            "deliberation_until",
            "evaluation_until",
            "La fin de la délibération doit venir après la fin de l’évaluation.",
        ),
        (
            "publishes_at",
            "deliberation_until",
            "La levée de l’embargo doit venir après la fin de la délibération.",
        ),
        ("ends_at", "publishes_at", "La fin du cycle doit venir après la levée de l’embargo."),
    ],
)
def test_a_step_before_the_one_it_follows_is_refused_by_name(
    shipped: EditionTemplate, step: str, follows: str, sentence: str
) -> None:
    calendar = calendar_of(shipped.calendar, 2027)
    disordered = replace(calendar, **{step: getattr(calendar, follows) - timedelta(seconds=1)})

    with pytest.raises(Refusal) as refused:
        check_calendar(disordered)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("step", ["closes_at", "evaluation_until"])
def test_a_phase_that_people_use_cannot_be_empty(shipped: EditionTemplate, step: str) -> None:
    calendar = calendar_of(shipped.calendar, 2027)
    before = {"closes_at": calendar.opens_at, "evaluation_until": calendar.evaluation_from}

    with pytest.raises(Refusal):
        check_calendar(replace(calendar, **{step: before[step]}))


def test_reminders_come_in_order_before_their_deadline() -> None:
    deadline = datetime(2027, 6, 30, 16, tzinfo=UTC)

    instants = reminder_instants(deadline, (timedelta(days=1), timedelta(days=30)))

    assert instants == (
        datetime(2027, 5, 31, 16, tzinfo=UTC),
        datetime(2027, 6, 29, 16, tzinfo=UTC),
    )


def test_only_what_is_still_to_come_is_upcoming() -> None:
    now = datetime(2027, 6, 1, tzinfo=UTC)
    later, latest = now + timedelta(hours=1), now + timedelta(hours=2)

    assert upcoming((latest, now, now - timedelta(hours=1), later), now) == (later, latest)


def test_a_demonstration_lasts_a_few_minutes_and_is_in_order() -> None:
    opens = datetime(2027, 1, 1, tzinfo=UTC)

    calendar = compressed(opens, PhaseSeconds(call=10, screening=5, feedback=3))

    check_calendar(calendar)
    assert calendar.closes_at == opens + timedelta(seconds=10)
    assert calendar.screening_until == opens + timedelta(seconds=15)
    assert calendar.ends_at == calendar.publishes_at + timedelta(seconds=3)


def test_a_calendar_travels_as_json_and_comes_back_equal(shipped: EditionTemplate) -> None:
    adapter = TypeAdapter(CycleCalendar)
    calendar = calendar_of(shipped.calendar, 2027)

    assert adapter.validate_json(adapter.dump_json(calendar)) == calendar


def test_a_calendar_written_before_periods_existed_is_still_readable(
    shipped: EditionTemplate,
) -> None:
    calendar = calendar_of(shipped.calendar, 2027)
    old = {step: getattr(calendar, step).isoformat() for step in STEPS}

    assert TypeAdapter(CycleCalendar).validate_python(old) == calendar
