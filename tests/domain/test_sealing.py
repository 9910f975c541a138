"""The chain of the journal, as a rule: one change anywhere is seen at its place, and nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.sealing import ORIGIN, Flaw, Line, Link, flaws, is_erased, link

words = st.text(max_size=8)
lines = st.builds(
    Line,
    id=st.integers(1, 2**40),
    at=st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001  (the zone is added)
    actor=words,
    subject=words,
    cycle=words,
    act=words,
    before=words,
    after=words,
    reason=words,
    request=words,
    calendar_version=st.none() | st.integers(0, 99),
)
TEXTS = ("actor", "subject", "cycle", "act", "before", "after", "request")


def chained(written: list[Line]) -> list[tuple[Link, Line | None]]:
    chain: list[tuple[Link, Line | None]] = []
    previous = ORIGIN
    for position, line in enumerate(written, 1):
        made = link(previous, position, line)
        chain.append((made, line))
        previous = made.hash
    return chain


@given(st.lists(lines, max_size=6))
def test_what_was_sealed_has_no_flaw(written: list[Line]) -> None:
    assert list(flaws(chained(written))) == []


@given(st.lists(lines, min_size=1, max_size=6), st.data())
def test_a_change_is_found_where_it_was_made(written: list[Line], data: st.DataObject) -> None:
    chain = chained(written)
    place = data.draw(st.integers(0, len(chain) - 1))
    made, line = chain[place]
    assert line is not None
    field = data.draw(st.sampled_from(TEXTS))
    chain[place] = (made, replace(line, **{field: getattr(line, field) + "x"}))

    assert [(each.flaw, each.position) for each in flaws(chain)] == [(Flaw.ALTERED_LINE, place + 1)]


@given(lines.filter(lambda line: bool(line.reason)))
def test_words_may_be_erased_and_not_changed(line: Line) -> None:
    ((made, _),) = chained([line])
    erased, changed = replace(line, reason=""), replace(line, reason=line.reason + "x")

    assert list(flaws([(made, erased)])) == []
    assert is_erased(made, erased)
    assert [each.flaw for each in flaws([(made, changed)])] == [Flaw.ALTERED_WORDS]
