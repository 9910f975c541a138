"""What a correction makes of a published palmarès: a new version, the former one untouched."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.corrections import (
    CorrectionAct,
    CorrectionKind,
    CorrectionStep,
    Signature,
    check_answerable,
    check_correctable,
    check_second_person,
)
from domain.palmares import (
    ERASED,
    Amendment,
    corrected,
    fingerprinted,
    masked,
    named_in,
    version_of,
)
from domain.phases import Phase
from domain.refusals import Refusal

AT = datetime(2027, 12, 1, 9, tzinfo=UTC)
REASON = "L’établissement était fermé."


def named(application: str) -> dict[str, Any]:
    return {
        "application": application,
        "company": f"Atelier {application}",
        "siret": "12345678200010",
        "siren": "123456782",
        "title": "Un tuteur",
        "summary": "Chacun a un tuteur.",
    }


def a_palmares() -> dict[str, Any]:
    return fingerprinted(
        {
            "cycle": "2027:REG-84",
            "categories": [
                {
                    "code": "QUA",
                    "laureate": named("one"),
                    "nominees": [named("two")],
                    "reason": "",
                    "has_withdrawn": False,
                },
                {
                    "code": "COL",
                    "laureate": None,
                    "nominees": [],
                    "reason": "Rien.",
                    "has_withdrawn": False,
                },
            ],
        }
    )


def amend(
    kind: CorrectionKind,
    application: str = "one",
    *,
    category: str = "QUA",
    named: dict[str, Any] | None = None,
    company: str = "",
) -> Amendment:
    return Amendment(kind, category, REASON, application, named=named, company=company)


REPLACED = amend(CorrectionKind.REPLACED, "three", named=named("three"))
EVERY = (
    amend(CorrectionKind.REMOVED),
    REPLACED,
    amend(CorrectionKind.RENAMED, company="Atelier Un"),
    amend(CorrectionKind.NOMINATED, "three", named=named("three")),
    amend(CorrectionKind.STRUCK, "two"),
    amend(CorrectionKind.ERASED),
)


@given(st.lists(st.sampled_from(EVERY), min_size=1, max_size=4))
def test_a_correction_adds_a_version_with_its_reason_and_changes_no_other(
    amendments: list[Amendment],
) -> None:
    document = a_palmares()
    for amendment in amendments:
        before = deepcopy(document)
        try:
            after = corrected(document, amendment, AT)
        except Refusal:
            continue

        assert document == before
        assert version_of(after) == version_of(document) + 1
        assert after["corrections"] == [
            *document.get("corrections", []),
            {
                "version": version_of(after),
                "at": AT.isoformat(),
                "kind": str(amendment.kind),
                "category": "QUA",
                "reason": REASON,
            },
        ]
        assert after == fingerprinted(after)
        assert after["categories"][1] == document["categories"][1]
        document = after


def test_a_trophy_that_is_withdrawn_leaves_its_reason_and_its_nominees() -> None:
    category = corrected(a_palmares(), amend(CorrectionKind.REMOVED), AT)["categories"][0]

    assert (category["laureate"], category["reason"]) == (None, REASON)
    assert category["nominees"] == [named("two")]


def test_a_nominee_who_becomes_laureate_is_no_longer_a_nominee() -> None:
    promoted = amend(CorrectionKind.REPLACED, "two", named=named("two"))

    category = corrected(a_palmares(), promoted, AT)["categories"][0]

    assert (category["laureate"], category["nominees"]) == (named("two"), [])


@pytest.mark.parametrize(
    ("amendment", "winner"),
    [
        pytest.param(amend(CorrectionKind.REMOVED), None, id="the trophy is withdrawn"),
        pytest.param(REPLACED, None, id="somebody else has the trophy"),
        pytest.param(amend(CorrectionKind.RENAMED, company="Un"), "Un", id="another name"),
        pytest.param(amend(CorrectionKind.ERASED), ERASED, id="an erased name"),
        pytest.param(amend(CorrectionKind.STRUCK, "two"), "Atelier one", id="another file"),
    ],
)
def test_a_special_prize_follows_the_trophy_of_its_laureate(
    amendment: Amendment, winner: str | None
) -> None:
    prize = {"code": "GPJ", "laureate": named("one"), "reason": "Le jury l'a choisi."}

    after = corrected(a_palmares() | {"prizes": [prize]}, amendment, AT)

    [kept] = after["prizes"]
    assert (kept["laureate"] and kept["laureate"]["company"]) == winner


def test_a_correction_is_undone_by_another() -> None:
    back = amend(CorrectionKind.REPLACED, "one", named=named("one"))

    after = corrected(corrected(a_palmares(), REPLACED, AT), back, AT)

    assert after["categories"] == a_palmares()["categories"]
    assert version_of(after) == 3


@pytest.mark.parametrize(
    ("amendment", "sentence"),
    [
        pytest.param(
            amend(CorrectionKind.REMOVED, "two"), "ne dit pas cela", id="not the laureate"
        ),
        pytest.param(amend(CorrectionKind.STRUCK, "one"), "ne dit pas cela", id="not a nominee"),
        pytest.param(amend(CorrectionKind.ERASED, "nine"), "ne dit pas cela", id="nobody"),
        pytest.param(
            amend(CorrectionKind.REMOVED, category="XXX"), "ne dit pas cela", id="no category"
        ),
        pytest.param(amend(CorrectionKind.RENAMED), "ne changerait rien", id="the same name"),
        pytest.param(
            amend(CorrectionKind.NOMINATED, "two", named=named("two")),
            "ne changerait rien",
            id="a nominee already",
        ),
        pytest.param(
            amend(CorrectionKind.REPLACED, "three"), "Choisissez un dossier", id="no file"
        ),
    ],
)
def test_what_the_palmares_does_not_say_is_not_corrected(
    amendment: Amendment, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        corrected(a_palmares(), amendment, AT)


def test_an_erased_name_is_read_in_no_version_and_never_comes_back() -> None:
    erased = corrected(a_palmares(), amend(CorrectionKind.ERASED), AT)
    kept = masked(a_palmares(), "one", AT + timedelta(days=1))

    assert "Atelier one" not in str([erased, kept])
    assert {each["categories"][0]["laureate"]["company"] for each in (erased, kept)} == {ERASED}
    assert kept["fingerprint_before_erasure"] == a_palmares()["fingerprint"]
    with pytest.raises(Refusal, match="il ne revient pas"):
        corrected(erased, amend(CorrectionKind.RENAMED, company="Atelier one"), AT)


def test_a_version_that_never_named_a_file_is_left_as_it_was() -> None:
    assert masked(a_palmares(), "nine", AT) == a_palmares()
    assert named_in(a_palmares(), "nine") is None


@pytest.mark.parametrize(
    "phase", [each for each in Phase if each not in {Phase.PUBLISHED, Phase.CLOSED}]
)
def test_what_nobody_has_read_is_not_corrected(phase: Phase) -> None:
    with pytest.raises(Refusal, match="Seul un palmarès publié"):
        check_correctable(phase)


def test_who_proposes_does_not_confirm_but_may_take_it_back() -> None:
    alone = Signature("olivia", "olivia")

    check_second_person(CorrectionAct.DISMISS, alone)
    check_second_person(CorrectionAct.CONFIRM, Signature("olivia", "omar"))
    with pytest.raises(Refusal, match="une autre personne"):
        check_second_person(CorrectionAct.CONFIRM, alone)


@pytest.mark.parametrize(
    "step", [each for each in CorrectionStep if each is not CorrectionStep.PROPOSED]
)
def test_a_correction_is_answered_once(step: CorrectionStep) -> None:
    with pytest.raises(Refusal, match="n'attend plus de réponse"):
        check_answerable(step)
