"""The pace of mailings, on a clock in seconds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.pace import Pace

DOMAINS = ("boreale.example", "cedre.example", "delta.example")


@given(
    per_minute=st.integers(1, 600),
    to_domain=st.integers(1, 600),
    letters=st.lists(st.sampled_from(DOMAINS), max_size=40),
)
def test_no_two_letters_leave_nearer_than_the_limits_say_and_none_is_forgotten(
    per_minute: int, to_domain: int, letters: list[str]
) -> None:
    pace, left, turns = Pace(per_minute, to_domain), list(letters), list[tuple[str, float]]()

    while left:
        turns.append(pace.turn(left, 100.0))
        left.remove(turns[-1][0])

    assert sorted(domain for domain, _ in turns) == sorted(letters)
    assert _nearest([at for _, at in turns]) >= 60 / per_minute - 1e-6
    for domain in DOMAINS:
        assert _nearest([at for of, at in turns if of == domain]) >= 60 / to_domain - 1e-6


def test_a_domain_that_has_to_wait_keeps_no_other_waiting() -> None:
    pace = Pace(per_minute_to_domain=6)

    turns = [pace.turn(DOMAINS, 100.0) for _ in range(4)]

    assert turns == [
        ("boreale.example", 100.0),
        ("cedre.example", 100.0),
        ("delta.example", 100.0),
        ("boreale.example", 110.0),
    ]


def test_without_limits_every_turn_is_now() -> None:
    pace = Pace()

    assert [pace.turn([""], 100.0) for _ in range(3)] == [("", 100.0)] * 3


def _nearest(instants: list[float]) -> float:
    return min((later - sooner for sooner, later in pairwise(instants)), default=float("inf"))
