"""The letters of the charter, counted by state and kind."""

from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from storage.reads.charter.organiser.board import key_of
from storage.reads.organiser.letter_tally import LetterTally, count_letters
from storage.reads.organiser.remembered import Remembered

_LETTERS = Remembered[LetterTally]()


async def letter_tally(session: AsyncSession, hidden: frozenset[str] = frozenset()) -> LetterTally:
    """How many letters of the charter stand where; counted at most two seconds ago."""
    return await _LETTERS.get(
        (key_of(session), hidden), partial(count_letters, session, None, hidden)
    )


def forget_letters() -> None:
    """Count again next time."""
    _LETTERS.forget_all()
