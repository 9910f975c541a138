import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from domain.charter.document import CharterDocument
from domain.charter.parsing import TemplateError, charter_from, fingerprint
from domain.charter.sizes import Size

Document = dict[str, Any]
ORDINARY_SPACE = re.compile(r" [;:!?»%€]|« |'")


def _french(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"fr", "en"}:
            yield value["fr"]
        else:
            for child in value.values():
                yield from _french(child)
    elif isinstance(value, list):
        for child in value:
            yield from _french(child)


def test_french_texts_are_well_set(charter_document: Document) -> None:
    texts = list(_french(charter_document))

    badly_set = [text for text in texts if ORDINARY_SPACE.search(text)]

    assert badly_set == []
    assert texts


def test_the_shipped_charter_asks_what_the_published_rules_ask(charter: CharterDocument) -> None:
    asked = {each.code: len(each.indicators) for each in charter.commitments}

    assert (charter.code, charter.version) == ("charte-insertion", 1)
    assert asked == {
        "E1": 2,
        "E2": 4,
        "E3": 3,
        "E4": 3,
        "E5": 3,
        "E6": 3,
        "E7": 2,
        "E8": 3,
        "E9": 3,
        "E10": 3,
    }
    assert [each.code for each in charter.compulsory] == ["E1", "E10"]
    assert [charter.minimum(size) for size in Size] == [1, 2, 4, 4]
    assert (len(charter.self_diagnosis), len(charter.roles), charter.small_counts) == (20, 5, 5)
    assert [each.limit for each in charter.report.narratives] == [1500, 1500, 1500]
    assert charter.may_say_label is False


def test_a_commitment_and_an_indicator_are_found_by_their_code(charter: CharterDocument) -> None:
    assert charter.commitment("E5").name.fr == "Recruter des personnes éloignées de l’emploi"
    assert charter.indicator("I6.1").sense == "down"
    with pytest.raises(KeyError):
        charter.indicator("I99.1")


def test_the_text_says_the_periods_that_are_applied(charter_document: Document) -> None:
    charter_document["periods"]["review_days"] = 23
    charter_document["periods"]["window"]["opens"] = "03-01"

    charter = charter_from(charter_document)

    text = {article.code: article.paragraphs for article in charter.articles}
    assert "examine le dossier en 23 jours" in text["entry"][1].fr
    assert text["report"][0].en.startswith(
        "Every year, from 1\u00a0March to 30\u00a0April at 18:00,"
    )
    assert "du 1er\u00a0mars au 30\u00a0avril à 18\u00a0h\u00a000" in text["report"][0].fr


def test_no_name_is_left_unfilled(charter: CharterDocument) -> None:
    texts = [text for article in charter.articles for text in article.paragraphs]

    unfilled = [text for text in (*texts, *charter.preamble) if "{" in text.fr + text.en]

    assert unfilled == []


def test_a_scheme_unlocks_the_word_label(charter_document: Document) -> None:
    charter_document["certification_scheme"] = "ISO 26000, AFNOR"
    charter_document["preamble"][0]["fr"] = "Un label."

    charter = charter_from(charter_document)

    assert charter.may_say_label is True
    assert charter.preamble[0].fr == "Un label."


def test_a_version_has_its_day(charter: CharterDocument) -> None:
    assert charter.in_force_from == date(2026, 9, 1)


def test_a_fingerprint_can_be_taken_of_the_shipped_charter(charter_document: Document) -> None:
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(charter_document))


def _label(document: Document) -> None:
    document["articles"][0]["title"]["fr"] = "Notre label"


def _certified(document: Document) -> None:
    document["commitments"][2]["gloss"]["en"] = "A certified purchase."


def _name(document: Document) -> None:
    document["articles"][3]["paragraphs"][1]["en"] = "Within {weeks} weeks."


def _slip(document: Document) -> None:
    document["periods"]["revew_days"] = 21


def _commitment_twice(document: Document) -> None:
    document["commitments"][1]["code"] = "E1"


def _indicator_twice(document: Document) -> None:
    document["commitments"][1]["indicators"][0]["code"] = "I1.1"


def _no_indicator(document: Document) -> None:
    document["commitments"][0]["indicators"] = []


def _kind(document: Document) -> None:
    document["commitments"][0]["indicators"][0]["kind"] = "mood"


def _decimals(document: Document) -> None:
    document["commitments"][0]["indicators"][0]["decimals"] = 1


def _people(document: Document) -> None:
    document["commitments"][2]["indicators"][0]["counts_people"] = True


def _part(document: Document) -> None:
    document["commitments"][4]["indicators"][1]["part_of"] = "I7.2"


def _part_of_part(document: Document) -> None:
    document["commitments"][4]["indicators"][2]["part_of"] = "I5.2"


def _maximum(document: Document) -> None:
    document["commitments"][1]["indicators"][3]["at_most"] = 50


def _minimum(document: Document) -> None:
    document["minimum_optional"]["GE"] = 9


def _question(document: Document) -> None:
    del document["self_diagnosis"][3]


def _stranger(document: Document) -> None:
    document["self_diagnosis"][3]["commitment"] = "E11"


def _nobody_signs(document: Document) -> None:
    document["roles"][0]["signs"] = False


def _standing(document: Document) -> None:
    del document["attestation"]["standings"]["suspendue"]


def _statement(document: Document) -> None:
    document["attestation"]["statement"]["fr"] = "{firm} est signataire."


def _level(document: Document) -> None:
    document["levels"].reverse()


def _threshold(document: Document) -> None:
    document["small_counts"] = 1


def _day(document: Document) -> None:
    document["in_force_from"] = "2026-02-30"


def _limit(document: Document) -> None:
    document["report"]["narratives"][1]["limit"] = 0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_label, "articles[0].title.fr: “label” is locked while certification_scheme is empty"),
        (
            _certified,
            "commitments[2].gloss.en: “certifi” is locked while certification_scheme is empty",
        ),
        (_name, "articles[3].paragraphs[1]: unknown name {weeks}"),
        (_slip, "periods: unknown key “revew_days”"),
        (_commitment_twice, "commitments[1]: duplicate code “E1”"),
        (_indicator_twice, "commitments[1].indicators[0]: duplicate code “I1.1”"),
        (_no_indicator, "commitments[0].indicators: an indicator is expected"),
        (
            _kind,
            (
                "commitments[0].indicators[0].kind: unknown value “mood”, expected one of "
                "number, percent, yes_no, date, money, ratio"
            ),
        ),
        (_decimals, "commitments[0].indicators[0].decimals: only a number has decimals"),
        (
            _people,
            "commitments[2].indicators[0].counts_people: people are counted by a whole number",
        ),
        (
            _part,
            (
                "commitments[4].indicators[1].part_of: "
                "“I7.2” is no whole count of people of this commitment"
            ),
        ),
        (
            _part_of_part,
            (
                "commitments[4].indicators[2].part_of: "
                "“I5.2” is no whole count of people of this commitment"
            ),
        ),
        (_maximum, "commitments[1].indicators[3].at_most: a percentage goes up to 100 at least"),
        (_minimum, "minimum_optional.GE: a number between 0 and 8 is expected"),
        (_question, "self_diagnosis: 1 questions on “E2”, where 2 are expected"),
        (_stranger, "self_diagnosis[3].commitment: unknown commitment “E11”"),
        (_nobody_signs, "roles: exactly one role signs"),
        (_standing, "attestation.standings: “suspendue” is missing"),
        (_statement, "attestation.statement: unknown name {firm}"),
        (_level, "levels: the levels expected are declaratif, justifie, atteste, in that order"),
        (_threshold, "small_counts: 2 or more is expected"),
        (_day, "in_force_from: a day is expected, between quotes, as in “2026-09-01”"),
        (_limit, "report.narratives[1].limit: a number above zero is expected"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_wrong_charter_is_refused_where_it_is_wrong(
    charter_document: Document, spoil: Callable[[Document], None], message: str
) -> None:
    spoil(charter_document)

    with pytest.raises(TemplateError) as refused:
        charter_from(charter_document)

    assert str(refused.value) == message
