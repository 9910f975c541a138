"""Erasing a person: what must be settled first, and how words lose a name and keep the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from domain.refusals import N_

# What stands where a name or an address stood: a sign, read alike in every language.
GONE = "…"
# The keys of one person share what comes before: contact_email, contact_name, contact_phone.
ADDRESS = "email"
OF_THE_SAME = ("name", "phone", "mobile", "function", "role", "title")
NOWHERE = "erased.invalid"


class Hold(StrEnum):
    """Why somebody cannot be erased yet: others count on them, and would be left without."""

    ORGANISES = "organises"
    JUDGES = "judges"
    HEADS = "heads"
    APPLIES = "applies"


HOLDS: Mapping[Hold, str] = {
    Hold.ORGANISES: N_(
        "Vous organisez des trophées : demandez d’abord que ce droit passe à quelqu’un d’autre."
    ),
    Hold.JUDGES: N_(
        "Vous êtes d’un jury dont le palmarès n’est pas publié : retirez-vous d’abord, ou attendez sa publication."
    ),
    Hold.HEADS: N_(
        "Vous dirigez une entreprise signataire de la charte : passez d’abord votre rôle à une autre personne."
    ),
    Hold.APPLIES: N_(
        "Vous êtes la seule personne d’une candidature en cours : ajoutez un collègue, ou retirez-la d’abord."
    ),
}


@dataclass(frozen=True, slots=True)
class Names:
    """How a person is named in what others and they wrote: their address, and their whole name."""

    address: str
    name: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What to look for; a single word is too common to be somebody's name."""
        return (self.address, self.name) if " " in self.name.strip() else (self.address,)


def nowhere(person_id: UUID) -> str:
    """The address of somebody who has none any more; no letter leaves for it (RFC 2606)."""
    return f"{person_id.hex}@{NOWHERE}"


def is_nowhere(address: str) -> bool:
    """Whether nothing may be sent there."""
    return address.endswith(f"@{NOWHERE}")


def scrubbed(said: Any, names: Names) -> Any:  # noqa: ANN401  (a document of any shape)
    """The same document without that person: same shape, same keys, everything else untouched."""
    return _scrub(said, _pattern(names.words), names.address.casefold())


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    spaced = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", re.IGNORECASE)


def _scrub(said: object, pattern: re.Pattern[str], address: str) -> object:
    if isinstance(said, str):
        return pattern.sub(GONE, said)
    if isinstance(said, Mapping):
        keyed = cast("Mapping[str, object]", said)
        theirs = _theirs(keyed, address)
        return {
            key: _emptied(value) if key in theirs else _scrub(value, pattern, address)
            for key, value in keyed.items()
        }
    if isinstance(said, Sequence):
        return [_scrub(each, pattern, address) for each in cast("Sequence[object]", said)]
    return said


def _theirs(said: Mapping[str, object], address: str) -> set[str]:
    """The keys that tell of the person whose address stands beside them."""
    prefixes = {
        key.removesuffix(ADDRESS)
        for key, value in said.items()
        if key.endswith(ADDRESS) and isinstance(value, str) and value.casefold() == address
    }
    return {f"{prefix}{part}" for prefix in prefixes for part in OF_THE_SAME} & said.keys()


def _emptied(value: object) -> object:
    return "" if isinstance(value, str) else value
