"""What ties a person to a candidate, as the rules find it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.applications import Status
from domain.conflicts import (
    CERTAIN,
    NOT_NOW,
    PUBLIC_DOMAINS,
    Candidate,
    Detected,
    Sign,
    Signs,
    Source,
    Standing,
    Tie,
    TieKind,
    check_dismissal,
    check_naming,
    detect,
    private_domain,
    signs_of,
)
from domain.phases import ORDER, Phase
from domain.refusals import Refusal

YEAR = 2027
CAP = Candidate("552100554", "Ateliers  CAP", frozenset({"ateliers-cap.example"}))


@pytest.mark.parametrize(
    ("siren", "email", "ties", "found"),
    [
        ("552100554", "", (), Detected(TieKind.EMPLOYER, Sign.SAME_SIREN)),
        (
            "",
            "ana@ateliers-cap.example",
            (),
            Detected(TieKind.EMPLOYER, Sign.MAIL_DOMAIN),
        ),
        (
            "",
            "",
            (Tie(TieKind.BUSINESS, "CAP", "552100554"),),
            Detected(TieKind.BUSINESS, Sign.DECLARED_TIE),
        ),
        (
            "",
            "",
            (Tie(TieKind.GROUP, "ateliers cap"),),
            Detected(TieKind.GROUP, Sign.DECLARED_TIE),
        ),
        (
            "",
            "",
            (Tie(TieKind.FORMER_EMPLOYER, "Ateliers Cap", "", 2024),),
            Detected(TieKind.FORMER_EMPLOYER, Sign.DECLARED_TIE),
        ),
        ("", "", (Tie(TieKind.FORMER_EMPLOYER, "Ateliers Cap", "", 2023),), None),
        ("443061841", "ana@ailleurs.example", (Tie(TieKind.BUSINESS, "Autre"),), None),
        ("", "", (), None),
    ],
    ids=[
        "same siren",
        "same mail domain",
        "declared by siren",
        "declared by name",
        "former employer three years ago",
        "former employer four years ago",
        "nothing in common",
        "nothing known",
    ],
)
def test_a_tie_is_found_by_its_surest_sign(
    siren: str, email: str, ties: tuple[Tie, ...], found: Detected | None
) -> None:
    assert detect(signs_of(siren, email, ties, YEAR), CAP) == found


@given(st.sampled_from(sorted(PUBLIC_DOMAINS)), st.sampled_from(["", "552100554"]))
def test_two_addresses_at_a_public_provider_have_nothing_in_common(domain: str, siren: str) -> None:
    candidate = Candidate(siren, "Ateliers CAP", frozenset({domain}))

    assert detect(signs_of("", f"ana@{domain.upper()}", (), YEAR), candidate) is None
    assert private_domain(f"ana@{domain}") == ""


@given(st.builds(Candidate, st.sampled_from(["", "552100554"]), st.sampled_from(["", "A"])))
def test_what_is_not_known_ties_nobody(candidate: Candidate) -> None:
    assert detect(Signs(), candidate) is None


def test_only_the_number_of_the_register_leaves_no_doubt() -> None:
    standings = {sign: Detected(TieKind.EMPLOYER, sign).standing for sign in Sign}

    assert standings == {
        Sign.SAME_SIREN: Standing.CONFIRMED,
        Sign.MAIL_DOMAIN: Standing.SUSPECTED,
        Sign.DECLARED_TIE: Standing.SUSPECTED,
    }


@pytest.mark.parametrize(
    ("source", "sign"),
    [(Source.JUROR, ""), (Source.BELOW, ""), (Source.DETECTED, Sign.SAME_SIREN)],
)
def test_what_is_certain_is_not_put_aside(source: Source, sign: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_dismissal(source, sign)

    assert refusal.value.sentence == CERTAIN


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("status", Status)
def test_a_company_names_a_juror_once_it_has_sent_and_until_files_are_dealt(
    phase: Phase, status: Status
) -> None:
    sent = status in {Status.SUBMITTED, Status.COMPLEMENTS, Status.ADMITTED}
    if sent and phase in ORDER[:3]:
        check_naming(phase, status)
        return

    with pytest.raises(Refusal) as refusal:
        check_naming(phase, status)

    assert refusal.value.sentence == NOT_NOW
