"""What makes the decisions of a jury hold: the rules by which minutes are checked before they are sealed."""

from dataclasses import dataclass

from domain.refusals import N_
from domain.texts import is_blank

UNSETTLED = N_("Le classement se calcule encore : rechargez la page dans une minute.")
QUORUM = N_("Le quorum est de %(quorum)s membres présents : cochez qui a délibéré.")
VOTE_OPEN = N_("Un vote est ouvert en séance : fermez-le avant de signer.")
NOT_THE_CHAIR = N_("Le procès-verbal est signé par la présidence du jury.")
UNDECIDED = N_("La catégorie « %(category)s » n'est pas encore décidée.")
UNEXPLAINED = N_("Dites pourquoi la catégorie « %(category)s » n'est pas décernée.")
GONE = N_(
    "Dans la catégorie « %(category)s », le dossier choisi a été retiré ou n'est plus recevable : "
    "décidez de nouveau."
)
UNRANKED = N_(
    "Dans la catégorie « %(category)s », le dossier choisi n'est pas classé : décidez de nouveau."
)
NOT_AWARDABLE = N_(
    "Dans la catégorie « %(category)s », le règlement ne permet pas de distinguer le dossier "
    "choisi : décidez de nouveau."
)
NOMINEE_GONE = N_(
    "Dans la catégorie « %(category)s », un dossier nommé a été retiré ou n'est plus recevable : "
    "décidez de nouveau."
)
NOMINEE_UNRANKED = N_(
    "Dans la catégorie « %(category)s », un dossier nommé n'est pas classé : décidez de nouveau."
)
TWICE = N_(
    "Dans la catégorie « %(category)s », un même dossier est choisi deux fois : décidez de nouveau."
)
TOO_MANY_NOMINEES = N_(
    "Dans la catégorie « %(category)s », trop de dossiers sont nommés : décidez de nouveau."
)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a decision names, as it stands now; withdrawn also says « no longer admitted »."""

    id: str
    category: str
    rank: int | None
    is_awardable: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided in a category; a file that the ranking does not know is None."""

    category: str
    laureate: NamedFile | None
    nominees: tuple[NamedFile | None, ...] = ()
    reason: str = ""
    awards: bool = False

    @property
    def gives_a_trophy(self) -> bool:
        """Whether somebody is meant to win, be it somebody who may not."""
        return self.awards or self.laureate is not None


def objection_to(outcome: Outcome | None, most_nominees: int) -> str:
    """The sentence that keeps a decision from being sealed, for its category; empty when it holds."""
    if outcome is None:
        return UNDECIDED
    if not outcome.gives_a_trophy and is_blank(outcome.reason):
        return UNEXPLAINED
    if outcome.gives_a_trophy and (wrong := _wrong_laureate(outcome)):
        return wrong
    return _wrong_nominees(outcome, most_nominees)


def _wrong_laureate(outcome: Outcome) -> str:
    laureate = outcome.laureate
    if laureate is None or laureate.category != outcome.category:
        return UNRANKED
    if laureate.is_withdrawn:
        return GONE
    return "" if laureate.is_awardable else NOT_AWARDABLE


def _wrong_nominees(outcome: Outcome, most: int) -> str:
    for nominee in outcome.nominees:
        if nominee is None or nominee.category != outcome.category:
            return NOMINEE_UNRANKED
        if nominee.is_withdrawn:
            return NOMINEE_GONE
        if nominee.rank is None:
            return NOMINEE_UNRANKED
    named = [each.id for each in (outcome.laureate, *outcome.nominees) if each is not None]
    if len(set(named)) < len(named):
        return TWICE
    return TOO_MANY_NOMINEES if len(outcome.nominees) > most else ""
