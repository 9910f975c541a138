"""The grand prize of the jury: chosen by the final's jury among its own laureates, or not given."""

from collections.abc import Collection
from dataclasses import dataclass

from domain.edition import EditionTemplate
from domain.judging import PrizeKind, SpecialPrize
from domain.levels import Level
from domain.refusals import N_
from domain.texts import is_blank

UNDECIDED = N_("Le grand prix du jury n'est pas encore décidé : choisissez un lauréat, ou aucun.")
UNEXPLAINED = N_("Dites pourquoi : la raison du grand prix figure au procès-verbal.")
NOT_A_LAUREATE = N_("Le grand prix du jury se choisit parmi les lauréats nationaux.")


@dataclass(frozen=True, slots=True)
class GrandPrize:
    """What the jury decided; no laureate means that the prize is not given."""

    laureate: str | None
    reason: str


def grand_prize_of(template: EditionTemplate, level: Level) -> SpecialPrize | None:
    """The prize that the final's jury gives, if these rules have one; none at other levels."""
    if level is not Level.NATIONAL:
        return None
    given = (each for each in template.prizes if each.kind is PrizeKind.JURY_CHOICE)
    return next(given, None)


def objection_to(decided: GrandPrize | None, laureates: Collection[str]) -> str:
    """The sentence that keeps the choice from being sealed; empty when it holds.

    A final without any laureate has nothing to choose from, and nothing to say of it.
    """
    if decided is None:
        return UNDECIDED if laureates else ""
    if decided.laureate is not None and decided.laureate not in laureates:
        return NOT_A_LAUREATE
    return UNEXPLAINED if is_blank(decided.reason) else ""
