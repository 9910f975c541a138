"""The people of an adherence: members under the roles of its document, and who opened it."""

from domain.charter.document import CharterDocument
from domain.charter.entry import NOBODY, Entry
from domain.refusals import N_, Refusal

OWNER = "owner"

_NOT_THE_HEAD = N_(
    "Seule la personne qui dirige la structure peut signer, par le lien reçu à son adresse."
)
_NOT_YOURS_TO_END = N_(
    "Seule la personne qui a ouvert ce dossier, ou celle qui dirige la structure, peut l’abandonner."
)
_NOT_YOURS_TO_LEAVE = N_(
    "Seule la personne qui a ouvert ce dossier, ou celle qui dirige la structure, peut la retirer de la "
    "charte."
)


def addresses(document: CharterDocument, entry: Entry) -> dict[str, str]:
    """The addresses that were typed, by role, whether or not they can be read."""
    typed = {role.code: entry.roles.get(role.code, NOBODY).email for role in document.roles}
    return {role: address for role, address in typed.items() if address}


def check_may_sign(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep the signature to the head of the company."""
    if document.signatory.code not in roles:
        raise Refusal(_NOT_THE_HEAD)


def check_may_abandon(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep giving the file up to who opened it, and to the head of the company."""
    if not roles & {OWNER, document.signatory.code}:
        raise Refusal(_NOT_YOURS_TO_END)


def check_may_withdraw(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep leaving the charter to who opened the file, and to the head of the company."""
    if not roles & {OWNER, document.signatory.code}:
        raise Refusal(_NOT_YOURS_TO_LEAVE)
