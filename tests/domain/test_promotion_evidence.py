"""The evidence of a territory: sealed whole, and every change is seen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from domain.promotion_evidence import check_evidence, seal_of

MINUTES: dict[str, Any] = {"cycle": "2027:REG-84", "categories": [{"code": "QUA"}]}
EVIDENCE: dict[str, Any] = {
    "score": "72.50",
    "rank": 1,
    "readings": 3,
    "calendar_version": 2,
    "minutes": {"fingerprint": seal_of(MINUTES), "signed_at": "2027-10-08T10:00:00+00:00"},
}


def test_what_was_sealed_is_whole_whatever_the_order_of_its_keys() -> None:
    turned = dict(reversed(EVIDENCE.items()))

    assert check_evidence(turned, seal_of(EVIDENCE), MINUTES).holds


@given(some.sampled_from(sorted(EVIDENCE)), some.text(max_size=5))
def test_a_change_anywhere_breaks_the_seal(name: str, instead: str) -> None:
    changed = EVIDENCE | {name: {"fingerprint": instead} if name == "minutes" else instead}

    assert not check_evidence(changed, seal_of(EVIDENCE), MINUTES).is_whole


def test_minutes_that_changed_or_went_away_prove_nothing() -> None:
    seal = seal_of(EVIDENCE)

    assert not check_evidence(EVIDENCE, seal, MINUTES | {"summary": "Autre"}).holds
    assert not check_evidence(EVIDENCE, seal, None).holds
