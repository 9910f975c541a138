"""What the public register of companies says of an establishment."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

MASKED = "[NON-DIFFUSIBLE]"


@dataclass(frozen=True, slots=True)
class RegistryFacts:
    """What the register said; when it could not be asked, only what the company typed.

    ``found``: the register knows the SIRET. ``verified``: the facts are the register's, nobody
    typed them. ``answered``: it was reached, so that "not found" is its answer and not a silence.
    """

    found: bool
    verified: bool
    active: bool | None = None
    created_on: date | None = None
    name: str = ""
    commune: str = ""
    city: str = ""
    department: str = ""
    region: str = ""
    size_code: str = ""
    activity: str = ""
    legal_form: str = ""
    company_size: str = ""
    siae_types: tuple[str, ...] = ()
    is_association: bool = False
    insolvency: str = ""
    answered: bool = True

    def to_document(self) -> dict[str, Any]:
        """The facts as JSON keeps them."""
        return asdict(self) | {
            "created_on": self.created_on.isoformat() if self.created_on else None,
            "siae_types": list(self.siae_types),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "RegistryFacts":
        """The facts of a row, whatever version of us wrote it."""
        return cls(
            found=document.get("found") is True,
            verified=document.get("verified") is True,
            active=_flag(document, "active"),
            created_on=day_in(document.get("created_on")),
            name=text_in(document.get("name")),
            commune=text_in(document.get("commune")),
            city=text_in(document.get("city")),
            department=text_in(document.get("department")),
            region=text_in(document.get("region")),
            size_code=text_in(document.get("size_code")),
            activity=text_in(document.get("activity")),
            legal_form=text_in(document.get("legal_form")),
            company_size=text_in(document.get("company_size")),
            siae_types=texts_in(document.get("siae_types")),
            is_association=document.get("is_association") is True,
            insolvency=text_in(document.get("insolvency")),
            answered=document.get("answered") is not False,
        )


UNREACHABLE = RegistryFacts(found=False, verified=False, answered=False)
UNKNOWN = RegistryFacts(found=False, verified=False)


def day_in(value: object) -> date | None:
    """The civil day written there, if one is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def text_in(value: object) -> str:
    """The text written there; the register's mask is no text, and nobody may see it."""
    return value.strip() if isinstance(value, str) and MASKED not in value else ""


def texts_in(value: object) -> tuple[str, ...]:
    """The texts of a list."""
    items = cast("list[object]", value) if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, str))


def _flag(document: Mapping[str, object], name: str) -> bool | None:
    value = document.get(name)
    return value if isinstance(value, bool) else None
