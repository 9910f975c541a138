"""A vote of the jury on one file: who may vote, how it is counted, and what settles a tie."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.refusals import N_, Refusal

NO_QUORUM = N_(
    "Le quorum est de %(quorum)s membres présents : le vote s'ouvrira quand il sera atteint."
)
ALREADY_OPEN = N_("Un vote est déjà ouvert : fermez-le d'abord.")
NO_FILE = N_("Appelez d'abord un dossier : le vote porte sur lui.")
HAS_LAUREATE = N_(
    "Le jury a déjà voté pour un autre dossier de cette catégorie, et le règlement n'admet pas "
    "d'ex æquo : revenez d'abord sur ce vote."
)
NOT_PRESIDING = N_("Le vote est ouvert et fermé par la personne qui préside pour ce dossier.")
NOT_OPEN = N_("Ce vote est fermé : votre voix n'a pas été prise.")
STANDS_ASIDE = N_("Vous avez un lien avec ce dossier : vous ne votez pas.")
ABSENT = N_("Dites d'abord que vous êtes présent : seuls les membres présents votent.")
TIED = N_(
    "Les voix sont à égalité : la voix de la présidence départage, elle doit être « pour » ou "
    "« contre ». Aucun prix n'est tiré au sort."
)


class Choice(StrEnum):
    """What a juror says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


CHOICE_NAMES = {Choice.YES: N_("Pour"), Choice.NO: N_("Contre"), Choice.ABSTAIN: N_("Abstention")}


@dataclass(frozen=True, slots=True)
class Here:
    """A juror of the session: whether they preside the jury, are present, and stand aside from the file."""

    juror: str
    is_chair: bool = False
    is_present: bool = False
    is_aside: bool = False

    @property
    def may_vote(self) -> bool:
        """Whether they may say something of the file."""
        return self.is_present and not self.is_aside


@dataclass(frozen=True, slots=True)
class Count:
    """The voices of a vote; ``cast`` is what the presiding juror said when it settled a tie."""

    yes: int = 0
    no: int = 0
    abstained: int = 0
    cast: Choice | None = None

    @property
    def is_adopted(self) -> bool:
        """Whether the jury wants that file as laureate."""
        return self.cast is Choice.YES if self.yes == self.no else self.yes > self.no


def presiding(sitting: Sequence[Here]) -> str | None:
    """Who presides for a file: the chair, or else the first who is present and may hear of it."""
    able = [each for each in sitting if each.may_vote]
    return next((each.juror for each in able if each.is_chair), able[0].juror if able else None)


def check_opening(
    sitting: Sequence[Here], quorum: int, laureates: Collection[str], file: str
) -> None:
    """Refuse a vote without quorum, or one that would make a second laureate of a category."""
    if sum(each.is_present for each in sitting) < quorum:
        raise Refusal(NO_QUORUM, quorum=quorum)
    if set(laureates) - {file}:
        raise Refusal(HAS_LAUREATE)


def check_voice(here: Here | None) -> None:
    """Refuse the voice of somebody absent, or who stands aside."""
    if here is None or not here.is_present:
        raise Refusal(ABSENT)
    if here.is_aside:
        raise Refusal(STANDS_ASIDE)


def counted(voices: Collection[tuple[str, Choice]], president: str | None) -> Count:
    """The voices counted; a tie that the presiding juror does not settle is refused, never drawn."""
    said = [choice for _, choice in voices]
    yes, no = said.count(Choice.YES), said.count(Choice.NO)
    if yes != no:
        return Count(yes, no, said.count(Choice.ABSTAIN))
    cast = dict(voices).get(president or "")
    if cast is None or cast is Choice.ABSTAIN:
        raise Refusal(TIED)
    return Count(yes, no, said.count(Choice.ABSTAIN), cast)
