"""How large a company is, for the number of commitments that it chooses."""

from dataclasses import dataclass
from enum import StrEnum

from domain.registry import RegistryFacts


class Size(StrEnum):
    """The four sizes of companies, by the codes that French statistics use."""

    TPE = "TPE"
    PME = "PME"
    ETI = "ETI"
    GE = "GE"


# Insee's classes of staff numbers; « NN » says nothing: no staff, or nothing declared.
BY_STAFF = {
    **dict.fromkeys(("00", "01", "02", "03"), Size.TPE),
    **dict.fromkeys(("11", "12", "21", "22", "31"), Size.PME),
    **dict.fromkeys(("32", "41", "42", "51"), Size.ETI),
    **dict.fromkeys(("52", "53"), Size.GE),
}
GROUPS = {Size.ETI.value: Size.ETI, Size.GE.value: Size.GE}


@dataclass(frozen=True, slots=True)
class CompanySize:
    """A size, and whether it is only what the company says of itself."""

    size: Size
    declared: bool = False


def size_of(facts: RegistryFacts) -> Size | None:
    """The size by the register; None where it says nothing, or was not the one who spoke.

    Insee puts a company in the category of its whole group, and the smallest among the PME: a
    large group's small subsidiary is large, and below ten people a PME is a TPE.
    """
    if not facts.verified:
        return None
    return GROUPS.get(facts.company_size) or BY_STAFF.get(facts.size_code)


def size_with(facts: RegistryFacts, said: str) -> CompanySize | None:
    """The register's size, or else what the company says, marked as declared."""
    known = size_of(facts)
    if known:
        return CompanySize(known)
    return CompanySize(Size(said), declared=True) if said in set(Size) else None
