from dataclasses import replace
from datetime import date

import pytest

from domain.charter.attestation import Bearer, attestation_of, is_valid
from domain.charter.document import CharterDocument
from domain.charter.states import State

DAY = date(2028, 5, 1)
BEARER = Bearer("Ateliers Dupont", "123456782", date(2026, 9, 15), State.ACTIVE, date(2026, 9, 15))
IS_SIGNATORY = (
    "Ateliers Dupont, SIREN 123\u00a0456\u00a0782, est signataire de la Charte des engagements "
    "volontaires d’insertion depuis le 15\u00a0septembre 2026\u202f; situation au 1er\u00a0mai 2028\u00a0: "
)
IS_NOT = (
    "Ateliers Dupont, SIREN 123\u00a0456\u00a0782, n’est plus signataire de la Charte des engagements "
    "volontaires d’insertion\u202f; situation au 1er\u00a0mai 2028\u00a0: "
)
CLAIM = "Engagement volontaire déclaratif\u202f; ne constitue ni une certification ni un label."
NOT_VALID = "Cette attestation n’est pas valable."


def said(charter: CharterDocument, state: State, language: str = "fr", **changed: object) -> str:
    bearer = replace(BEARER, state=state, since_state=date(2028, 4, 3), **changed)
    attestation = attestation_of(charter, bearer, DAY)
    assert attestation is not None
    return attestation.in_(language)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.ACTIVE, f"{IS_SIGNATORY}à jour. {CLAIM}"),
        (State.TO_COMPLETE, f"{IS_SIGNATORY}à jour. {CLAIM}"),
        (State.UNREPORTED, f"{IS_SIGNATORY}bilan non transmis. {NOT_VALID}"),
        (State.SUSPENDED, f"{IS_SIGNATORY}adhésion suspendue. {NOT_VALID}"),
        (
            State.EXPIRED,
            f"{IS_SIGNATORY}adhésion échue, renouvellement attendu. {NOT_VALID}",
        ),
        (State.CEASED, f"{IS_SIGNATORY}établissement fermé. {NOT_VALID}"),
        (State.REMOVED, f"{IS_NOT}radiée le 3\u00a0avril 2028. {NOT_VALID}"),
        (State.WITHDRAWN, f"{IS_NOT}retrait volontaire le 3\u00a0avril 2028. {NOT_VALID}"),
        (State.FORMER, f"{IS_NOT}ancienne signataire. {NOT_VALID}"),
    ],
)
def test_the_attestation_says_the_state_at_the_moment_of_reading(
    charter: CharterDocument, state: State, sentence: str
) -> None:
    assert said(charter, state) == sentence


def test_the_attestation_says_the_same_in_english(charter: CharterDocument) -> None:
    assert said(charter, State.ACTIVE, "en") == (
        "Ateliers Dupont, SIREN 123\u00a0456\u00a0782, has been a signatory of the Charter of voluntary "
        "insertion commitments since 15\u00a0September 2026; situation on 1\u00a0May 2028: in good "
        "standing. A voluntary, self-declared commitment; it is neither a certification nor a label."
    )


def test_leaving_does_not_erase_a_report_that_was_due(charter: CharterDocument) -> None:
    sentence = said(charter, State.WITHDRAWN, left_without_report=True)

    assert sentence == f"{IS_NOT}retrait le 3\u00a0avril 2028, bilan non transmis. {NOT_VALID}"


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.FILED, State.COMPLEMENTS, State.ABANDONED, State.REFUSED]
)
def test_nothing_is_said_of_who_never_was_a_signatory(
    charter: CharterDocument, state: State
) -> None:
    assert attestation_of(charter, replace(BEARER, state=state), DAY) is None


def test_an_attestation_is_valid_in_two_states_only() -> None:
    assert {state for state in State if is_valid(state)} == {State.ACTIVE, State.TO_COMPLETE}


def test_the_name_of_a_company_is_only_a_name(charter: CharterDocument) -> None:
    sentence = said(charter, State.ACTIVE, company="100 % {siren} %(day)s")

    assert sentence.startswith("100 % {siren} %(day)s, SIREN 123")


def test_a_scheme_takes_the_place_of_the_disclaimer(charter: CharterDocument) -> None:
    recognised = replace(charter, certification_scheme="RFAR")

    attestation = attestation_of(recognised, BEARER, DAY)

    assert attestation is not None
    assert attestation.notice.fr == "Engagement volontaire suivi dans le cadre de\u00a0: RFAR."
