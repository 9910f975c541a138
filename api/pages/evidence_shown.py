"""The sealed evidence of a territory, in rows that people read."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from api.screen import Screen
from domain.judging import Category
from domain.refusals import N_
from wording.typography import instant, number

LABELS = {
    "score": N_("Note du jury du territoire, sur 100"),
    "rank": N_("Rang dans la catégorie"),
    "readings": N_("Nombre de lectures"),
    "spread": N_("Écart entre les jurés"),
    "calendar_version": N_("Version du calendrier"),
    "minutes": N_("Procès-verbal"),
    "file": N_("Version du dossier jugée"),
}
SIGNED = N_("signé le %(instant)s, empreinte %(fingerprint)s")
AMONG = N_("%(rank)s sur %(ranked)s")
SENT = N_("version %(version)s, empreinte %(fingerprint)s")


def evidence_rows(
    screen: Screen, evidence: Mapping[str, Any], category: Category
) -> tuple[tuple[str, str], ...]:
    """Label and value of everything that was sealed, the mean of each criterion last."""
    minutes = evidence["minutes"]
    criteria = {each.code: each.name.in_(screen.language) for each in category.criteria}
    said = {
        "score": _number(screen, evidence["score"]),
        "rank": screen.say(AMONG, rank=evidence["rank"], ranked=evidence["ranked"]),
        "readings": str(evidence["readings"]),
        "spread": _number(screen, evidence["spread"]),
        "file": screen.say(
            SENT, version=evidence["version"], fingerprint=evidence["file_fingerprint"][:16]
        ),
        "calendar_version": str(evidence["calendar_version"]),
        "minutes": screen.say(
            SIGNED,
            instant=_instant(screen, minutes["signed_at"]),
            fingerprint=minutes["fingerprint"],
        ),
    }
    rows = [(screen.say(LABELS[name]), value) for name, value in said.items()]
    means = [
        (criteria.get(str(code), str(code)), _number(screen, mean))
        for code, mean in evidence["criteria"].items()
    ]
    return (*rows, *means)


def _number(screen: Screen, said: str | None) -> str:
    return "–" if said is None else number(Decimal(said), 2, language=screen.language)


def _instant(screen: Screen, said: str) -> str:
    return instant(datetime.fromisoformat(said), language=screen.language)
