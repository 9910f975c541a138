"""The story is sound: every company can submit, and every letter is known by its subject."""

from pathlib import Path

import pytest
import yaml

from demo.cast import Company, Part, the_cast
from demo.kinds import SUBJECTS, kind_of
from domain.edition_parsing import edition_from
from domain.form import check_submission
from embedded.registry.application import catalogue

ROOT = Path(__file__).resolve().parents[2]
CAST = the_cast()
TEMPLATE = edition_from(
    yaml.safe_load((ROOT / "data/editions/trophees-insertion-v1.yaml").read_text("utf-8"))
)


@pytest.mark.parametrize("company", CAST.companies, ids=lambda company: company.code)
def test_the_application_of_every_company_is_complete(company: Company) -> None:
    asked = {
        question.code
        for section in TEMPLATE.sections_for(company.category)
        for question in section.questions
    }
    answers = {code: answer for code, answer in company.answers.items() if code in asked}

    assert check_submission(TEMPLATE, company.category, answers) == ()
    assert set(company.answers) - asked - {"shared_tools"} == set()


@pytest.mark.parametrize("company", CAST.companies, ids=lambda company: company.code)
def test_the_register_stand_in_knows_every_company_by_the_same_name(company: Company) -> None:
    known = {each.siret: each.name for each in catalogue().companies}

    assert known[company.siret].replace("'", "\u2019") == f"{company.name} (exemple)"


def test_there_are_enough_companies_jurors_and_turns_of_fate() -> None:
    submitted = [each for each in CAST.companies if each.part is not Part.FORGETS]

    assert len(submitted) >= 12
    assert {each.category for each in submitted} == {"CLA", "PAR", "QUA", "INN", "COL"}
    assert {each.part for each in CAST.companies} == set(Part)
    assert (len(CAST.jurors), len(CAST.reserve)) == (6, 2)


def test_addresses_are_each_of_one_person() -> None:
    people = [each.contact.email for each in CAST.companies]
    people += [each.person.email for each in (*CAST.jurors, *CAST.reserve, CAST.chair)]

    assert len(people) == len(set(people))
    assert all(address.endswith(".example") for address in people)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Votre candidature est recevable (n°\u00a02027:REG-53-ABCD-EFGH)", "application_admitted"),
        ("Jury\u00a0: 5 candidatures à noter au plus tard le lundi 3 mai", "jury_cards_to_score"),
        ("Jury\u00a0: une candidature à noter au plus tard le lundi 3 mai", "jury_cards_to_score"),
        ("Jury\u00a0: une candidature de plus à noter", "jury_card_added"),
        ("Invitation à présider le jury\u00a0: Bretagne", "juror_invitation"),
        ("Votre candidature n\u2019a pas été envoyée", "draft_lapsed"),
        ("Soldes", "unknown"),
    ],
)
def test_a_letter_is_known_by_its_subject(subject: str, kind: str) -> None:
    assert kind_of(subject) == kind


def test_every_kind_of_letter_has_its_templates() -> None:
    folders = {path.parent.name for path in (ROOT / "templates/emails").glob("*/subject.txt")}

    assert set(SUBJECTS) == folders
