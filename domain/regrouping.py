"""A category with too few files to judge: a neighbour's jury judges it, or the final does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.phases import Phase
from domain.refusals import N_, Refusal


class RegroupKind(StrEnum):
    """Who judges the files of a short category."""

    CARRIED = "carried"
    NEIGHBOUR = "neighbour"


KIND_NAMES = {
    RegroupKind.CARRIED: N_("Portée en finale, hors territoire"),
    RegroupKind.NEIGHBOUR: N_("Jugée par un territoire voisin"),
}
# A jury that has not finished reading can still read more.
_TAKES_FILES = frozenset({Phase.PREPARED, Phase.OPEN, Phase.SCREENING, Phase.EVALUATION})


@dataclass(frozen=True, slots=True)
class Short:
    """A category of a territory: how many files are admitted, and how many wait to be examined."""

    category: str
    admitted: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another territory of the edition, as far as it could judge files of ours."""

    phase: Phase
    evaluation_until: datetime
    is_regrouped: bool = False


def short_among(counts: Mapping[str, Short], fewest: int) -> tuple[Short, ...]:
    """The categories that have files, and too few of them to be judged alone."""
    return tuple(each for each in counts.values() if 0 < each.admitted < fewest)


def check_short(short: Short | None, fewest: int) -> None:
    """Refuse to regroup what has enough files, none, or some that nobody has examined."""
    if short is None or not short.admitted:
        raise Refusal(
            N_("Aucun dossier recevable dans cette catégorie : il n'y a rien à regrouper.")
        )
    if short.waiting:
        raise Refusal(
            N_(
                "Des dossiers de cette catégorie attendent encore votre décision de recevabilité : "
                "décidez d'abord d'eux."
            )
        )
    if short.admitted >= fewest:
        raise Refusal(
            N_(
                "Cette catégorie a assez de dossiers recevables pour être jugée ici : il en faut %(fewest)s."
            ),
            fewest=fewest,
        )


def takes_files(neighbour: Phase) -> bool:
    """Whether the jury of a neighbour can still read files of ours."""
    return neighbour in _TAKES_FILES


def check_neighbour(neighbour: Neighbour | None, our_evaluation_from: datetime) -> None:
    """Refuse a territory that is not there, or whose jury could no longer read our files."""
    if neighbour is None:
        raise Refusal(N_("Choisissez un territoire de la même édition."))
    if neighbour.is_regrouped:
        raise Refusal(
            N_("Ce territoire a lui-même regroupé cette catégorie : choisissez-en un autre.")
        )
    is_in_time = neighbour.evaluation_until > our_evaluation_from
    if not takes_files(neighbour.phase) or not is_in_time:
        raise Refusal(
            N_("Le jury de ce territoire aura fini de noter avant de recevoir vos dossiers.")
        )
