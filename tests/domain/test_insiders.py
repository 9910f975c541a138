"""A list of members: addresses and mail domains, each once; what opens to the world is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.insiders import OPEN_TO_ALL, Insider, InsiderKind, insider_from, read_insiders
from domain.refusals import Refusal

ZOE = Insider(InsiderKind.ADDRESS, "zoe@exemple.fr")
EVERYBODY = Insider(InsiderKind.DOMAIN, "exemple.fr")


@pytest.mark.parametrize(
    ("text", "good", "wrong"),
    [
        pytest.param("zoe@exemple.fr\n@exemple.fr", (ZOE, EVERYBODY), [], id="typed"),
        pytest.param("Email;Nom\nZoe@Exemple.fr;Zoé\n\n", (ZOE,), [], id="a file"),
        pytest.param("zoe@exemple.fr\n ZOE@exemple.fr", (ZOE,), [], id="twice"),
        pytest.param("exemple.fr\npas une adresse\nzoe@", (EVERYBODY,), [2, 3], id="wrong lines"),
        pytest.param("", (), [], id="nothing"),
    ],
)
def test_each_line_lets_in_once_or_says_why_not(
    text: str, good: tuple[Insider, ...], wrong: list[int]
) -> None:
    lines = read_insiders(text)

    assert (lines.good, [each.line for each in lines.wrong]) == (good, wrong)


@pytest.mark.parametrize("domain", sorted(OPEN_TO_ALL))
def test_a_domain_where_anybody_has_an_address_is_refused(domain: str) -> None:
    with pytest.raises(Refusal, match="Chacun peut avoir une adresse"):
        insider_from(f"@{domain}")

    assert insider_from(f"zoe@{domain}").kind is InsiderKind.ADDRESS


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_said(text: str) -> None:
    lines = read_insiders(text)

    assert len(lines.good) + len(lines.wrong) <= len(text.splitlines()) + 1
