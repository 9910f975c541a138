from collections.abc import Mapping
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import check_answer
from domain.edition import EditionTemplate, Filler, Question, QuestionKind
from domain.form import (
    SectionProgress,
    SectionStatus,
    check_draft,
    check_submission,
    completeness,
    count_characters,
)
from domain.refusals import Refusal
from domain.texts import NO_TEXT

ACHATS: Mapping[str, object] = {
    "siret": "732 829 320 00074",
    "contact_email": "claire@exemple.fr",
    "title": "Acheter autrement",
    "public_summary": "Nous achetons à deux structures d’insertion.",
    "story": "Tout a commencé par une visite.",
    "inclusive_spend": "12 500,50",
    "accepts_rules": "yes",
}


def _said(template: EditionTemplate, category: str, answers: Mapping[str, object]) -> list[str]:
    return [f"{each.code}: {each}" for each in check_draft(template, category, answers)]


def test_a_complete_form_has_nothing_against_it(small: EditionTemplate) -> None:
    assert check_submission(small, "ACHATS", ACHATS) == ()


def test_an_empty_draft_is_a_good_draft(small: EditionTemplate) -> None:
    assert check_draft(small, "ACHATS", {}) == ()


def test_blanks_of_a_draft_are_never_wrong(small: EditionTemplate) -> None:
    assert check_draft(small, "ACHATS", dict.fromkeys(ACHATS, " ")) == ()


def test_what_is_missing_is_said_in_the_order_of_the_form(small: EditionTemplate) -> None:
    complaints = check_submission(small, "ACHATS", {"title": "Acheter autrement"})

    assert [f"{each.code}: {each}" for each in complaints] == [
        "siret: Cette réponse est nécessaire.",
        "contact_email: Cette réponse est nécessaire.",
        "public_summary: Cette réponse est nécessaire.",
        "story: Cette réponse est nécessaire.",
        "inclusive_spend: Cette réponse est nécessaire.",
        "accepts_rules: Cochez cette case pour envoyer votre candidature.",
    ]


def test_a_wrong_answer_is_said_once(small: EditionTemplate) -> None:
    complaints = check_submission(small, "ACHATS", {**ACHATS, "siret": "12"})

    assert [f"{each.code}: {each}" for each in complaints] == [
        "siret: Un SIRET compte 14 chiffres\u202f; celui-ci en compte 2."
    ]


def test_a_question_of_another_category_is_not_in_the_form(small: EditionTemplate) -> None:
    assert _said(small, "ACHATS", {"people_welcomed": "3"}) == [
        "people_welcomed: Cette question n’est pas dans le formulaire."
    ]


def test_too_long_says_by_how_much(small: EditionTemplate) -> None:
    complaints = check_draft(small, "ACHATS", {"title": "x" * 63})

    assert [str(each) for each in complaints] == [
        "63 caractères, pour 60 au plus\u00a0: il y en a 3 de trop."
    ]
    assert complaints[0].facts == {"count": 63, "limit": 60, "excess": 3}


def test_a_text_at_its_limit_is_accepted(small: EditionTemplate) -> None:
    assert check_draft(small, "ACHATS", {"title": "é" * 60}) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("été", 3), ("a\r\nb", 3), ("a\nb", 3), ("👩‍🏭", 3), ("e\u0301", 2)],
    ids=["empty", "accents", "windows", "unix", "joined-emoji", "combining"],
)
def test_characters_are_code_points_and_a_line_end_is_one(text: str, count: int) -> None:
    assert count_characters(text) == count


@given(st.text())
def test_a_browser_and_a_server_count_the_same(text: str) -> None:
    unix = text.replace("\r", "")

    assert count_characters(unix.replace("\n", "\r\n")) == len(unix)


GOOD_AND_BAD = {
    QuestionKind.SIREN: (["732829320", "732 829 320"], ["73282932", "732829321"]),
    QuestionKind.TEXT: (["Titre"], ["deux\nlignes", "nul\x00"]),
    QuestionKind.LONG_TEXT: (["deux\r\nlignes", "une\ttabulation"], ["nul\x00", "\ud800"]),
    QuestionKind.NUMBER: (["0", "1 250", "1\u202f250"], ["-1", "1,5", "beaucoup", "1e9", "٣"]),
    QuestionKind.MONEY: (["0", "12,5", "1 250.50"], ["-1", "1,505", "NaN", "10 €"]),
    QuestionKind.PERCENT: (["0", "12,5", "100"], ["100,01", "-1", "12 %"]),
    QuestionKind.DATE: (["2026-02-28"], ["2026-02-29", "20260228", "28/02/2026", "2026-W09-6"]),
    QuestionKind.EMAIL: (["a.b+c@exemple.fr"], ["a@b", "a b@c.fr", "a@b.fr, c@d.fr", "a@b@c.fr"]),
    QuestionKind.PHONE: (["01 23 45 67 89", "+33 1 23 45 67 89"], ["0123", "appelez-moi"]),
    QuestionKind.URL: (
        ["https://exemple.fr/a?b=c"],
        ["exemple.fr", "javascript:alert(1)", "https://localhost", "https://a b.fr", "http://[::1"],
    ),
    QuestionKind.TICK: (["yes"], ["on", "no"]),
    QuestionKind.COMMUNES: (
        [["75056", "2A004", "DEP-75", "DEP-2B", "DEP-974"]],
        [["75"], ["Paris"], "75056", [75056], {"75056": "1"}],
    ),
    QuestionKind.SIRETS: ([[], ["73282932000074"]], [["12"], "73282932000074"]),
    QuestionKind.YEAR_FIGURES: (
        [{"n2": "1 200", "n1": "not_tracked", "n": ""}, {}],
        ["12", {"n3": "1"}, {"n": 12}, {"n": "-1"}, {"n": "beaucoup"}],
    ),
}
CASES = [
    pytest.param(kind, answer, is_good, id=f"{kind}-{'good' if is_good else 'bad'}-{answer!r:.20}")
    for kind, sides in GOOD_AND_BAD.items()
    for is_good, answers in zip((True, False), sides, strict=True)
    for answer in answers
]


@pytest.mark.parametrize(("kind", "answer", "is_good"), CASES)
def test_each_kind_takes_what_fits_and_refuses_the_rest(
    kind: QuestionKind, answer: object, *, is_good: bool
) -> None:
    question = Question("asked", kind, NO_TEXT)

    with nullcontext() if is_good else pytest.raises(Refusal):
        check_answer(question, answer)


def test_a_choice_is_one_of_those_proposed(shipped: EditionTemplate) -> None:
    answers = {"size": "enormous", "commitments": ["E1", "E11"]}

    assert _said(shipped, "CLA", answers) == [
        "size: Choisissez parmi les réponses proposées.",
        "commitments: Choisissez parmi les réponses proposées.",
    ]


def test_a_list_has_a_limit(shipped: EditionTemplate) -> None:
    assert _said(shipped, "CLA", {"action_communes": ["75056"] * 31}) == [
        "action_communes: 31 réponses, pour 30 au plus."
    ]


def test_figures_are_complete_when_the_three_years_are_answered(shipped: EditionTemplate) -> None:
    two = {"people_supported": {"n2": "12", "n1": "not_tracked"}}
    three = {"people_supported": {"n2": "12", "n1": "not_tracked", "n": "0"}}

    missing = [
        "people_supported" in [each.code for each in check_submission(shipped, "CLA", answers)]
        for answers in (two, three)
    ]

    assert missing == [True, False]


def test_a_form_not_started_says_so(small: EditionTemplate) -> None:
    progress = completeness(small, "ACHATS", {})

    assert (progress.done, progress.required, progress.is_complete) == (0, 7, False)
    assert progress.sections == (
        SectionProgress("team", 0, 4, SectionStatus.NOT_STARTED),
        SectionProgress("facts", 0, 3, SectionStatus.NOT_STARTED),
    )


def test_each_section_has_its_own_progress(small: EditionTemplate) -> None:
    answers = {**ACHATS, "story": ""}

    progress = completeness(small, "ACHATS", answers)

    assert progress.sections == (
        SectionProgress("team", 4, 4, SectionStatus.COMPLETE),
        SectionProgress("facts", 2, 3, SectionStatus.IN_PROGRESS),
    )


def test_a_wrong_answer_needs_attention(small: EditionTemplate) -> None:
    progress = completeness(small, "ACHATS", {**ACHATS, "inclusive_spend": "beaucoup"})

    assert progress.sections[1].status is SectionStatus.NEEDS_ATTENTION
    assert not progress.is_complete


def test_a_complete_form_is_complete(small: EditionTemplate) -> None:
    assert completeness(small, "ACHATS", ACHATS).is_complete


def test_the_partner_answers_apart(shipped: EditionTemplate) -> None:
    missing = check_submission(shipped, "PAR", {}, Filler.PARTNER)

    assert [each.code for each in missing] == [
        "partner_view",
        "partner_people",
        "partner_improvement",
        "partner_signatory",
        "partner_countersigns",
    ]


@given(
    st.dictionaries(
        st.sampled_from(list(ACHATS)),
        st.text() | st.lists(st.text()) | st.dictionaries(st.text(), st.text()) | st.none(),
    )
)
def test_nothing_that_is_sent_breaks_the_check(
    small: EditionTemplate, answers: dict[str, object]
) -> None:
    submission = check_submission(small, "ACHATS", answers)
    progress = completeness(small, "ACHATS", answers)

    assert {each.code for each in check_draft(small, "ACHATS", answers)} <= {
        each.code for each in submission
    }
    assert 0 <= progress.done <= progress.required
    assert progress.is_complete == (submission == ())
