"""The letters about the charter, where one word more or less would be wrong."""

import pytest

from activities.letters.rendering import Writer
from activities.letters.samples import SAMPLES
from settings import Settings

WRITER = Writer(Settings(base_url="https://trophees.example/"))
TO_THE_COMPANY = (
    "charter_alert_to_answer",
    "charter_alert_reply_reminder",
    "charter_alert_decided",
)
WITH_A_DEADLINE = {
    "charter_window_open": "vendredi 30 avril 2027 à 18 h 00, heure de Paris (20 h 00",
    "charter_complements_requested": "lundi 12 octobre 2026 à 18 h 00, heure de Paris (20 h 00",
    "charter_formal_notice": "mardi 2 novembre 2027 à 18 h 00, heure de Paris (21 h 00",
    "charter_removed": "jeudi 2 décembre 2027 à 18 h 00, heure de Paris (21 h 00",
    "charter_alert_to_answer": "mardi 18 mai 2027 à 18 h 00, heure de Paris (20 h 00",
}


def read(kind: str, language: str = "fr", **facts: object) -> str:
    """The subject and the text of a letter, on one line, with plain spaces."""
    written = WRITER.write(kind, language, "Camille Robin", SAMPLES[kind][0] | facts)
    return " ".join(f"{written.subject} {written.text}".split())


@pytest.mark.parametrize("kind", [kind for kind in SAMPLES if kind.startswith("charter_")])
def test_a_letter_names_the_company_and_speaks_for_the_charter(kind: str) -> None:
    said = read(kind)

    assert "Atelier Bois & Métal" in said
    assert "L’équipe de la Charte des engagements volontaires d’insertion" in said


@pytest.mark.parametrize(("kind", "instant"), WITH_A_DEADLINE.items())
def test_what_is_due_says_the_hour_of_paris_and_that_of_the_company(
    kind: str, instant: str
) -> None:
    assert instant in read(kind)


@pytest.mark.parametrize(
    ("company", "said"),
    [
        ("Atelier Bois", "l’adhésion d’Atelier Bois"),
        ("Élan", "l’adhésion d’Élan"),
        ("Menuiserie Bois", "l’adhésion de Menuiserie Bois"),
        ("Hermine", "l’adhésion de Hermine"),
        ("3 Rives", "l’adhésion de 3 Rives"),
    ],
)
def test_a_name_is_joined_as_french_wants_it(company: str, said: str) -> None:
    assert said in read("charter_abandoned", company=company)
    assert f"The file of {company} to join" in read("charter_abandoned", "en", company=company)


def test_a_civil_day_is_read_in_words() -> None:
    said = read("charter_accepted", accepted_on="2026-10-01")

    assert "Signataire depuis le : jeudi 1er octobre 2026" in said


def test_the_formal_notice_says_what_ends_the_adherence_and_what_saves_it() -> None:
    said = read("charter_formal_notice")

    assert "Sans bilan à cet instant, l’adhésion est radiée le jour même." in said
    assert "Un bilan remis d’ici là arrête tout" in said


def test_a_miss_during_a_suspension_announces_no_date_that_will_not_come() -> None:
    for kind in ("charter_report_missed", "charter_missed_notice", "charter_formal_notice"):
        said = read(kind, removal_until=None)

        assert "suspendue" in said
        assert "2 novembre" not in said


def test_no_letter_asks_a_company_to_file_for_bankruptcy() -> None:
    """« Déposer le bilan » is what a company does before the court when it cannot pay any more."""
    for kind in SAMPLES:
        for facts in SAMPLES[kind]:
            said = WRITER.write(kind, "fr", "", facts).text.lower()

            assert "déposer le bilan" not in said
            assert "déposez le bilan" not in said


@pytest.mark.parametrize("kind", TO_THE_COMPANY)
def test_a_company_never_reads_who_complained(kind: str) -> None:
    said = read(kind, author="Lou Martin", author_email="lou@ailleurs.example")

    assert "Lou Martin" not in said
    assert "ailleurs.example" not in said


@pytest.mark.parametrize(
    ("level", "said"),
    [("declaratif", "« déclaratif »"), ("justifie", "« justifié »"), ("atteste", "« attesté »")],
)
def test_codes_are_said_in_words(level: str, said: str) -> None:
    letter = read("charter_report_accepted", level=level, state="sans_bilan")

    assert said in letter
    assert "« Bilan non transmis »" in letter
