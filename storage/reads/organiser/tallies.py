"""How many of each, remembered two seconds in each process.

A board is asked again every five seconds by everybody who watches it: whoever asks first pays for
the count, the others read it. What is shown is therefore at most two seconds old.
"""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import JurorStatus
from storage.reads.organiser.application_tally import ApplicationTally, count_applications
from storage.reads.organiser.card_tally import CardTally, count_cards
from storage.reads.organiser.letter_tally import LetterTally, count_letters
from storage.reads.organiser.out_of_the_ordinary import (
    OutOfTheOrdinary,
    find_out_of_the_ordinary,
)
from storage.reads.organiser.remembered import Remembered
from storage.tables.juries import Juror

_APPLICATIONS = Remembered[ApplicationTally]()
_CARDS = Remembered[CardTally]()
_JURORS = Remembered[Mapping[JurorStatus, int]]()
_LETTERS = Remembered[LetterTally]()
_ODD = Remembered[OutOfTheOrdinary]()


async def tally_of_applications(session: AsyncSession, cycle_id: UUID) -> ApplicationTally:
    """The applications of a cycle, by status and category."""
    return await _APPLICATIONS.get(cycle_id, partial(count_applications, session, cycle_id))


async def tally_of_cards(session: AsyncSession, cycle_id: UUID) -> CardTally:
    """The score cards of a cycle, by juror and by file."""
    return await _CARDS.get(cycle_id, partial(count_cards, session, cycle_id))


async def tally_of_jurors(session: AsyncSession, cycle_id: UUID) -> Mapping[JurorStatus, int]:
    """The jurors of a cycle, by status."""
    return await _JURORS.get(cycle_id, partial(_count_jurors, session, cycle_id))


async def tally_of_letters(session: AsyncSession, cycle_id: UUID) -> LetterTally:
    """The letters of a cycle, by state and kind."""
    return await _LETTERS.get(cycle_id, partial(count_letters, session, cycle_id))


async def out_of_the_ordinary(session: AsyncSession, cycle_id: UUID) -> OutOfTheOrdinary:
    """What is to be looked at among the files of a cycle."""
    return await _ODD.get(cycle_id, partial(find_out_of_the_ordinary, session, cycle_id))


def forget(cycle_id: UUID) -> None:
    """Count that cycle again next time; the page that changed it says so."""
    for remembered in (_APPLICATIONS, _CARDS, _JURORS, _LETTERS, _ODD):
        remembered.forget(cycle_id)


async def _count_jurors(session: AsyncSession, cycle_id: UUID) -> Mapping[JurorStatus, int]:
    rows = await session.execute(
        select(col(Juror.status), func.count())
        .where(col(Juror.cycle_id) == cycle_id)
        .group_by(col(Juror.status))
    )
    return {JurorStatus(status): count for status, count in rows}
