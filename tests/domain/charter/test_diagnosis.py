"""What a self-diagnosis suggests."""

from domain.charter.diagnosis import Footing, is_complete, readings
from domain.charter.document import CharterDocument
from domain.charter.sizes import Size


def answers(**by_commitment: str) -> dict[str, str]:
    """Both questions of a commitment, answered: ``E3="yes no"``."""
    said: dict[str, str] = {}
    for code, pair in by_commitment.items():
        number = int(code.removeprefix("E")) * 2
        one, other = pair.split()
        said |= {f"D{number - 1:02}": one, f"D{number:02}": other}
    return said


def test_each_commitment_has_its_footing(charter: CharterDocument) -> None:
    said = answers(E1="yes yes", E2="no no", E3="partly no", E4="yes no") | {"D09": "yes"}

    found = {each.commitment.code: each.footing for each in readings(charter, said, None)}

    assert found == dict.fromkeys(("E6", "E7", "E8", "E9", "E10"), Footing.UNKNOWN) | {
        "E1": Footing.IN_PLACE,
        "E2": Footing.TO_BUILD,
        "E3": Footing.BEGUN,
        "E4": Footing.BEGUN,
        "E5": Footing.UNKNOWN,
    }


def test_what_is_begun_is_suggested_first_as_many_as_the_size_asks_for(
    charter: CharterDocument,
) -> None:
    said = answers(
        E1="partly no", E2="no no", E3="yes yes", E4="partly no", E5="yes partly", E6="yes yes"
    )

    def suggested(size: Size | None) -> list[str]:
        return [each.commitment.code for each in readings(charter, said, size) if each.is_suggested]

    assert suggested(Size.TPE) == ["E4", "E5"]
    assert suggested(Size.ETI) == ["E3", "E4", "E5", "E6"]
    assert suggested(None) == ["E4", "E5"]


def test_nothing_is_suggested_to_who_answered_nothing(charter: CharterDocument) -> None:
    assert [each for each in readings(charter, {}, Size.GE) if each.is_suggested] == []


def test_a_diagnosis_is_complete_with_its_twenty_answers(charter: CharterDocument) -> None:
    whole = {each.code: "no" for each in charter.self_diagnosis}

    assert len(whole) == 20
    assert is_complete(charter, whole) is True
    assert is_complete(charter, {code: "no" for code in whole if code != "D07"}) is False
