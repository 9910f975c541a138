import pytest

from domain.charter.sizes import CompanySize, Size, size_of, size_with
from domain.registry import UNREACHABLE, RegistryFacts


def facts(category: str, staff: str, *, verified: bool = True) -> RegistryFacts:
    return RegistryFacts(found=True, verified=verified, company_size=category, size_code=staff)


@pytest.mark.parametrize(
    ("category", "staff", "size"),
    [
        ("PME", "00", Size.TPE),
        ("PME", "03", Size.TPE),
        ("PME", "11", Size.PME),
        ("PME", "31", Size.PME),
        ("PME", "32", Size.ETI),
        ("", "03", Size.TPE),
        ("", "51", Size.ETI),
        ("", "53", Size.GE),
        ("ETI", "02", Size.ETI),
        ("GE", "NN", Size.GE),
        ("PME", "NN", None),
        ("PME", "", None),
        ("", "NN", None),
        ("", "99", None),
    ],
)
def test_a_size_follows_from_the_register(category: str, staff: str, size: Size | None) -> None:
    assert size_of(facts(category, staff)) == size


def test_what_the_register_did_not_say_is_no_size() -> None:
    assert size_of(facts("GE", "53", verified=False)) is None
    assert size_of(UNREACHABLE) is None


def test_a_company_says_its_size_when_the_register_does_not() -> None:
    assert size_with(UNREACHABLE, "PME") == CompanySize(Size.PME, declared=True)


def test_what_a_company_says_never_replaces_the_register() -> None:
    assert size_with(facts("GE", "53"), "TPE") == CompanySize(Size.GE, declared=False)


def test_a_size_that_does_not_exist_is_none() -> None:
    assert size_with(UNREACHABLE, "MEDIUM") is None
