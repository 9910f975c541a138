"""A file that ended before it was signed: since when it is closed, and how to begin again."""

from domain.charter.situation import Situation
from domain.charter.states import Act, State, check_allowed
from domain.refusals import N_, Refusal

_EXPIRED = N_(
    "Ce dossier a expiré le %(day)s, avant d’être signé ou complété : il reste lisible, et n’attend "
    "plus rien. Pour adhérer, ouvrez un nouveau dossier avec le même SIRET, depuis la page "
    "« Adhérer à la charte »."
)
_GIVEN_UP = N_(
    "Ce dossier est abandonné depuis le %(day)s : il reste lisible, et n’attend plus rien. Pour "
    "adhérer, ouvrez un nouveau dossier avec le même SIRET, depuis la page « Adhérer à la charte »."
)
_ON_A_FILE = frozenset({Act.SIGN, Act.COMPLETE})


def check_may_ask(situation: Situation, act: Act) -> None:
    """Refuse an act that the situation does not allow; of a file that ended, say when it did."""
    if situation.state is State.ABANDONED and act in _ON_A_FILE:
        raise how_it_ended(situation)
    check_allowed(situation.state, act)


def how_it_ended(situation: Situation) -> Refusal:
    """What is said of a file that expired or was given up, with its day."""
    ended = situation.expired_on or situation.day_of(situation.since)
    sentence = _EXPIRED if situation.expired_on else _GIVEN_UP
    return Refusal(sentence, day=f"{ended:%d/%m/%Y}")
