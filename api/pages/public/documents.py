"""A published palmarès, as its document tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.corrections import PUBLIC_NAMES, CorrectionKind
from domain.palmares import ERASED, FIRST, version_of
from domain.refusals import N_
from domain.texts import Text


@dataclass(frozen=True, slots=True)
class Named:
    """A company that a palmarès names."""

    application: str
    company: str
    siret: str
    siren: str
    title: str
    summary: str

    @property
    def is_erased(self) -> bool:
        """Whether its name was erased, at somebody's request."""
        return self.company == ERASED


@dataclass(frozen=True, slots=True)
class PublishedCategory:
    """A category: its laureate, its nominees, or why the trophy was not awarded."""

    code: str
    name: Text
    laureate: Named | None
    nominees: tuple[Named, ...]
    reason: str
    has_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction, as the public reads it: what, where, when and why."""

    version: int
    at: datetime
    what: str
    category: Text
    reason: str


@dataclass(frozen=True, slots=True)
class PublishedPalmares:
    """What the public reads of a cycle."""

    code: str
    name: str
    territory: str
    year: int
    published_at: datetime
    categories: tuple[PublishedCategory, ...]
    fingerprint: str
    version: int = FIRST
    notices: tuple[Notice, ...] = ()
    erased_at: datetime | None = None
    prizes: tuple[PublishedCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Distinction:
    """One line of the open data."""

    category: PublishedCategory
    kind: str
    named: Named


LAUREATE = "laureate"
NOMINEE = "nominee"
KINDS = {LAUREATE: N_("Lauréat"), NOMINEE: N_("Nommé")}


def palmares_in(document: Mapping[str, Any]) -> PublishedPalmares:
    """Read a published document, whatever version of us wrote it."""
    categories = tuple(map(_category, document["categories"]))
    erased_at = document.get("erased_at")
    return PublishedPalmares(
        code=document["cycle"],
        name=document["name"],
        territory=document["territory"],
        year=document["year"],
        published_at=datetime.fromisoformat(document["published_at"]),
        categories=categories,
        fingerprint=document.get("fingerprint", ""),
        version=version_of(document),
        notices=_notices(document, {each.code: each.name for each in categories}),
        erased_at=datetime.fromisoformat(erased_at) if erased_at else None,
        prizes=tuple(map(_category, document.get("prizes", ()))),
    )


def distinctions(palmares: PublishedPalmares) -> Iterator[Distinction]:
    """Every company named, the laureate of a category before its nominees."""
    for category in (*palmares.prizes, *palmares.categories):
        if category.laureate:
            yield Distinction(category, LAUREATE, category.laureate)
        for nominee in category.nominees:
            yield Distinction(category, NOMINEE, nominee)


def _notices(document: Mapping[str, Any], names: Mapping[str, Text]) -> tuple[Notice, ...]:
    """The corrections that led to this version, the latest first."""
    return tuple(
        Notice(
            version=said["version"],
            at=datetime.fromisoformat(said["at"]),
            what=PUBLIC_NAMES[CorrectionKind(said["kind"])],
            category=names[said["category"]],
            reason=said["reason"],
        )
        for said in reversed(document.get("corrections", ()))
    )


def _category(said: Mapping[str, Any]) -> PublishedCategory:
    laureate = said.get("laureate")
    return PublishedCategory(
        code=said["code"],
        name=Text(said["name"]["fr"], said["name"]["en"]),
        laureate=_named(laureate) if laureate else None,
        nominees=tuple(map(_named, said.get("nominees", ()))),
        reason=said.get("reason", ""),
        has_withdrawn=bool(said.get("has_withdrawn")),
    )


def _named(said: Mapping[str, Any]) -> Named:
    return Named(
        application=str(said.get("application", "")),
        company=said["company"],
        siret=said["siret"],
        siren=said["siren"],
        title=said.get("title", ""),
        summary=said.get("summary", ""),
    )
