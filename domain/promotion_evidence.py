"""What a territory proved about a file that goes up: sealed, with a fingerprint over all of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """What a verification found; minutes that are not there any more prove nothing."""

    is_whole: bool
    has_its_minutes: bool

    @property
    def holds(self) -> bool:
        """Whether everything is as it was sealed."""
        return self.is_whole and self.has_its_minutes


def seal_of(document: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of a document: the same however its keys are ordered."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def check_evidence(
    evidence: Mapping[str, Any], fingerprint: str, minutes: Mapping[str, Any] | None
) -> EvidenceCheck:
    """Whether the evidence is as it was sealed, and the minutes that it names are as they were signed."""
    named = evidence.get("minutes", {}).get("fingerprint", "")
    return EvidenceCheck(
        is_whole=seal_of(evidence) == fingerprint,
        has_its_minutes=minutes is not None and seal_of(minutes) == named,
    )
