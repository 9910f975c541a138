"""The hand under a letter: who signs, as what, and that it agrees."""

from dataclasses import dataclass
from uuid import UUID

from api.errors import Forbidden
from api.pages.charter.company.desk import File
from api.pages.request_ids import request_id_in
from api.posted import PostedForm
from domain.charter.people import check_may_sign
from domain.refusals import N_, Refusal

LONGEST_NAME = 200
CHANGED = N_(
    "Le dossier a changé depuis que vous avez ouvert cette lettre : la voici à jour. Relisez-la avant "
    "de signer."
)


@dataclass(frozen=True, slots=True)
class Hand:
    """What was typed under the letter."""

    request_id: UUID
    name: str = ""
    function: str = ""
    agrees: bool = False


def check_is_head(file: File) -> None:
    """Keep a signature to the head of the company."""
    try:
        check_may_sign(file.charter, file.roles)
    except Refusal as refusal:
        raise Forbidden(refusal.sentence) from refusal


def hand_in(form: PostedForm) -> Hand:
    """What a form says of who signs."""
    return Hand(
        request_id_in(form),
        form.get("name").strip(),
        form.get("function").strip(),
        form.get("agrees") == "yes",
    )


def wrong_in(hand: Hand) -> dict[str, Refusal]:
    """What keeps a hand from signing, by box."""
    wrong: dict[str, Refusal] = {}
    if not 0 < len(hand.name) <= LONGEST_NAME:
        wrong["name"] = Refusal(N_("Indiquez le nom de la personne qui signe."))
    if not 0 < len(hand.function) <= LONGEST_NAME:
        wrong["function"] = Refusal(N_("Indiquez la fonction de la personne qui signe."))
    if not hand.agrees:
        wrong["agrees"] = Refusal(N_("Cochez cette case pour signer la lettre."))
    return wrong
