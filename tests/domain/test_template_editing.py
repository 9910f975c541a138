"""Changing a template in a form: what is refused, with what to do, and what is kept."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calibration.rules import CalibrationRules, Method
from domain.edition_parsing import edition_from
from domain.judging import TieBreak
from domain.template_checks import idle_closings
from domain.template_editing import Edited, Surroundings, edited, prefilled
from storage.editions import shipped_template, shipped_templates

YEAR = 2027
AROUND = Surroundings(YEAR)


def shipped() -> dict[str, Any]:
    found = shipped_template("trophees-insertion")
    assert found is not None
    return dict(found.document)


def typed_over(around: Surroundings = AROUND, **changed: str | None) -> Edited:
    """The shipped template, with these fields typed; None is a box that was unticked."""
    document = shipped()
    typed = prefilled(document, around.year)
    for name, value in changed.items():
        typed.pop(name)
        if value is not None:
            typed[name] = value
    return edited(document, typed, around)


def sentences(found: Edited) -> dict[str, str]:
    return {name: str(refusal) for name, refusal in found.complaints.items()}


@pytest.mark.parametrize("code", [each.code for each in shipped_templates()])
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_a_form_in_which_nobody_typed_changes_nothing(code: str, year: int) -> None:
    found = shipped_template(code)
    assert found is not None
    document = dict(found.document)

    kept = edited(document, prefilled(document, year), Surroundings(year))

    assert sentences(kept) == {}
    assert kept.document == document


def test_weights_that_fall_short_say_how_much_to_add() -> None:
    found = typed_over(**{"weight.CLA.VOL": "20"})

    assert sentences(found) == {
        "weights.CLA": "Les poids de « Clauses sociales et engagements volontaires » font 95 : "
        "ajoutez 5 pour arriver à 100."
    }


@settings(max_examples=30, deadline=None)  # the whole template is read each time
@given(first=st.integers(1, 100), second=st.integers(1, 100))
def test_weights_are_kept_exactly_when_they_add_up_to_a_hundred(first: int, second: int) -> None:
    found = typed_over(**{"weight.CLA.VOL": str(first), "weight.CLA.FIA": str(second)})

    assert (found.complaints == {}) == (first + second + 60 == 100)


@pytest.mark.parametrize("weight", ["", "0", "-5", "25,5", "101", "٢٥", "1" * 30])
def test_a_weight_is_a_whole_number(weight: str) -> None:
    found = typed_over(**{"weight.CLA.VOL": weight})

    assert sentences(found) == {"weight.CLA.VOL": "Donnez un nombre entier, de 1 à 100."}


def test_a_category_that_has_files_stays() -> None:
    found = typed_over(Surroundings(YEAR, files={"PAR": 2}), **{"keep.PAR": None})

    assert sentences(found) == {
        "keep.PAR": "« Partenariat structurant SIAE – entreprise » a déjà des candidatures (2) dans "
        "cette édition : gardez cette catégorie, ou attendez que ces dossiers soient retirés."
    }


def test_a_category_without_files_leaves_with_what_was_asked_for_it_alone() -> None:
    found = typed_over(Surroundings(YEAR, files={"QUA": 2}), **{"keep.PAR": None})

    after = edition_from(found.document)
    assert sentences(found) == {}
    assert [each.code for each in after.categories] == ["CLA", "QUA", "INN", "COL"]
    assert "R10" not in {rule.code for rule in after.rules}
    assert {code for each in after.sections for code in each.only_for} & {"PAR"} == set()


def test_one_category_at_least_is_kept() -> None:
    none = {f"keep.{code}": None for code in ("CLA", "PAR", "QUA", "INN", "COL")}

    assert sentences(typed_over(**none)) == {"categories": "Gardez une catégorie au moins."}


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-03-28T02:30", "n’existe pas"),
        ("2027-10-31T02:30", "existe deux fois"),
    ],
)
def test_an_hour_of_the_night_of_the_change_is_refused(moment: str, said: str) -> None:
    step = "opens_at" if moment < "2027-06" else "ends_at"
    found = typed_over(**{f"date.one_level.{step}": moment})

    assert [(name, said in text) for name, text in sentences(found).items()] == [
        ("dates.one_level", True)
    ]


@pytest.mark.parametrize(
    ("field", "moment", "where"),
    [
        ("date.one_level.closes_at", "2027-02-01T18:00", "dates.one_level"),
        ("date.one_level.evaluation_until", "2027-10-20T18:00", "dates.one_level"),
        ("date.national.opens_at", "2027-10-01T09:00", "dates.national"),
    ],
)
def test_phases_that_overlap_are_refused(field: str, moment: str, where: str) -> None:
    found = typed_over(**{field: moment})

    assert list(found.complaints) == [where]


def test_a_long_time_in_which_nothing_happens_is_refused() -> None:
    found = typed_over(**{"date.one_level.screening_until": "2027-07-01T18:00"})

    assert sentences(found) == {}

    found = typed_over(
        **{
            "date.one_level.closes_at": "2027-06-01T18:00",
            "date.one_level.screening_until": "2027-06-15T18:00",
        }
    )

    assert list(found.complaints) == ["dates.one_level"]
    assert found.complaints["dates.one_level"].facts["days"] == timedelta(days=77).days


@pytest.mark.parametrize("moment", ["", "demain", "2025-06-30T18:00", "2027-06-30T18:00+02:00"])
def test_what_is_no_day_of_the_edition_is_refused(moment: str) -> None:
    found = typed_over(**{"date.one_level.closes_at": moment})

    assert sentences(found) == {
        "date.one_level.closes_at": "Donnez un jour de l'année 2027 ou de la suivante, et une heure."
    }


def test_the_twenty_ninth_of_february_is_refused_for_it_does_not_come_every_year() -> None:
    found = typed_over(Surroundings(2028), **{"date.one_level.opens_at": "2028-02-29T09:00"})

    assert list(found.complaints) == ["date.one_level.opens_at"]


def test_a_closing_on_a_holiday_is_a_warning_that_names_the_next_working_day() -> None:
    kept = typed_over(**{"date.one_level.closes_at": "2027-07-14T18:00"})

    warned = [str(each) for each in idle_closings(edition_from(kept.document), YEAR)]

    assert sentences(kept) == {}
    assert warned == [
        (
            "La clôture du 14/07/2027 tombe un jour non travaillé ; le jour travaillé suivant est le "
            "15/07/2027."
        )
    ]


def test_rules_questions_and_words_change() -> None:
    found = typed_over(
        **{
            "rule.R03": None,
            "name.CLA.fr": "Clauses",
            "limit.presentation": "900",
            "question.presentation.en": "Who you are",
            "anchor.0.fr": "Rien",
        }
    )

    after = edition_from(found.document)
    asked = {one.code: one for section in after.sections for one in section.questions}
    assert sentences(found) == {}
    assert "R03" not in {rule.code for rule in after.rules}
    assert after.category("CLA").name.fr == "Clauses"
    assert (asked["presentation"].limit, asked["presentation"].label.en) == (900, "Who you are")
    assert after.scale.anchors[0].phrase.fr == "Rien"


def test_words_are_asked_for_in_both_languages() -> None:
    found = typed_over(**{"name.CLA.en": "  "})

    assert sentences(found) == {"name.CLA.en": "Écrivez ces mots, en 400 caractères au plus."}


def typed_more(around: Surroundings = AROUND, **more: str) -> Edited:
    """The shipped template, with fields that nobody had filled."""
    document = shipped()
    return edited(document, prefilled(document, around.year) | more, around)


NEW_CRITERION = {
    "add.criterion.CLA": "new",
    "add.criterion.CLA.weight": "15",
    "add.criterion.CLA.name.fr": "Égalité",
    "add.criterion.CLA.name.en": "Equality",
    "add.criterion.CLA.help.fr": "Qui en profite ?",
    "add.criterion.CLA.help.en": "Who benefits?",
}


def test_a_criterion_is_exchanged_for_a_new_one_of_the_same_weight() -> None:
    found = typed_more(**{"drop.criterion.CLA.REP": "yes"}, **NEW_CRITERION)

    category = edition_from(found.document).category("CLA")
    assert sentences(found) == {}
    assert [(each.code, each.weight) for each in category.criteria][-2:] == [
        ("PER", 15),
        ("EGA", 15),
    ]


def test_a_criterion_more_must_leave_the_weights_at_a_hundred() -> None:
    found = typed_more(**{"add.criterion.CLA": "MOB", "add.criterion.CLA.weight": "10"})

    assert sentences(found) == {
        "weights.CLA": "Les poids de « Clauses sociales et engagements volontaires » font 110 : "
        "retirez 10 pour arriver à 100."
    }


def test_a_criterion_that_the_category_has_is_not_added_twice() -> None:
    found = typed_more(**{"add.criterion.CLA": "IMP", "add.criterion.CLA.weight": "10"})

    assert sentences(found) == {
        "add.criterion.CLA": "Choisissez un critère que cette catégorie n'a pas."
    }


def test_a_category_more_is_judged_by_the_criteria_of_another() -> None:
    found = typed_more(
        **{
            "add.category.name.fr": "Mobilité",
            "add.category.name.en": "Mobility",
            "add.category.gloss.fr": "Aller au travail.",
            "add.category.gloss.en": "Getting to work.",
            "add.category.like": "QUA",
        }
    )

    after = edition_from(found.document)
    assert sentences(found) == {}
    assert [each.code for each in after.categories] == ["CLA", "PAR", "QUA", "INN", "COL", "MOB"]
    assert after.category("MOB").criteria == after.category("QUA").criteria


def test_a_question_is_added_and_another_taken_out() -> None:
    found = typed_more(
        **{
            "drop.question.website": "yes",
            "add.question.organisation.fr": "Quel est votre effectif ?",
            "add.question.organisation.en": "How many are you?",
            "add.question.organisation.kind": "number",
            "add.question.organisation.required": "yes",
        }
    )

    after = edition_from(found.document)
    asked = next(each for each in after.sections if each.code == "organisation").questions
    assert sentences(found) == {}
    assert "website" not in {each.code for each in asked}
    assert (asked[-1].code, asked[-1].kind, asked[-1].required) == (
        "quel_est_votre_effec",
        "number",
        True,
    )


def test_a_question_that_a_rule_reads_stays() -> None:
    found = typed_more(**{"drop.question.siret": "yes"})

    assert sentences(found) == {
        "": "Une règle ou une partie du formulaire renvoie à ce que vous retirez : gardez-le."
    }


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"add.question.contacts.fr": "Seul ?"}, "add.question.contacts.en"),
        ({"add.category.name.fr": "Seule"}, "add.category.name.en"),
        ({"add.criterion.CLA": "MOB"}, "add.criterion.CLA.weight"),
    ],
    ids=["question", "category", "criterion"],
)
def test_what_is_added_by_half_is_said_where_it_lacks(typed: dict[str, str], field: str) -> None:
    assert field in sentences(typed_more(**typed))


def test_a_rule_that_was_taken_out_is_taken_back() -> None:
    document = shipped()
    rule = document["rules"][1]
    without = document | {"rules": [each for each in document["rules"] if each is not rule]}
    typed = prefilled(without, YEAR) | {f"rule.{rule['code']}": "yes"}

    found = edited(without, typed, Surroundings(YEAR, shelf=(rule,)))

    assert sentences(found) == {}
    assert {each.code for each in edition_from(found.document).rules} == {
        each["code"] for each in document["rules"]
    }


def test_the_method_and_the_tie_rule_are_those_of_every_jury_once_typed() -> None:
    found = typed_over(
        **{
            "ranking.method": "order",
            "ranking.zone_laureate": "80",
            "ranking.tie.1": "first_specific",
            "ranking.tie.2": "chair",
            "ranking.tie.3": "none",
            "ranking.tie.4": "none",
        }
    )

    after = edition_from(found.document)
    assert sentences(found) == {}
    assert after.national is not None
    for jury in (after.jury, after.national.jury):
        assert jury.calibration == CalibrationRules(Method.ORDER, zone_laureate=80)
        assert jury.tie_rule == (TieBreak.FIRST_SPECIFIC, TieBreak.CHAIR)


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("ranking.method", "lottery", "ranking.method"),
        ("ranking.zone_out", "95", "ranking.zone_out"),
        ("ranking.correction_cap", "1e2", "ranking.correction_cap"),
        ("ranking.tie.2", "impact", "ranking.tie.1"),
        ("ranking.tie.4", "impact", "ranking.tie.1"),
        ("ranking.tie.4", "draw", "ranking.tie.1"),
    ],
    ids=[
        "no such method",
        "zones crossed",
        "no whole number",
        "twice",
        "twice at the end",
        "a draw",
    ],
)
def test_a_method_that_would_not_hold_is_refused_beside_its_field(
    field: str, value: str, wrong: str
) -> None:
    assert list(typed_over(**{field: value}).complaints) == [wrong]
