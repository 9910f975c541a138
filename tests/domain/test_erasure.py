"""Words without a person: their name and address go, whatever stands around; the rest stays."""

import json

from hypothesis import given
from hypothesis import strategies as st

from domain.erasure import GONE, Names, scrubbed

ADA = Names("ada@exemple.fr", "Ada Lovelace")
quiet = st.text("bcdf 123é'", max_size=12)
documents = st.recursive(
    quiet | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(quiet, inner, max_size=3),
    max_leaves=8,
)


def test_a_name_goes_whatever_its_case_and_spaces_and_a_longer_word_stays() -> None:
    said = "Vu avec ADA  Lovelace (ada@exemple.fr), pas avec Ada Lovelaceau ni xada@exemple.fr."

    assert scrubbed(said, ADA) == (
        f"Vu avec {GONE} ({GONE}), pas avec Ada Lovelaceau ni xada@exemple.fr."
    )


def test_what_is_filled_in_beside_an_address_goes_with_it() -> None:
    answers = {
        "contact_email": "Ada@exemple.fr",
        "contact_name": "A. L.",
        "contact_phone": "01 02 03 04 05",
        "legal_name": "Charles Babbage",
        "hours": 12,
    }

    assert scrubbed(answers, ADA) == {
        "contact_email": GONE,
        "contact_name": "",
        "contact_phone": "",
        "legal_name": "Charles Babbage",
        "hours": 12,
    }


def test_a_single_word_is_no_name() -> None:
    assert scrubbed("Rose a coupé une rose.", Names("rose@exemple.fr", "Rose")) == (
        "Rose a coupé une rose."
    )


@given(documents)
def test_a_document_that_does_not_name_them_stays_as_it_is(document: object) -> None:
    assert scrubbed(document, ADA) == document


@given(documents, st.sampled_from([ADA.address, ADA.name, ADA.name.upper()]))
def test_nothing_names_them_afterwards_wherever_it_stood(document: object, word: str) -> None:
    said = [document, {"note": f"voir {word}, merci"}, word]

    after = json.dumps(scrubbed(said, ADA), ensure_ascii=False).casefold()

    assert ADA.address not in after
    assert ADA.name.casefold() not in after
