"""The people of an adherence: members under the roles of its document, and who opened it."""

from domain.charter.document import CharterDocument
from domain.charter.entry import NOBODY, Entry
from domain.refusals import N_, Refusal

OWNER = "owner"
# The parts that the acts know by name, besides that of the head, whom each charter designates.
LEAD = "lead"
SPEAKER = "speaker"
NEXT_HEAD = "next_head"
# Roles that no charter lists: they come from acts of their own.
BESIDE = (OWNER, SPEAKER, NEXT_HEAD)

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
_NOT_YOURS_TO_SUPPORT = N_(
    "Seule la personne qui dirige la structure renouvelle son soutien : demandez-le-lui par lettre."
)
_NOT_YOURS_TO_ANSWER = N_(
    "Seules peuvent répondre à un signalement la personne qui dirige la structure, la personne "
    "référente pour l’insertion, et celles que la première désigne."
)
_NOT_YOURS_TO_NAME = N_(
    "Seule la personne qui dirige la structure désigne qui répond en son nom à un signalement."
)
_NOT_YOURS_TO_CHANGE = N_(
    "Seuls la personne qui dirige la structure et l’organisateur changent les rôles pendant l’adhésion."
)
_NOT_NAMED = N_(
    "Seule la personne désignée pour diriger l’adhésion peut signer ici, par le lien reçu à son adresse."
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


def may_support(document: CharterDocument, roles: frozenset[str]) -> bool:
    """Whether these roles let somebody renew the support of the head."""
    return document.signatory.code in roles


def check_may_support(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep the support of the head to the head."""
    if not may_support(document, roles):
        raise Refusal(_NOT_YOURS_TO_SUPPORT)


def may_answer(document: CharterDocument, roles: frozenset[str]) -> bool:
    """Whether these roles let somebody answer a complaint, or contest a decision."""
    return bool(roles & {document.signatory.code, LEAD, SPEAKER})


def check_may_answer(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep what is said of a complaint to the head, to the lead, and to whom the head names."""
    if not may_answer(document, roles):
        raise Refusal(_NOT_YOURS_TO_ANSWER)


def check_may_name(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep naming who speaks for the company to its head."""
    if document.signatory.code not in roles:
        raise Refusal(_NOT_YOURS_TO_NAME)


def check_may_change_roles(document: CharterDocument, roles: frozenset[str]) -> None:
    """Keep changing roles in mid-term to the head; the organiser has a page of its own."""
    if document.signatory.code not in roles:
        raise Refusal(_NOT_YOURS_TO_CHANGE)


def check_is_next_head(roles: frozenset[str]) -> None:
    """Keep the signature of a new head to who was named."""
    if NEXT_HEAD not in roles:
        raise Refusal(_NOT_NAMED)
