import pytest

from domain.addresses import parse_address
from domain.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(" Lea.Martin@Exemple.FR ", "lea.martin@exemple.fr", id="capitals and spaces"),
        pytest.param("a+b@exemple.fr", "a+b@exemple.fr", id="a tag"),
        pytest.param("lea@société.fr", "lea@xn--socit-esab.fr", id="an accent in the domain"),
        pytest.param("o'neil@sub.exemple.co", "o'neil@sub.exemple.co", id="an apostrophe"),
    ],
)
def test_an_address_is_kept_as_the_network_writes_it(typed: str, kept: str) -> None:
    assert parse_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "lea", "lea@", "@exemple.fr", "lea@exemple", "lea@exemple..fr", "lea@.fr"),
        *(".lea@exemple.fr", "lea.@exemple.fr", "le..a@exemple.fr", "léa@exemple.fr"),
        *("lea@exemple.fr\nBcc: x@y.fr", "lea <lea@exemple.fr>", "a b@exemple.fr", "a@b@c.fr"),
        f"{'a' * 65}@exemple.fr",
        f"lea@{'a' * 64}.fr",
        f"lea@{'abc.' * 70}fr",
        "lea@exemple.fr\x00",
        "lea@\ud800.fr",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="semble incomplète"):
        parse_address(typed)
