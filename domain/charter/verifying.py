"""The code by which anyone checks an attestation: hard to guess, easy to say, hard to mistype.

Thirty-one signs, without those that look alike (0 and O, 1, I and L): a prime number, so that a
sum whose weights all differ catches any one wrong sign and any two signs exchanged (ISO 7064 does
the same with 37). Eleven drawn signs make 2.5e16 codes.
"""

from typing import NewType

from domain.refusals import N_, Refusal

VerificationCode = NewType("VerificationCode", str)

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DRAWN = 11
LENGTH = DRAWN + 1
CODES = len(ALPHABET) ** DRAWN
"""How many codes there are: draw a number below it from the system's own randomness."""

_GROUP = 4
_SEPARATORS = {ord(sign): None for sign in " -.\t\u00a0\u2009\u2010\u2011\u2013\u202f"}
_LENGTH = N_(
    "Un code de vérification compte %(length)s signes\u202f; celui-ci en compte %(count)s."
)
_SIGN = N_(
    "Ce code contient un signe que nos codes n’emploient pas. "
    "Ils n’ont ni 0, ni 1, ni les lettres I, L et O."
)
_SLIP = N_("Ce code contient une erreur de frappe\u00a0: relisez-le signe par signe.")


def code_of(drawn: int) -> VerificationCode:
    """The code of a number drawn at random below ``CODES``, with its check sign."""
    if not 0 <= drawn < CODES:
        raise ValueError(drawn)
    signs = ""
    for _ in range(DRAWN):
        drawn, place = divmod(drawn, len(ALPHABET))
        signs += ALPHABET[place]
    return VerificationCode(signs + _check_sign(signs))


def parse_code(typed: str) -> VerificationCode:
    """The code that was typed, or a refusal: what passes here may still be nobody's."""
    signs = typed.translate(_SEPARATORS).upper()
    if len(signs) != LENGTH:
        raise Refusal(_LENGTH, length=LENGTH, count=len(signs))
    if not set(signs) <= set(ALPHABET):
        raise Refusal(_SIGN)
    if _check_sign(signs[:DRAWN]) != signs[DRAWN]:
        raise Refusal(_SLIP)
    return VerificationCode(signs)


def in_groups(code: VerificationCode) -> str:
    """As people read it: ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def _check_sign(signs: str) -> str:
    # The sign itself weighs 1, the drawn ones 2 to 12, from right to left.
    weights = range(LENGTH, 1, -1)
    total = sum(w * ALPHABET.index(sign) for w, sign in zip(weights, signs, strict=True))
    return ALPHABET[-total % len(ALPHABET)]
