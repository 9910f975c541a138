"""The document of a palmarès, and what a correction makes of it; neither is ever changed in place."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from domain.corrections import CorrectionKind
from domain.refusals import N_, Refusal

Document = dict[str, Any]

FIRST = 1
NOT_THERE = N_("Le palmarès publié ne dit pas cela : rechargez la page pour voir où il en est.")
_SAME = N_("Cette correction ne changerait rien au palmarès.")
# Said in the data, in French; pages say it in the language of their reader.
ERASED = "(nom effacé)"
_ERASED_FIELDS = {"company": ERASED, "siret": "", "siren": "", "title": "", "summary": ""}


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction, as it applies: the file that it is about, and the one that takes its place."""

    kind: CorrectionKind
    category: str
    reason: str
    application: str = ""
    named: Mapping[str, Any] | None = None
    company: str = ""
    title: str = ""


def fingerprinted(document: Mapping[str, Any]) -> Document:
    """The document with the SHA-256 of everything else that it says."""
    bare = {name: value for name, value in document.items() if name != "fingerprint"}
    canonical = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return bare | {"fingerprint": sha256(canonical.encode()).hexdigest()}


def version_of(document: Mapping[str, Any]) -> int:
    """The version of a document; those of before corrections are the first."""
    return int(document.get("version", FIRST))


def corrected(document: Mapping[str, Any], amendment: Amendment, at: datetime) -> Document:
    """The next version, with what was corrected, when and why; refuses what the document denies."""
    after = deepcopy(dict(document))
    category = _category(after, amendment.category)
    before = deepcopy(category)
    _APPLIED[amendment.kind](category, amendment)
    if category == before:
        raise Refusal(_SAME)
    _follow_in_prizes(after)
    version = version_of(document) + 1
    notice = {
        "version": version,
        "at": at.isoformat(),
        "kind": str(amendment.kind),
        "category": amendment.category,
        "reason": amendment.reason,
    }
    return fingerprinted(
        after | {"version": version, "corrections": [*document.get("corrections", ()), notice]}
    )


def masked(document: Mapping[str, Any], application: str, at: datetime) -> Document:
    """A version that is kept, without the name of a file; the print that it had stays said."""
    after = deepcopy(dict(document))
    for category in after["categories"]:
        for named in _named_in(category):
            if named["application"] == application:
                named.update(_ERASED_FIELDS)
    _follow_in_prizes(after)
    if after == document:
        return after
    was = document.get("fingerprint_before_erasure", document.get("fingerprint", ""))
    return fingerprinted(after | {"erased_at": at.isoformat(), "fingerprint_before_erasure": was})


def named_in(document: Mapping[str, Any], application: str) -> Mapping[str, Any] | None:
    """What a palmarès says of a file, if it names it."""
    found = (
        named
        for category in document["categories"]
        for named in _named_in(category)
        if named["application"] == application
    )
    return next(found, None)


def _follow_in_prizes(document: Document) -> None:
    """A special prize is a laureate's: it says the same of it, and goes with the trophy that it loses."""
    laureates = {
        category["laureate"]["application"]: category["laureate"]
        for category in document["categories"]
        if category.get("laureate")
    }
    for prize in document.get("prizes", ()):
        if prize.get("laureate"):
            prize["laureate"] = deepcopy(laureates.get(prize["laureate"]["application"]))


def _category(document: Document, code: str) -> Document:
    for category in document["categories"]:
        if category["code"] == code:
            return category
    raise Refusal(NOT_THERE)


def _named_in(category: Document) -> list[Document]:
    laureate = category.get("laureate")
    return [*([laureate] if laureate else []), *category.get("nominees", ())]


def _the_named(category: Document, application: str) -> Document:
    for named in _named_in(category):
        if named["application"] == application:
            return named
    raise Refusal(NOT_THERE)


def _remove(category: Document, amendment: Amendment) -> None:
    laureate = category.get("laureate")
    if not laureate or laureate["application"] != amendment.application:
        raise Refusal(NOT_THERE)
    category.update(laureate=None, reason=amendment.reason, has_withdrawn=False)


def _replace(category: Document, amendment: Amendment) -> None:
    named = _other(amendment)
    nominees = [
        each for each in category.get("nominees", ()) if each["application"] != named["application"]
    ]
    category.update(laureate=named, nominees=nominees, reason="", has_withdrawn=False)


def _rename(category: Document, amendment: Amendment) -> None:
    named = _the_named(category, amendment.application)
    if named["company"] == ERASED:
        raise Refusal(N_("Ce nom a été effacé : il ne revient pas."))
    named.update(
        company=amendment.company or named["company"], title=amendment.title or named["title"]
    )


def _nominate(category: Document, amendment: Amendment) -> None:
    named = _other(amendment)
    if any(each["application"] == named["application"] for each in _named_in(category)):
        raise Refusal(_SAME)
    category["nominees"] = [*category.get("nominees", ()), named]


def _strike(category: Document, amendment: Amendment) -> None:
    nominees = category.get("nominees", [])
    kept = [each for each in nominees if each["application"] != amendment.application]
    if len(kept) == len(nominees):
        raise Refusal(NOT_THERE)
    category["nominees"] = kept


def _erase(category: Document, amendment: Amendment) -> None:
    _the_named(category, amendment.application).update(_ERASED_FIELDS)


def _other(amendment: Amendment) -> Document:
    if amendment.named is None:
        raise Refusal(N_("Choisissez un dossier recevable, classé, et qui peut être distingué."))
    return dict(amendment.named)


_APPLIED = {
    CorrectionKind.REMOVED: _remove,
    CorrectionKind.REPLACED: _replace,
    CorrectionKind.RENAMED: _rename,
    CorrectionKind.NOMINATED: _nominate,
    CorrectionKind.STRUCK: _strike,
    CorrectionKind.ERASED: _erase,
}
