"""Which files may be joined to an application; the content decides, never the name."""

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from domain.edition import AttachmentLimits
from domain.refusals import N_, Refusal

# The first bytes that every file of the kind begins with.
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
LONGEST_BEGINNING = max(len(beginning) for beginning, _ in _BEGINNINGS)
LONGEST_NAME = 120


class TooHeavy(Refusal):
    """A file, or all of them together, weighs more than there is room for."""


def media_type_of(beginning: bytes, limits: AttachmentLimits) -> str:
    """The kind of a file by its first bytes, or a refusal that says which kinds are taken."""
    if not beginning:
        raise Refusal(N_("Ce fichier est vide : choisissez-en un autre."))
    found = next((kind for start, kind in _BEGINNINGS if beginning.startswith(start)), "")
    if found not in limits.types:
        raise Refusal(
            N_(
                "Ce fichier n'est pas d'un format accepté (%(kinds)s), quel que soit son nom. "
                "Enregistrez-le dans l'un de ces formats, puis joignez-le."
            ),
            kinds=", ".join(KINDS[kind] for kind in limits.types if kind in KINDS),
        )
    return found


def check_size(size: int, limits: AttachmentLimits) -> None:
    """Refuse a file that is too big by itself."""
    if size > limits.bytes_each:
        raise TooHeavy(
            N_("Ce fichier est trop lourd : %(most)s Mo au plus par pièce."),
            most=limits.bytes_each // 1_000_000,
        )


def check_room(sizes: Sequence[int], size: int, limits: AttachmentLimits) -> None:
    """Refuse one file more than there is room for."""
    if len(sizes) >= limits.count:
        raise Refusal(
            N_("Vous avez déjà joint %(count)s pièces : retirez-en une pour en joindre une autre."),
            count=len(sizes),
        )
    if sum(sizes) + size > limits.bytes_total:
        raise TooHeavy(
            N_(
                "Avec ce fichier, vos pièces dépasseraient %(most)s Mo en tout : retirez-en une, "
                "ou joignez un fichier plus léger."
            ),
            most=limits.bytes_total // 1_000_000,
        )


def name_of(sent: str, media_type: str) -> str:
    """The name of a file as people gave it, accents kept, with an ending that tells its kind."""
    last = sent.replace("\\", "/").rpartition("/")[2]
    printable = "".join(each for each in unicodedata.normalize("NFC", last) if each.isprintable())
    name = PurePosixPath(printable.strip(" .") or "piece")
    is_told = name.suffix.lower() in ENDINGS[media_type]
    ending = name.suffix if is_told else ENDINGS[media_type][0]
    stem = name.stem if is_told else name.name
    return stem[: LONGEST_NAME - len(ending)] + ending
