"""Who may take a place in the final: order is rank, the threshold holds, and nobody sits twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.judging import PromotionRules
from domain.phases import Phase
from domain.promotion import (
    HOLDING,
    Offer,
    OfferStatus,
    PlaceStatus,
    Ranked,
    check_answer,
    is_too_late,
    line_of_succession,
    offer_until,
    status_of,
    to_offer,
)
from domain.promotion_dates import SETTLING, PromotionTimer, next_due
from domain.refusals import Refusal

NOON = datetime(2027, 10, 8, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = PromotionRules()
THRESHOLD = 50

RANKINGS = some.lists(
    some.tuples(
        some.decimals(0, 100, places=2), some.booleans(), some.sampled_from([None, 1, 2, 3, 4])
    ),
    max_size=8,
)
ANSWERS = some.lists(
    some.sampled_from([OfferStatus.CONFIRMED, OfferStatus.DECLINED, OfferStatus.LAPSED]),
    max_size=12,
)


def a_ranking(lines: list[tuple[Decimal, bool, int | None]]) -> list[Ranked]:
    return [
        Ranked(f"file-{place}", rank, mean, is_awardable)
        for place, (mean, is_awardable, rank) in enumerate(lines)
    ]


def an_offer(
    application: str = "a",
    status: OfferStatus = OfferStatus.OFFERED,
    until: datetime = NOON + 7 * DAY,
) -> Offer:
    return Offer(f"offer of {application}", application, status, NOON, until)


def a_file(application: str, rank: int, mean: str, *, is_awardable: bool = True) -> Ranked:
    return Ranked(application, rank, Decimal(mean), is_awardable)


def test_the_laureate_comes_first_then_the_others_by_rank() -> None:
    ranked = [a_file("c", 3, "55"), a_file("a", 1, "80"), a_file("b", 2, "70")]

    assert line_of_succession(ranked, "b", THRESHOLD) == ("b", "a", "c")


def test_a_jury_that_gave_no_trophy_sends_nobody() -> None:
    assert line_of_succession([a_file("a", 1, "80")], None, THRESHOLD) == ()


def test_who_is_below_the_threshold_or_may_not_be_awarded_is_passed_over() -> None:
    ranked = [
        a_file("a", 1, "80", is_awardable=False),
        a_file("b", 2, "50.00"),
        a_file("c", 3, "49.99"),
        Ranked("d", None, None, is_awardable=True),
    ]

    assert line_of_succession(ranked, "a", THRESHOLD) == ("b",)


@given(RANKINGS)
def test_the_order_is_the_rank_and_nobody_is_below_the_threshold(
    lines: list[tuple[Decimal, bool, int | None]],
) -> None:
    ranked = a_ranking(lines)
    by_name = {each.application: each for each in ranked}

    line = [by_name[each] for each in line_of_succession(ranked, "file-0", THRESHOLD)]

    after_the_laureate = [each.rank for each in line if each.application != "file-0"]
    assert after_the_laureate == sorted(after_the_laureate, key=lambda rank: rank or 0)
    assert [each for each in line if (each.mean or Decimal()) < THRESHOLD] == []
    assert [each for each in line if each.rank is None or not each.is_awardable] == []


@given(RANKINGS, ANSWERS, some.integers(1, 3))
def test_never_more_hold_a_place_than_there_are_and_nobody_is_asked_twice(
    lines: list[tuple[Decimal, bool, int | None]], answers: list[OfferStatus], quota: int
) -> None:
    line = line_of_succession(a_ranking(lines), "file-0", THRESHOLD)
    offers: list[Offer] = []

    for answer in answers:
        offers += [an_offer(each) for each in to_offer(line, offers, quota)]
        held = [each for each in offers if each.status in HOLDING]
        assert len(held) <= quota
        waiting = [each for each in offers if each.status is OfferStatus.OFFERED]
        if waiting:
            offers[offers.index(waiting[0])] = an_offer(waiting[0].application, answer)

    asked = [each.application for each in offers]
    assert asked == list(line[: len(asked)])
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        pytest.param([], PlaceStatus.EMPTY, id="nobody could be asked"),
        pytest.param([OfferStatus.DECLINED, OfferStatus.LAPSED], PlaceStatus.EMPTY, id="all left"),
        pytest.param([OfferStatus.LAPSED, OfferStatus.OFFERED], PlaceStatus.WAITING, id="waits"),
        pytest.param([OfferStatus.LAPSED, OfferStatus.CONFIRMED], PlaceStatus.FILLED, id="taken"),
    ],
)
def test_where_the_places_stand(statuses: list[OfferStatus], expected: PlaceStatus) -> None:
    offers = [an_offer(str(place), status) for place, status in enumerate(statuses)]

    assert status_of(offers) is expected


def test_each_has_a_full_delay_cut_short_only_by_the_closing_of_the_final() -> None:
    assert offer_until(NOON, RULES, NOON + 30 * DAY) == NOON + 7 * DAY
    assert offer_until(NOON, RULES, NOON + 2 * DAY) == NOON + 2 * DAY
    assert offer_until(NOON, RULES, NOON - DAY) == NOON + 7 * DAY


@pytest.mark.parametrize(
    ("phase", "closes_at", "expected"),
    [
        pytest.param(Phase.PREPARED, NOON - DAY, False, id="the final has not begun"),
        pytest.param(Phase.OPEN, NOON + DAY, False, id="files are updated"),
        pytest.param(Phase.OPEN, NOON, True, id="the update has closed"),
        pytest.param(Phase.EVALUATION, NOON + DAY, True, id="the jury reads"),
        pytest.param(Phase.CANCELLED, NOON + DAY, True, id="there is no final"),
    ],
)
def test_when_it_is_too_late_to_go_up(phase: Phase, closes_at: datetime, *, expected: bool) -> None:
    assert is_too_late(NOON, phase, closes_at) is expected


def test_an_answer_is_judged_by_its_arrival_to_the_instant() -> None:
    offer = an_offer()

    check_answer(offer, offer.until)
    with pytest.raises(Refusal):
        check_answer(offer, offer.until + timedelta(microseconds=1))


@pytest.mark.parametrize(
    "status", [each for each in OfferStatus if each is not OfferStatus.OFFERED]
)
def test_what_was_answered_or_has_ended_takes_no_answer(status: OfferStatus) -> None:
    with pytest.raises(Refusal):
        check_answer(an_offer(status=status), NOON)


def test_reminders_come_three_and_one_days_before_the_end_then_the_end() -> None:
    offer, last, seen = an_offer(), NOON, []

    while (due := next_due([offer], RULES, last)) is not None and len(seen) < len(
        RULES.reminders_before
    ) + 1:
        seen.append((due.what, due.at - offer.until))
        last = due.at

    assert seen == [
        (PromotionTimer.REMIND, -3 * DAY),
        (PromotionTimer.REMIND, -DAY),
        (PromotionTimer.LAPSE, SETTLING),
    ]


def test_a_delay_that_was_cut_short_sends_no_reminder_from_before_its_offer() -> None:
    offer = an_offer(until=NOON + 2 * DAY)

    due = next_due([offer], RULES, NOON)

    assert due is not None
    assert (due.what, due.at) == (PromotionTimer.REMIND, NOON + DAY)


def test_offers_that_are_answered_bring_no_date() -> None:
    offers = [an_offer(str(place), status) for place, status in enumerate(OfferStatus)]

    due = next_due(offers, RULES, NOON + 8 * DAY)

    assert due is not None
    assert due.offer == "offer of 0"
    assert next_due(offers[1:], RULES, NOON) is None
