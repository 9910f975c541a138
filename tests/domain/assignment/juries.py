"""Juries of every shape, small enough to be checked by hand or by exhaustion."""

from hypothesis import strategies as st

from domain.assignment.names import JurorCapacity, Table


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A few files, a few jurors who know some topics, ties and rooms of every kind."""
    files = [f"f{number}" for number in range(draw(st.integers(1, 6)))]
    jurors = [
        JurorCapacity(
            f"j{number}",
            draw(st.integers(0, 6)),
            expertise=frozenset(draw(st.sets(st.sampled_from("AB")))),
            organisation=draw(st.sampled_from(("", "red", "blue"))),
            parity=draw(st.sampled_from(("", "f", "m"))),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    every = [(file, juror.juror) for file in files for juror in jurors]
    return Table(
        files=files,
        jurors=jurors,
        readings=draw(st.integers(1, 3)),
        conflicts=frozenset(draw(st.sets(st.sampled_from(every)))),
        topics={file: draw(st.sampled_from("AB")) for file in files},
    )
