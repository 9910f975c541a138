"""The rules of a favourite vote: its dates, its mailboxes, its count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Refusal
from domain.votes import (
    KEPT,
    SETTLING,
    VoteAct,
    VoteDue,
    VotePhase,
    VoteSituation,
    VoteTimer,
    Window,
    check_allowed,
    counted,
    moved,
    next_due,
    opened,
    opened_early,
    takes_a_voice,
)
from domain.votes_count import Counted, Outcome, WonBy, in_order, outcome_of, turnout
from domain.votes_mailbox import mailbox_of, network_of, voter_of
from domain.votes_order import shuffled
from domain.votes_rules import USUAL

DAY = timedelta(days=1)
OPENS = datetime(2027, 10, 18, 7, 0, tzinfo=UTC)
CLOSES = datetime(2027, 11, 5, 17, 0, tzinfo=UTC)
PUBLISHES = datetime(2027, 11, 25, 17, 0, tzinfo=UTC)
PREPARED = VoteSituation(VotePhase.PREPARED, OPENS, CLOSES, PUBLISHES)
OPEN = replace(PREPARED, phase=VotePhase.OPEN)


def a_situation(phase: VotePhase, **more: object) -> VoteSituation:
    return replace(PREPARED, phase=phase, **more)  # type: ignore[arg-type]  (fields by name)


def test_the_usual_window_is_of_civil_dates_in_paris() -> None:
    assert USUAL.window_in(2027) == Window(OPENS, CLOSES, PUBLISHES)


@pytest.mark.parametrize(
    ("situation", "due"),
    [
        pytest.param(PREPARED, VoteDue(OPENS, VoteTimer.OPEN), id="prepared"),
        pytest.param(
            replace(PREPARED, lacks_candidates=True),
            VoteDue(CLOSES, VoteTimer.LAPSE),
            id="without candidates",
        ),
        pytest.param(OPEN, VoteDue(CLOSES, VoteTimer.CLOSE), id="open"),
        pytest.param(
            a_situation(VotePhase.CLOSED), VoteDue(CLOSES + SETTLING, VoteTimer.COUNT), id="closed"
        ),
        pytest.param(
            a_situation(VotePhase.COUNTED, ended_at=CLOSES),
            VoteDue(PUBLISHES, VoteTimer.PUBLISH),
            id="counted",
        ),
        pytest.param(
            a_situation(VotePhase.COUNTED, ended_at=CLOSES, is_tied=True),
            VoteDue(CLOSES + KEPT, VoteTimer.PURGE),
            id="tied: the chair is awaited, the purge is not",
        ),
        pytest.param(
            a_situation(VotePhase.COUNTED, ended_at=CLOSES, is_tied=True, is_purged=True),
            None,
            id="tied for long",
        ),
        pytest.param(
            a_situation(VotePhase.PUBLISHED, ended_at=CLOSES),
            VoteDue(CLOSES + KEPT, VoteTimer.PURGE),
            id="published",
        ),
        pytest.param(
            a_situation(VotePhase.CANCELLED, ended_at=OPENS),
            VoteDue(OPENS + KEPT, VoteTimer.PURGE),
            id="cancelled",
        ),
        pytest.param(
            a_situation(VotePhase.PUBLISHED, ended_at=CLOSES, is_purged=True), None, id="over"
        ),
    ],
)
def test_what_comes_next(situation: VoteSituation, due: VoteDue | None) -> None:
    assert next_due(situation) == due


@pytest.mark.parametrize(
    ("arrived_at", "counts"),
    [
        pytest.param(OPENS - timedelta(microseconds=1), False, id="just before"),
        pytest.param(OPENS, True, id="at the opening"),
        pytest.param(CLOSES - timedelta(microseconds=1), True, id="in the last instant"),
        pytest.param(CLOSES, False, id="at the closing"),
    ],
)
@pytest.mark.parametrize("phase", [VotePhase.OPEN, VotePhase.CLOSED])
def test_the_arrival_decides_whatever_the_speed_of_the_worker(
    phase: VotePhase, arrived_at: datetime, *, counts: bool
) -> None:
    assert takes_a_voice(a_situation(phase), arrived_at) is counts


@pytest.mark.parametrize("phase", sorted({*VotePhase} - {VotePhase.OPEN, VotePhase.CLOSED}))
def test_no_voice_is_taken_before_the_opening_nor_after_the_count(phase: VotePhase) -> None:
    assert not takes_a_voice(a_situation(phase), OPENS + DAY)


def test_a_vote_needs_two_candidates_to_open() -> None:
    assert opened(PREPARED, 1, OPENS) == replace(PREPARED, lacks_candidates=True)
    assert opened(PREPARED, 2, OPENS) == OPEN


def test_an_early_opening_moves_the_date_and_asks_for_candidates() -> None:
    early = opened_early(PREPARED, 2, OPENS - DAY)

    assert early == replace(OPEN, opens_at=OPENS - DAY)
    with pytest.raises(Refusal, match="deux lauréats"):
        opened_early(PREPARED, 1, OPENS - DAY)
    with pytest.raises(Refusal, match="clôture est passée"):
        opened_early(PREPARED, 2, CLOSES)


@pytest.mark.parametrize(
    ("situation", "window", "said"),
    [
        pytest.param(PREPARED, Window(CLOSES, OPENS, PUBLISHES), "avant la clôture", id="upside"),
        pytest.param(PREPARED, PREPARED.window, "Aucune date", id="nothing changes"),
        pytest.param(
            PREPARED, Window(OPENS - 9 * DAY, CLOSES, PUBLISHES), "à venir", id="in the past"
        ),
        pytest.param(
            OPEN, Window(OPENS + DAY, CLOSES, PUBLISHES), "déjà ouvert", id="opening of an open one"
        ),
        pytest.param(
            a_situation(VotePhase.COUNTED),
            Window(OPENS, CLOSES + DAY, PUBLISHES),
            "seule la date de publication",
            id="closing of a closed one",
        ),
    ],
)
def test_a_window_that_cannot_be(situation: VoteSituation, window: Window, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        moved(situation, window, OPENS - 2 * DAY)


def test_a_window_moves_and_gives_the_vote_another_chance_to_open() -> None:
    window = Window(OPENS + DAY, CLOSES + DAY, PUBLISHES)

    again = moved(replace(PREPARED, lacks_candidates=True), window, OPENS)

    assert again == replace(PREPARED, opens_at=OPENS + DAY, closes_at=CLOSES + DAY)


@pytest.mark.parametrize("act", [*VoteAct])
def test_nothing_may_be_asked_of_a_published_vote(act: VoteAct) -> None:
    with pytest.raises(Refusal):
        check_allowed(a_situation(VotePhase.PUBLISHED), act)


@pytest.mark.parametrize(
    ("act", "situation"),
    [
        pytest.param(VoteAct.INVALIDATE, OPEN, id="voices of an open vote"),
        pytest.param(
            VoteAct.INVALIDATE, a_situation(VotePhase.COUNTED, is_purged=True), id="purged"
        ),
        pytest.param(VoteAct.SETTLE, a_situation(VotePhase.COUNTED), id="no tie"),
        pytest.param(VoteAct.CANCEL, a_situation(VotePhase.COUNTED), id="a counted vote"),
    ],
)
def test_what_a_phase_does_not_allow(act: VoteAct, situation: VoteSituation) -> None:
    with pytest.raises(Refusal):
        check_allowed(situation, act)


def test_counting_again_keeps_the_day_from_which_fingerprints_are_kept() -> None:
    first = counted(a_situation(VotePhase.CLOSED), CLOSES, is_tied=True)

    assert counted(first, CLOSES + DAY, is_tied=False) == replace(first, is_tied=False)


ADDRESS = st.tuples(st.from_regex(r"[a-z][a-z.]{0,8}[a-z]", fullmatch=True), st.just("exemple.fr"))


@given(address=ADDRESS, tag=st.text("abc123", max_size=5), is_shouted=st.booleans())
def test_one_mailbox_however_its_address_is_written(
    address: tuple[str, str], tag: str, *, is_shouted: bool
) -> None:
    name, domain = address
    written = f"{name}+{tag}@{domain}"

    again = mailbox_of(written.upper() if is_shouted else written)

    assert again == f"{name}@{domain}"
    assert voter_of("k", "v", written, "").mailbox == voter_of("k", "v", again, "").mailbox


def test_fingerprints_say_nothing_and_cannot_be_linked_across_votes() -> None:
    first = voter_of("key", "2027", "a@exemple.fr", "192.0.2.7")
    other = voter_of("key", "2028", "a@exemple.fr", "192.0.2.7")
    by_another_key = voter_of("other", "2027", "a@exemple.fr", "192.0.2.7")

    prints = {getattr(each, name) for each in (first, other, by_another_key) for name in FIELDS}

    assert len(prints) == 3 * len(FIELDS)
    assert all(len(each) == 64 for each in prints)


FIELDS = ("mailbox", "domain", "origin")


@pytest.mark.parametrize(
    ("origin", "network"),
    [
        pytest.param("192.0.2.7", "192.0.2.7", id="v4"),
        pytest.param("::ffff:192.0.2.7", "192.0.2.7", id="v4 in v6"),
        pytest.param("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", id="v6"),
        pytest.param("testclient", "testclient", id="not an address"),
    ],
)
def test_a_home_is_one_origin(origin: str, network: str) -> None:
    assert network_of(origin) == network


LINE = st.builds(
    Counted,
    candidate=st.uuids().map(str),
    received=st.integers(5, 9),
    voices=st.integers(0, 4),
    score=st.none() | st.decimals(0, 100, places=2),
    is_standing=st.booleans(),
)
LINES = st.lists(LINE, max_size=8, unique_by=lambda each: each.candidate)


@given(LINES)
def test_the_favourite_is_never_beaten_and_equals_are_never_drawn(lines: list[Counted]) -> None:
    outcome = outcome_of(lines)
    running = {each.candidate: each for each in lines if each.is_standing and each.voices}

    assert outcome == outcome_of(lines[::-1])
    if outcome.winner is None:
        assert outcome.won_by is (WonBy.TIED if running else WonBy.NOBODY)
        assert len(outcome.tied) != 1
    else:
        assert running[outcome.winner].voices == max(each.voices for each in running.values())


@given(LINES)
def test_totals_sum_whatever_the_order(lines: list[Counted]) -> None:
    published = in_order(lines)

    assert turnout(published) == turnout(lines)
    assert turnout(lines)[1] == sum(each.voices for each in lines)
    assert [each.voices for each in published] == sorted(
        (each.voices for each in lines), reverse=True
    )


def test_equal_voices_are_parted_by_the_territorial_score_then_by_the_chair() -> None:
    first = Counted("a", 3, 3, Decimal("80.00"))
    second = Counted("b", 3, 3, Decimal("81.50"))
    equal = Counted("c", 3, 3, Decimal("81.50"))

    assert outcome_of([first, second]) == Outcome(WonBy.SCORE, "b")
    assert outcome_of([first, second, equal]) == Outcome(WonBy.TIED, None, ("b", "c"))
    assert outcome_of([first, second, equal], "c") == Outcome(WonBy.CHAIR, "c", ("b", "c"))
    assert outcome_of([first, second, equal], "a").won_by is WonBy.TIED


def test_nobody_is_the_favourite_of_nobody() -> None:
    assert outcome_of([Counted("a", 0, 0), Counted("b", 0, 0)]) == Outcome(WonBy.NOBODY)
    assert outcome_of([Counted("a", 4, 4, is_standing=False)]) == Outcome(WonBy.NOBODY)


CANDIDATES = [f"candidate-{number}" for number in range(6)]


@given(st.permutations(CANDIDATES), st.text())
def test_a_visitor_reads_one_order_wherever_it_comes_from(given_as: list[str], who: str) -> None:
    assert shuffled(given_as, who) == shuffled(CANDIDATES, who)
    assert {*shuffled(given_as, who)} == {*CANDIDATES}


def test_no_candidate_is_first_for_everybody() -> None:
    first = [shuffled(CANDIDATES, str(visitor))[0] for visitor in range(600)]

    assert all(60 <= first.count(each) <= 140 for each in CANDIDATES)
