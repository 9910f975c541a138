"""The acceptance scenarios of the published rules, in the zone of Paris."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.charter import moves
from domain.charter.dates import first_window, renewal_opens
from domain.charter.situation import Situation, Step
from domain.charter.states import State
from domain.charter.timetable import MOVES, Due, Timer, dues, next_due
from domain.refusals import Refusal
from tests.domain.charters import PERIODS

PARIS = ZoneInfo("Europe/Paris")


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=PARIS).astimezone(UTC)


def a_signatory(accepted: datetime) -> Situation:
    return moves.accepted(Situation(State.FILED, accepted), accepted, PERIODS)


def when(situation: Situation, what: Timer) -> list[str]:
    """The dates of one kind, as a calendar on a wall in Paris says them."""
    return [
        f"{due.at.astimezone(PARIS):%d/%m/%Y %H:%M}"
        for due in dues(situation, PERIODS)
        if due.what is what
    ]


def reporting(year: int) -> Situation:
    """A signatory whose window of that year has just opened."""
    signatory = a_signatory(at(year - 1, 9, 15))
    return moves.window_opened(signatory, year, at(year, 2, 1, 9), PERIODS)


def test_accepted_in_september_reports_the_year_after_for_a_term_of_three_years() -> None:
    signatory = a_signatory(at(2026, 9, 15))

    assert signatory.state is State.ACTIVE
    assert when(signatory, Timer.OPEN_WINDOW) == ["01/02/2027 09:00"]
    assert signatory.term_on == date(2029, 9, 30)
    assert f"{renewal_opens(date(2029, 9, 30), signatory, PERIODS):%d/%m/%Y}" == "30/03/2029"


def test_accepted_in_october_skips_the_next_window() -> None:
    assert first_window(date(2026, 9, 30), PERIODS) == 2027
    assert first_window(date(2026, 10, 15), PERIODS) == 2028


def test_the_window_reminds_four_times_and_closes_on_the_thirtieth_of_april() -> None:
    situation = reporting(2027)

    assert situation.report is not None
    assert situation.report.closes_at == at(2027, 4, 30, 18)
    assert when(situation, Timer.REMIND_REPORT) == [
        "01/03/2027 09:00",
        "01/04/2027 09:00",
        "20/04/2027 09:00",
        "28/04/2027 09:00",
    ]


def test_a_window_that_ends_on_a_sunday_before_a_holiday_closes_the_day_after() -> None:
    situation = reporting(2028)

    assert situation.report is not None
    assert situation.report.closes_at == at(2028, 5, 2, 18)


def test_no_report_leads_from_may_to_the_second_of_november() -> None:
    situation = reporting(2027)

    assert when(situation, Timer.MISS) == ["03/05/2027 09:00"]

    silent = moves.missed(situation, at(2027, 5, 3, 9))

    assert silent.state is State.UNREPORTED
    assert when(silent, Timer.NOTICE) == ["18/05/2027 09:00", "15/06/2027 09:00"]
    assert when(silent, Timer.FORMAL_NOTICE) == ["30/06/2027 09:00"]
    assert when(silent, Timer.REMOVE) == ["02/11/2027 18:00"]


def test_a_late_report_restores_the_signatory_on_the_day_it_is_accepted() -> None:
    silent = moves.missed(reporting(2027), at(2027, 5, 3, 9))

    filed = moves.report_filed(silent, at(2027, 8, 10))
    restored = moves.report_accepted(filed, at(2027, 8, 15))

    assert (filed.state, filed.report and filed.report.late) == (State.UNREPORTED, True)
    assert when(filed, Timer.REMOVE) == []
    assert (restored.state, restored.since) == (State.ACTIVE, at(2027, 8, 15))


def test_a_report_returned_and_left_is_missed_on_the_next_working_day() -> None:
    filed = moves.report_filed(reporting(2027), at(2027, 4, 20))
    returned = moves.report_returned(filed, at(2027, 5, 20), PERIODS)

    assert returned.state is State.TO_COMPLETE
    assert when(returned, Timer.MISS) == ["21/06/2027 18:00"]

    silent = moves.missed(returned, at(2027, 6, 21, 18))

    assert silent.missed_on == date(2027, 6, 21)
    assert when(silent, Timer.REMOVE) == ["02/11/2027 18:00"]


def test_a_miss_late_in_the_year_still_leaves_three_months() -> None:
    silent = replace(moves.missed(reporting(2027), at(2027, 5, 3)), missed_on=date(2027, 9, 15))

    assert when(silent, Timer.REMOVE) == ["15/12/2027 18:00"]


def test_an_organiser_who_is_silent_on_a_file_is_reminded_and_decides_nothing() -> None:
    filed = moves.filed(Situation(State.DRAFT, at(2026, 9, 1)), at(2026, 9, 1))

    assert [due.what for due in dues(filed, PERIODS)] == [
        Timer.ALERT_REVIEW,
        Timer.ESCALATE_REVIEW,
    ]
    assert when(filed, Timer.ESCALATE_REVIEW) == ["22/09/2026 09:00"]


def test_an_organiser_who_is_silent_on_a_report_accepts_it_after_forty_five_days() -> None:
    filed = moves.report_filed(reporting(2027), at(2027, 4, 1))

    assert when(filed, Timer.TAKE_AS_DECLARED) == ["18/05/2027 18:00"]
    accepted = moves.report_accepted(filed, at(2027, 5, 18, 18))
    assert accepted.report is not None
    assert accepted.report.step is Step.ACCEPTED


def test_a_closed_establishment_has_thirty_days_to_name_who_goes_on() -> None:
    ceased = moves.ceased(a_signatory(at(2026, 9, 15)), date(2027, 3, 10), at(2027, 3, 10))

    assert ceased.state is State.CEASED
    assert when(ceased, Timer.END_CESSATION) == ["09/04/2027 18:00"]
    assert moves.transferred(ceased, at(2027, 3, 20)).state is State.ACTIVE


def test_a_draft_is_reminded_twice_then_given_up() -> None:
    draft = Situation(State.DRAFT, at(2026, 9, 1))

    assert [(due.what, f"{due.at.astimezone(PARIS):%d/%m}") for due in dues(draft, PERIODS)] == [
        (Timer.REMIND_DRAFT, "08/09"),
        (Timer.REMIND_DRAFT, "22/09"),
        (Timer.EXPIRE, "02/11"),
    ]


def test_the_term_leaves_ninety_days_of_grace() -> None:
    expired = moves.term_reached(
        replace(a_signatory(at(2026, 9, 15)), term_on=date(2029, 8, 31)), at(2029, 8, 31, 18)
    )

    assert expired.state is State.EXPIRED
    assert when(expired, Timer.END_GRACE) == ["29/11/2029 18:00"]
    renewed = moves.renewed(expired, at(2029, 10, 1), PERIODS)
    assert (renewed.state, renewed.term_on) == (State.ACTIVE, date(2032, 8, 31))


def test_renewing_before_its_opening_is_refused() -> None:
    with pytest.raises(Refusal, match="pas encore ouvert"):
        moves.renewed(a_signatory(at(2026, 9, 15)), at(2028, 9, 15), PERIODS)


def test_what_a_suspension_hides_is_read_again_when_it_is_lifted() -> None:
    silent = moves.missed(reporting(2027), at(2027, 5, 3, 9))
    suspended = moves.suspended(silent, at(2027, 6, 1))

    assert suspended.state is State.SUSPENDED
    assert moves.lifted(suspended, at(2027, 7, 1)).state is State.UNREPORTED


def test_a_term_that_passed_during_a_suspension_is_due_when_it_is_lifted() -> None:
    suspended = moves.suspended(a_signatory(at(2026, 9, 15)), at(2029, 9, 1))
    expired = moves.term_reached(suspended, at(2029, 10, 1, 18))
    lifted = moves.lifted(expired, at(2030, 1, 15))

    assert expired.state is State.SUSPENDED
    assert lifted.state is State.EXPIRED
    assert when(lifted, Timer.END_GRACE) == ["15/04/2030 18:00"]


def test_one_delay_of_thirty_days_at_most() -> None:
    given = moves.extended(reporting(2027), 30, at(2027, 4, 29), PERIODS)

    assert given.report is not None
    assert given.report.closes_at == at(2027, 5, 31, 18)
    with pytest.raises(Refusal, match="Un délai a déjà été accordé"):
        moves.extended(given, 5, at(2027, 5, 1), PERIODS)
    with pytest.raises(Refusal, match="de 1 à 30 jours"):
        moves.extended(reporting(2027), 31, at(2027, 4, 29), PERIODS)


def test_a_report_is_returned_once_only() -> None:
    filed = moves.report_filed(reporting(2027), at(2027, 4, 20))
    again = moves.report_filed(
        moves.report_returned(filed, at(2027, 5, 20), PERIODS), at(2027, 6, 1)
    )

    with pytest.raises(Refusal, match="déjà été retourné une fois"):
        moves.report_returned(again, at(2027, 6, 10), PERIODS)


def test_reunion_reads_its_own_clock() -> None:
    accepted = at(2026, 9, 15)
    there = moves.accepted(
        Situation(State.FILED, accepted, zone="Indian/Reunion"), accepted, PERIODS
    )
    opened = moves.window_opened(there, 2027, at(2027, 2, 1), PERIODS)

    assert opened.report is not None
    assert opened.report.closes_at == datetime(2027, 4, 30, 14, tzinfo=UTC)


def _life(situation: Situation, until: datetime) -> Iterator[tuple[Due, Situation]]:
    """What the calendar alone makes of an adherence when nobody does anything."""
    last, done = Due(situation.since, Timer.OPEN_WINDOW), frozenset[Due]()
    while (due := next_due(situation, PERIODS, last, done)) and due.at <= until:
        before = situation
        situation = _moved(situation, due)
        last = max(last, due, key=lambda each: each.place)
        done = frozenset[Due]() if situation != before else done | {due}
        yield due, situation


def _moved(situation: Situation, due: Due) -> Situation:
    match due.what:
        case Timer.OPEN_WINDOW:
            return moves.window_opened(situation, due.number, due.at, PERIODS)
        case Timer.MISS:
            return moves.missed(situation, due.at)
        case Timer.REMOVE:
            return moves.put(situation, State.REMOVED, due.at)
        case Timer.REACH_TERM:
            return moves.term_reached(situation, due.at)
        case Timer.END_GRACE:
            return moves.put(situation, State.FORMER, due.at)
        case _:
            return situation


def test_silence_after_signature_ends_in_a_removal_that_everybody_could_foresee() -> None:
    life = list(_life(a_signatory(at(2026, 9, 15)), at(2030, 1, 1)))

    told = [due.what for due, _ in life if due.what is not Timer.CHECK_REGISTRY]
    assert told == [
        Timer.OPEN_WINDOW,
        Timer.REMIND_REPORT,
        Timer.REMIND_REPORT,
        Timer.REMIND_REPORT,
        Timer.REMIND_REPORT,
        Timer.MISS,
        Timer.NOTICE,
        Timer.NOTICE,
        Timer.FORMAL_NOTICE,
        Timer.REMOVE,
    ]
    assert life[-1][1].state is State.REMOVED
    assert life[-1][0].at == at(2027, 11, 2, 18)


def test_the_register_is_looked_at_every_month_of_a_life() -> None:
    life = list(_life(a_signatory(at(2026, 9, 15)), at(2027, 3, 14)))

    looks = [due.at for due, _ in life if due.what is Timer.CHECK_REGISTRY]
    assert [f"{each:%m/%Y}" for each in looks] == [
        "10/2026",
        "11/2026",
        "12/2026",
        "01/2027",
        "02/2027",
    ]


def test_dates_come_in_order_and_a_move_is_never_lost_for_being_late() -> None:
    situation = reporting(2027)
    far = Due(at(2027, 12, 1), Timer.CHECK_REGISTRY)

    coming = next_due(situation, PERIODS, far)

    assert coming is not None
    assert (coming.what, coming.at) == (Timer.MISS, at(2027, 5, 3, 9))
    assert coming.what in MOVES
    assert coming.at < far.at - timedelta(days=30)
