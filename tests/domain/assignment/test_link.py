"""The link between jurors: none between fixed juries, strong where all mix."""

import pytest

from domain.assignment.link import link_strength


def test_fixed_juries_are_not_linked() -> None:
    pairs = [(f"{jury}{n}", f"{jury}{j}") for jury in "ab" for n in range(4) for j in range(3)]

    assert link_strength(pairs) == pytest.approx(0, abs=1e-9)


def test_a_jury_where_everybody_reads_everything_is_linked_most() -> None:
    pairs = [(f"f{n}", f"j{j}") for n in range(5) for j in range(4)]

    assert link_strength(pairs) == pytest.approx(1)


def test_nobody_and_one_juror_have_no_link() -> None:
    assert (link_strength([]), link_strength([("f0", "j0")])) == (0, 0)
