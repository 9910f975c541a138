"""What can be seen of a text."""

import pytest

from domain.texts import is_blank


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\u00a0\u202f", "\u200b\u2060\ufeff", "\u3164", "\u2800", "\u00ad"],
    ids=["empty", "spaces", "no-break", "zero width", "filler", "braille blank", "soft hyphen"],
)
def test_what_nobody_sees_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " 1 ", ".", "\u200bé", "👍"])
def test_what_somebody_sees_is_not(text: str) -> None:
    assert not is_blank(text)
