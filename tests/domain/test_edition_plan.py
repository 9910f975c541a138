from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import CycleCalendar, calendar_of, check_calendar
from domain.edition import EditionTemplate
from domain.edition_plan import (
    STEPS,
    EditionFrame,
    PlannedTerritory,
    begun_late,
    check_frame,
    check_in_frame,
    check_quorum,
    check_territories,
    confirmation_reminders,
    dates_of,
    in_zone,
    quorum_of,
)
from domain.edition_territories import group_code, grouped, separated, without
from domain.mistakes import Mistake
from domain.refusals import Refusal
from storage.territories import departments_by_place, regions

DAY = timedelta(days=1)
ALL = tuple(PlannedTerritory(each.code, each.name.fr, each.zone) for each in regions())
CODES = [each.code for each in ALL]
ZONES = sorted({each.zone for each in ALL})
SOME = st.lists(st.sampled_from(CODES), min_size=2, max_size=6, unique=True)


def _held(territories: tuple[PlannedTerritory, ...]) -> list[str]:
    places = departments_by_place()
    return sorted(code for each in territories for part in each.places for code in places[part])


@pytest.fixture(scope="session")
def frame(last: EditionTemplate) -> EditionFrame:
    return EditionFrame(
        calendar_of(last.calendar_rules("territorial"), 2027),
        calendar_of(last.calendar_rules("national"), 2027),
    )


def test_the_shipped_frame_holds_for_fifty_years(last: EditionTemplate) -> None:
    for year in range(2026, 2076):
        check_frame(
            EditionFrame(
                calendar_of(last.calendar_rules("territorial"), year),
                calendar_of(last.calendar_rules("national"), year),
            )
        )


def test_the_eighteen_regions_share_no_place() -> None:
    check_territories(ALL, departments_by_place())

    assert len(ALL) == 18


@given(SOME)
def test_grouping_keeps_every_place_once(codes: list[str]) -> None:
    after = grouped(ALL, codes, "GRAND-GROUPE", "Grand groupe")

    check_territories(after, departments_by_place())
    assert _held(after) == _held(ALL)
    assert len(after) == len(ALL) - len(codes) + 1


@given(SOME)
def test_a_group_stands_where_its_first_territory_stood(codes: list[str]) -> None:
    after = grouped(ALL, codes, "GRAND-GROUPE", "Grand groupe")

    first = min(CODES.index(code) for code in codes)
    assert after[first].code == "GRAND-GROUPE"
    assert set(after[first].places) == set(codes)


@given(SOME)
def test_a_group_separated_gives_back_every_place(codes: list[str]) -> None:
    group = grouped(ALL, codes, "GRAND-GROUPE", "Grand groupe")

    after = separated(group, "GRAND-GROUPE", [each for each in ALL if each.code in codes])

    assert sorted(each.code for each in after) == sorted(CODES)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Grand Ouest", "GRP-GRAND-OUEST"),
        ("  Île-de-France & Normandie ", "GRP-ILE-DE-FRANCE-NORMANDIE"),
        ("DEP-38", "GRP-DEP-38"),
    ],
)
def test_a_group_takes_its_code_from_its_name(name: str, code: str) -> None:
    assert group_code(name) == code


@pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 81])
def test_a_group_needs_a_name_that_people_can_read(name: str) -> None:
    with pytest.raises(Mistake):
        group_code(name)


@given(SOME, st.sampled_from(CODES))
def test_a_place_of_a_group_cannot_stand_alone_too(codes: list[str], again: str) -> None:
    held = {code for code in codes if code == again}
    after = (*grouped(ALL, codes, "GRAND-GROUPE", "Grand groupe"), ALL[CODES.index(again)])

    with pytest.raises(Mistake, match="à la fois dans" if held else "portent le code"):
        check_territories(after, departments_by_place())


def test_a_department_of_a_kept_region_is_refused() -> None:
    with pytest.raises(Mistake, match="DEP-38 est à la fois dans"):
        check_territories((*ALL, PlannedTerritory("DEP-38", "Isère")), departments_by_place())


def test_one_territory_makes_no_group() -> None:
    with pytest.raises(Mistake, match="au moins deux"):
        grouped(ALL, ["REG-53"], "OUEST", "Ouest")


def test_an_edition_keeps_a_territory() -> None:
    with pytest.raises(Mistake, match="au moins un territoire"):
        check_territories((), departments_by_place())


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(Mistake, match="Territoire inconnu : « REG-99 »"):
        check_territories((PlannedTerritory("REG-99", "Ailleurs"),), departments_by_place())


@given(st.sampled_from(CODES))
def test_a_territory_that_sits_out_leaves_the_others(code: str) -> None:
    after = without(ALL, code)

    assert [each.code for each in after] == [each for each in CODES if each != code]


@pytest.mark.parametrize("zone", ZONES)
def test_a_territory_keeps_the_hours_of_the_frame_on_its_own_clock(
    last: EditionTemplate, frame: EditionFrame, zone: str
) -> None:
    dates = dates_of(PlannedTerritory("REG-04", "Ailleurs", zone), frame)

    assert dates == calendar_of(last.calendar_rules("territorial"), 2027, zone)
    check_in_frame(dates, frame, zone)


@given(step=st.sampled_from(STEPS), days=st.integers(1, 400), zone=st.sampled_from(ZONES))
def test_a_date_out_of_the_frame_is_refused_with_its_two_edges(
    frame: EditionFrame, step: str, days: int, zone: str
) -> None:
    edges = in_zone(frame.territorial, zone)
    last = edges.ends_at if step == "ends_at" else edges.publishes_at
    outside = _only(edges, step, last + days * DAY)

    with pytest.raises(Refusal) as refused:
        check_in_frame(outside, frame, zone)

    assert {"first", "last"} < refused.value.facts.keys()
    assert refused.value.facts["days"] == days
    assert refused.value.facts["last"] in {edges.publishes_at, edges.ends_at}


@given(days=st.integers(1, 20))
def test_a_territory_may_take_less_time_than_the_frame(frame: EditionFrame, days: int) -> None:
    edges = frame.territorial
    shorter = replace(
        edges, opens_at=edges.opens_at + days * DAY, closes_at=edges.closes_at - days * DAY
    )

    check_in_frame(shorter, frame, "Europe/Paris")

    assert dates_of(PlannedTerritory("REG-53", "Bretagne", calendar=shorter), frame) == shorter


def test_the_final_waits_for_the_end_of_the_deliberations(frame: EditionFrame) -> None:
    early = replace(
        frame.national, opens_at=frame.territorial.deliberation_until - timedelta(seconds=1)
    )

    with pytest.raises(Refusal, match="La finale ne peut pas s'ouvrir"):
        check_frame(EditionFrame(frame.territorial, early))


@given(count=st.integers(1, 200), percent=st.integers(1, 100))
def test_a_quorum_is_the_smallest_number_that_makes_the_part(count: int, percent: int) -> None:
    quorum = quorum_of(count, percent)

    check_quorum(quorum, count)
    assert quorum * 100 >= count * percent
    assert quorum == 1 or (quorum - 1) * 100 < count * percent


@pytest.mark.parametrize("quorum", [0, 4])
def test_a_quorum_that_makes_no_sense_is_refused(quorum: int) -> None:
    with pytest.raises(Mistake, match="de 1 à 3 territoires"):
        check_quorum(quorum, 3)


@pytest.mark.parametrize(
    ("prepared_on", "days_before"),
    [
        pytest.param(90, [90, 30, 10, 3], id="in December"),
        pytest.param(10, [10, 3], id="late"),
        pytest.param(1, [1], id="the day before"),
    ],
)
def test_the_organiser_is_asked_at_once_and_before_the_opening(
    frame: EditionFrame, prepared_on: int, days_before: list[int]
) -> None:
    opens_at = frame.territorial.opens_at

    asked = confirmation_reminders(frame, opens_at - prepared_on * DAY)

    assert [(opens_at - each) / DAY for each in asked] == days_before


@given(st.timedeltas(timedelta(-400), timedelta(hours=23, minutes=59)))
def test_a_final_that_begins_in_time_keeps_its_dates(frame: EditionFrame, after: timedelta) -> None:
    assert begun_late(frame.national, frame.national.opens_at + after) == frame.national


@given(st.integers(1, 120), st.timedeltas(timedelta(), timedelta(hours=23)))
def test_a_late_final_gives_everybody_their_days(
    frame: EditionFrame, days: int, more: timedelta
) -> None:
    planned = frame.national
    late = begun_late(planned, planned.opens_at + days * DAY + more)

    check_calendar(late)
    pushed = days + (more > timedelta())
    for step in STEPS[:6]:
        civil = getattr(late, step) - getattr(planned, step)
        assert abs(civil - pushed * DAY) <= timedelta(hours=1)
    assert late.publishes_at >= planned.publishes_at


def test_a_late_final_keeps_its_hours_through_the_change_of_clock(frame: EditionFrame) -> None:
    late = begun_late(frame.national, datetime(2027, 11, 2, 12, tzinfo=UTC))

    assert (frame.national.closes_at.isoformat(), late.closes_at.isoformat()) == (
        "2027-10-25T16:00:00+00:00",
        "2027-11-17T17:00:00+00:00",
    )


def _only(calendar: CycleCalendar, step: str, at: datetime) -> CycleCalendar:
    """The calendar with that step, and those that follow, at the instant."""
    later = STEPS[STEPS.index(step) :]
    moved = {name: at + place * timedelta(minutes=1) for place, name in enumerate(later)}
    return replace(calendar, **moved)
