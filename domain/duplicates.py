"""Two applications of one company in one category: which lives on, and until when that is undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.applications import Status
from domain.phases import Phase
from domain.refusals import N_, Refusal

# Those that still count: another that is over is no duplicate of anything.
ALIVE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.COMPLEMENTS, Status.ADMITTED})
BEFORE_JUDGING = frozenset({Phase.OPEN, Phase.SCREENING})

ITSELF = N_("Une candidature n’est pas le doublon d’elle-même : choisissez celle qui reste.")
NOT_ALIKE = N_(
    "Ces deux candidatures ne sont pas de la même entreprise, dans la même catégorie de ce cycle : l’une "
    "n’est pas le doublon de l’autre."
)
NOT_ALIVE = N_(
    "La candidature à garder a pris fin : elle ne peut pas rester à la place de celle-ci."
)
JUDGED = N_(
    "L’évaluation a commencé, et des jurés ont reçu l’un de ces dossiers : l’un ne peut plus être déclaré "
    "doublon de l’autre, ni cesser de l’être."
)


@dataclass(frozen=True, slots=True)
class Filed:
    """An application, as duplicates are told: whose it is, for what, where it stands."""

    id: str
    siren: str
    category: str
    status: Status
    is_dealt: bool = False


def check_duplicate(closed: Filed, kept: Filed, phase: Phase) -> None:
    """Refuse to close one as the duplicate of another that is not alike, is over, or is being judged."""
    if closed.id == kept.id:
        raise Refusal(ITSELF)
    if (closed.siren, closed.category) != (kept.siren, kept.category):
        raise Refusal(NOT_ALIKE)
    if kept.status not in ALIVE:
        raise Refusal(NOT_ALIVE)
    check_unjudged(phase, (closed, kept))


def check_unjudged(phase: Phase, files: Iterable[Filed]) -> None:
    """Refuse once a jury may have read one of them."""
    if phase not in BEFORE_JUDGING or any(each.is_dealt for each in files):
        raise Refusal(JUDGED)
