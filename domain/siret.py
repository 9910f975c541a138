"""SIREN and SIRET: the numbers by which France knows an organisation and its establishments."""

from typing import NewType

from domain.refusals import N_, Refusal

Siren = NewType("Siren", str)
Siret = NewType("Siret", str)

SIREN_LENGTH = 9
SIRET_LENGTH = 14
SEPARATORS = " .\t\u00a0\u2009\u202f"
LA_POSTE = "356000000"
LA_POSTE_HEAD_OFFICE = "35600000000048"


def parse_siret(typed: str) -> Siret:
    """The fourteen digits of a SIRET, or a refusal that says what is wrong with them."""
    digits = _digits(typed)
    if len(digits) != SIRET_LENGTH:
        raise Refusal(
            N_("Un SIRET compte 14 chiffres\u202f; celui-ci en compte %(count)s."),
            count=len(digits),
        )
    _check_not_zero(digits)
    if not (_is_luhn(digits[:SIREN_LENGTH]) and _has_siret_key(digits)):
        raise Refusal(
            N_("Ce SIRET contient une erreur de frappe\u00a0: sa clé de contrôle ne convient pas.")
        )
    return Siret(digits)


def parse_siren(typed: str) -> Siren:
    """The nine digits of a SIREN, or a refusal that says what is wrong with them."""
    digits = _digits(typed)
    if len(digits) != SIREN_LENGTH:
        raise Refusal(
            N_("Un SIREN compte 9 chiffres\u202f; celui-ci en compte %(count)s."),
            count=len(digits),
        )
    _check_not_zero(digits)
    if not _is_luhn(digits):
        raise Refusal(
            N_("Ce SIREN contient une erreur de frappe\u00a0: sa clé de contrôle ne convient pas.")
        )
    return Siren(digits)


def siren_of(siret: Siret) -> Siren:
    """The organisation to which an establishment belongs."""
    return Siren(siret[:SIREN_LENGTH])


def format_siret(siret: Siret) -> str:
    """As people read it: 123 456 782 00010, with no-break spaces."""
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def _digits(typed: str) -> str:
    """What was typed, without the spaces and dots that people put between groups."""
    digits = typed.translate({ord(separator): None for separator in SEPARATORS})
    if digits and not (digits.isascii() and digits.isdigit()):
        raise Refusal(N_("Ce numéro ne doit contenir que des chiffres."))
    return digits


def _check_not_zero(digits: str) -> None:
    if not digits[:SIREN_LENGTH].strip("0"):
        raise Refusal(N_("Ce numéro n’est composé que de zéros."))


def _has_siret_key(digits: str) -> bool:
    """Luhn, except for La Poste, whose establishments outgrew it: their digits add up to 5n."""
    if digits.startswith(LA_POSTE) and digits != LA_POSTE_HEAD_OFFICE:
        return sum(map(int, digits)) % 5 == 0
    return _is_luhn(digits)


def _is_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0  # noqa: PLR2004  (Luhn's own nines)
