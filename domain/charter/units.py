"""The unit of a value, in the singular where the language wants it: « 1 personne », « 2 personnes »."""

from decimal import Decimal

from domain.charter.indicators import Indicator
from domain.charter.values import Value
from domain.texts import Language

# The units of the shipped charter; one that an organiser writes otherwise is said as written.
_SINGULAR = {
    Language.FRENCH: {
        "accords": "accord",
        "consultations": "consultation",
        "cotraitances ou groupements": "cotraitance ou groupement",
        "départements": "département",
        "fournisseurs": "fournisseur",
        "heures": "heure",
        "personnes": "personne",
        "personnes par tuteur": "personne par tuteur",
    },
    Language.ENGLISH: {
        "agreements": "agreement",
        "tenders": "tender",
        "joint contracts or consortia": "joint contract or consortium",
        "départements": "département",
        "suppliers": "supplier",
        "hours": "hour",
        "months": "month",
        "people": "person",
        "people per tutor": "person per tutor",
        "relays": "relay",
    },
}


def unit_of(indicator: Indicator, value: Value | None, language: str) -> str:
    """The unit as it is said after that value; French is plural from two on, English but for one."""
    unit = indicator.unit.in_(language)
    if not isinstance(value, Decimal):
        return unit
    spoken = Language.ENGLISH if language == Language.ENGLISH else Language.FRENCH
    is_one = value == 1 if spoken is Language.ENGLISH else abs(value) < 2  # noqa: PLR2004  (French plural starts at two)
    return _SINGULAR[spoken].get(unit, unit) if is_one else unit
