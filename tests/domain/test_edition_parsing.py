from collections.abc import Callable
from typing import Any

import pytest

from domain.edition import EditionTemplate, Filler, QuestionKind, RuleSource
from domain.edition_parsing import TemplateError, edition_from, fingerprint

Document = dict[str, Any]


def test_the_shipped_template_has_five_categories_of_five_criteria(
    shipped: EditionTemplate,
) -> None:
    weights = {
        category.code: {each.code: each.weight for each in category.criteria}
        for category in shipped.categories
    }

    assert weights == {
        "CLA": {"VOL": 25, "FIA": 15, "IMP": 30, "PER": 15, "REP": 15},
        "PAR": {"REC": 25, "ECO": 15, "IMP": 30, "PER": 15, "REP": 15},
        "QUA": {"ACC": 25, "SUI": 15, "IMP": 30, "PER": 15, "REP": 15},
        "INN": {"NOU": 25, "USA": 15, "IMP": 30, "PER": 15, "REP": 15},
        "COL": {"MOB": 20, "DIR": 20, "IMP": 30, "PER": 15, "REP": 15},
    }


def test_the_shipped_rules_are_the_fourteen_and_say_which_are_on_honour(
    shipped: EditionTemplate,
) -> None:
    declared = [rule.code for rule in shipped.rules if rule.source is RuleSource.DECLARED]

    assert [rule.code for rule in shipped.rules] == [f"R{number:02}" for number in range(1, 15)]
    assert declared == ["R04", "R05", "R09", "R11"]


def test_a_category_is_asked_its_own_sections_only(shipped: EditionTemplate) -> None:
    sections = [section.code for section in shipped.sections_for("PAR")]

    assert sections == [
        "organisation",
        "contacts",
        "application",
        "story",
        "figures",
        "partnership",
        "replication",
        "documents",
        "declarations",
    ]


def test_the_partner_fills_its_own_part(shipped: EditionTemplate) -> None:
    by_partner = [section.code for section in shipped.sections_for("PAR", Filler.PARTNER)]

    assert by_partner == ["partner_part"]
    assert shipped.sections_for("CLA", Filler.PARTNER) == ()


def test_a_question_may_belong_to_one_category(small: EditionTemplate) -> None:
    asked = [
        question.code for section in small.sections_for("ACHATS") for question in section.questions
    ]

    assert asked == [
        "siret",
        "contact_email",
        "title",
        "public_summary",
        "story",
        "inclusive_spend",
        "accepts_rules",
    ]


def test_long_texts_of_the_shipped_form_all_have_a_limit(shipped: EditionTemplate) -> None:
    written = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)

    unlimited = [
        question.code
        for section in shipped.sections
        for question in section.questions
        if question.kind in written and question.limit is None
    ]

    assert unlimited == []


def test_texts_speak_the_language_asked(shipped: EditionTemplate) -> None:
    name = shipped.category("INN").name

    assert (name.in_("fr"), name.in_("en")) == ("Innovation sociale", "Social innovation")


def test_an_unknown_category_is_an_error(shipped: EditionTemplate) -> None:
    with pytest.raises(KeyError):
        shipped.category("NOPE")


def test_a_small_template_needs_no_code(small: EditionTemplate) -> None:
    assert [category.code for category in small.categories] == ["EQUIPE", "ACHATS"]
    assert (small.scale.lowest, small.scale.highest) == (1, 4)
    assert small.national is None


def _weights(document: Document) -> None:
    document["categories"][0]["criteria"][0]["weight"] = 24


def _kind(document: Document) -> None:
    document["sections"][0]["questions"][0]["kind"] = "essay"


def _category_twice(document: Document) -> None:
    document["categories"][1]["code"] = "CLA"


def _question_twice(document: Document) -> None:
    document["sections"][3]["questions"][0]["code"] = "siret"


def _criterion(document: Document) -> None:
    document["categories"][0]["criteria"][0]["code"] = "ZZZ"


def _specific(document: Document) -> None:
    document["categories"][0]["specific"] = ["ZZZ"]


def _impact(document: Document) -> None:
    document["jury"]["impact_criterion"] = "VOL"


def _slip(document: Document) -> None:
    document["jury"]["quorums"] = 4


def _missing(document: Document) -> None:
    del document["scale"]["highest"]


def _anchor(document: Document) -> None:
    del document["scale"]["anchors"][2]


def _only_for(document: Document) -> None:
    document["sections"][5]["only_for"] = ["XXX"]


def _choices(document: Document) -> None:
    del document["sections"][0]["questions"][1]["choices"]


def _rule_question(document: Document) -> None:
    document["rules"][3]["questions"] = ["nothing"]


def _rule_setting(document: Document) -> None:
    document["rules"][2]["settings"] = {}


def _day(document: Document) -> None:
    document["calendars"][0]["closes_at"]["day"] = 31


def _hour(document: Document) -> None:
    document["calendars"][0]["closes_at"]["at"] = "25:00"


def _zone(document: Document) -> None:
    document["calendars"][0]["zone"] = "Europe/Lutece"


def _english(document: Document) -> None:
    del document["name"]["en"]


def _not_a_number(document: Document) -> None:
    document["version"] = "1"


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_weights, "categories[0].criteria: weights add up to 99, not to 100"),
        (_category_twice, "categories[1]: duplicate code “CLA”"),
        (_question_twice, "sections[3].questions[0]: duplicate code “siret”"),
        (_criterion, "categories[0].criteria[0].code: unknown criterion “ZZZ”"),
        (_specific, "categories[0].specific[0]: unknown criterion “ZZZ” in category “CLA”"),
        (_impact, "jury.impact_criterion: unknown criterion “VOL” in category “PAR”"),
        (_slip, "jury: unknown key “quorums”"),
        (_missing, "scale: “highest” is missing"),
        (_anchor, "scale.anchors: one anchor is expected for each value, in order"),
        (_only_for, "sections[5].only_for[0]: unknown category “XXX”"),
        (_choices, "sections[0].questions[1]: “choices” is missing"),
        (_rule_question, "rules[3].questions[0]: unknown question “nothing”"),
        (_rule_setting, "rules[2].settings: “months” is missing"),
        (_day, "calendars[0].closes_at: no such day"),
        (_hour, "calendars[0].closes_at.at: an hour is expected, between quotes, as in “18:00”"),
        (_zone, "calendars[0].zone: unknown time zone “Europe/Lutece”"),
        (_english, "name: “en” is missing"),
        (_not_a_number, "version: a whole number is expected"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_wrong_template_is_refused_where_it_is_wrong(
    shipped_document: Document, spoil: Callable[[Document], None], message: str
) -> None:
    spoil(shipped_document)

    with pytest.raises(TemplateError) as refused:
        edition_from(shipped_document)

    assert str(refused.value) == message


def test_an_unknown_kind_is_refused_with_the_known_ones(shipped_document: Document) -> None:
    _kind(shipped_document)

    with pytest.raises(TemplateError) as refused:
        edition_from(shipped_document)

    assert refused.value.path == "sections[0].questions[0].kind"
    assert refused.value.problem.startswith("unknown value “essay”, expected one of siret, siren,")


@pytest.mark.parametrize("section", ["code", "scale", "categories", "rules", "sections", "jury"])
def test_a_template_without_one_of_its_parts_is_refused(
    small_document: Document, section: str
) -> None:
    del small_document[section]

    with pytest.raises(TemplateError) as refused:
        edition_from(small_document)

    assert str(refused.value) == f"template: “{section}” is missing"


def test_a_fingerprint_ignores_the_order_of_keys() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})


def test_a_fingerprint_sees_the_order_of_lists() -> None:
    assert fingerprint({"b": [1, 2]}) != fingerprint({"b": [2, 1]})


def test_a_fingerprint_is_the_sha256_of_canonical_json() -> None:
    assert (
        fingerprint({"é": "à"})
        == "d0fc0b6bad997d6c37637999a47140028fbc892b07cb61ef9be8d2c02c035e61"
    )
