"""Whether time was skipped rightly: a bug of the server once gave wrong years without a word."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from benchmarks.charter.fates import FILED_ON, Fate, fate_of
from benchmarks.charter.life import PARIS, YEARS, Life
from domain.charter.states import Act, State
from domain.civil import next_working_day
from domain.wire import names
from storage.database import Database
from storage.tables.charter import Adherence
from storage.tables.records import JournalLine

TACIT_DAYS = timedelta(days=45)
WATCHED = (Act.OPEN_WINDOW, Act.MISS, Act.TAKE_AS_DECLARED)


class WrongDatesError(Exception):
    """An adherence lived on other dates than its calendar says."""


async def check_dates(database: Database, lives: Sequence[Life]) -> None:
    """Compare every date of every adherence with the calendar; raise what differs."""
    for life in lives:
        async with database.transaction() as session:
            adherence = await session.get_one(Adherence, life.id)
            lines = await session.execute(
                select(col(JournalLine.act), col(JournalLine.at))
                .where(
                    col(JournalLine.subject) == names.adherence_subject(str(life.id)),
                    col(JournalLine.act).in_(WATCHED),
                )
                .order_by(col(JournalLine.id))
            )
            seen = [(row.act, _hour(row.at)) for row in lines]
        expected = _expected(life)
        if (adherence.state, seen) != (State.ACTIVE, expected):
            message = f"{life.workflow} is {adherence.state}: expected {expected}, seen {seen}"
            raise WrongDatesError(message)


def _expected(life: Life) -> list[tuple[str, str]]:
    years = range(life.first, life.first + YEARS)
    told = [each for year in years for each in _of(year, fate_of(life.rank, year))]
    return [*told, _opening(life.first + YEARS)]


def _of(year: int, fate: Fate) -> list[tuple[str, str]]:
    match fate:
        case Fate.VALIDATED:
            return [_opening(year)]
        case Fate.TACIT:
            day = next_working_day(FILED_ON[fate].of(year) + TACIT_DAYS)
            return [_opening(year), (Act.TAKE_AS_DECLARED, f"{day:%d/%m/%Y} 18:00")]
        case Fate.RESTORED:
            closed = next_working_day(date(year, 4, 30))
            missed = next_working_day(closed + timedelta(days=1))
            return [_opening(year), (Act.MISS, f"{missed:%d/%m/%Y} 09:00")]


def _opening(year: int) -> tuple[str, str]:
    return Act.OPEN_WINDOW, f"01/02/{year} 09:00"


def _hour(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y %H:%M}"
