"""What the next deal would give: the same files, jurors, conflicts and seed, and nothing written."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.assignment.dealing import Deal, deal
from domain.assignment.explaining import Explanation, explain
from domain.assignment.limits import Rule
from domain.assignment.link import link_strength
from domain.assignment.names import Table, suits
from domain.assignment.reasons import Shortage, why_short
from storage.deal_table import Laid, laid_table, seed_of
from storage.tables.cycles import Cycle
from storage.tables.juries import DealRecord

# Above that many pairs the flow takes longer than a page may; the deal itself has no such limit.
MOST_PAIRS = 60_000


@dataclass(frozen=True, slots=True)
class Reader:
    """A juror who would read: how many files, at most how many, and those kept away from them."""

    id: str
    name: str
    organisation: str
    load: int
    maximum: int | None
    avoided: int
    specialities: int = 0


@dataclass(frozen=True, slots=True)
class ShortFile:
    """A file that would lack readers."""

    id: UUID
    company: str
    missing: int


@dataclass(frozen=True, slots=True)
class Impossible:
    """Why not everything can be read, by the names that organisers know."""

    shortage: Shortage
    companies: tuple[str, ...]
    jurors: tuple[str, ...]
    raises: tuple[tuple[str, int], ...]
    newcomer_reads: int


@dataclass(frozen=True, slots=True)
class DealPreview:
    """The deal as it would be now; without readers when it is too large to try here."""

    files: int
    jurors: int
    readings: int
    is_too_large: bool
    seed: int
    rules: tuple[Rule, ...]
    dealt: int = 0
    readers: tuple[Reader, ...] = ()
    short: tuple[ShortFile, ...] = ()
    avoided: int = 0
    link: float = 0.0
    eased: tuple[str, ...] = ()
    impossible: Impossible | None = None

    @property
    def wanted(self) -> int:
        """How many readings the règlement asks for."""
        return self.files * self.readings


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that the organiser asks about, with the answer and the names."""

    company: str
    juror: str
    answer: Explanation
    readers: tuple[str, ...]


async def deal_preview(session: AsyncSession, cycle: Cycle) -> DealPreview:
    """Try the deal on what is in the tables now."""
    laid = await laid_table(session, cycle)
    if _is_too_large(laid):
        return _preview(laid, seed_of(cycle), None)
    found = await asyncio.to_thread(deal, laid.table, seed_of(cycle))
    return await asyncio.to_thread(_preview, laid, seed_of(cycle), found)


async def why_this_pair(
    session: AsyncSession, cycle: Cycle, file: UUID, juror: UUID
) -> Question | None:
    """Why that file goes to that juror, or does not; none when they are not at the table."""
    laid = await laid_table(session, cycle)
    names = {str(each.juror.id): each.name for each in laid.chairs}
    companies = {str(each.id): each.company for each in laid.files}
    if _is_too_large(laid) or str(juror) not in names or str(file) not in companies:
        return None
    pair = (str(file), str(juror))
    found = await asyncio.to_thread(deal, laid.table, seed_of(cycle))
    answer = await asyncio.to_thread(explain, laid.table, pair, found)
    readers = (reader for each, reader in found.pairs if each == pair[0])
    return Question(
        companies[pair[0]],
        names[pair[1]],
        answer,
        tuple(names[each] for each in readers if each in names),
    )


async def people_and_files(
    session: AsyncSession, cycle: Cycle
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Whom and what may be asked about: names of jurors and companies, by id."""
    laid = await laid_table(session, cycle)
    return (
        {str(each.juror.id): each.name for each in laid.chairs},
        {str(each.id): each.company for each in laid.files},
    )


async def deal_records(session: AsyncSession, cycle_id: UUID) -> Sequence[DealRecord]:
    """Every deal of the cycle as it was made, the last first."""
    rows = await session.execute(
        select(DealRecord)
        .where(col(DealRecord.cycle_id) == cycle_id)
        .order_by(col(DealRecord.at).desc(), col(DealRecord.id))
        .limit(50)
    )
    return rows.scalars().all()


def impossible_in(laid: Laid, table: Table) -> Impossible | None:
    """What stands between the jury and all its readings, by name."""
    mean = -(-len(laid.files) * table.readings // max(1, len(table.jurors)))
    shortage = why_short(table, mean)
    if shortage is None:
        return None
    names = {str(each.juror.id): each.name for each in laid.chairs}
    companies = {str(each.id): each.company for each in laid.files}
    return Impossible(
        shortage,
        tuple(companies[each] for each in shortage.files),
        tuple(names[each] for each in shortage.jurors),
        tuple((names[juror], count) for juror, count in shortage.raises),
        mean,
    )


def _is_too_large(laid: Laid) -> bool:
    return len(laid.files) * len(laid.chairs) > MOST_PAIRS


def _preview(laid: Laid, seed: int, found: Deal | None) -> DealPreview:
    table = laid.table
    sizes = (len(laid.files), len(laid.chairs), table.readings)
    if found is None:
        return DealPreview(*sizes, is_too_large=True, seed=seed, rules=table.rules)
    companies = {str(file.id): file.company for file in laid.files}
    avoided = Counter(juror for file, juror in table.conflicts if file in companies)
    seats = {each.juror: each for each in table.jurors}
    known = Counter(
        juror
        for file, juror in found.pairs
        if juror in seats and suits(table.topics.get(file, ""), seats[juror]) == 1
    )
    return DealPreview(
        *sizes,
        is_too_large=False,
        seed=seed,
        rules=table.rules,
        dealt=len(found.pairs),
        readers=tuple(
            Reader(
                id=str(each.juror.id),
                name=each.name,
                organisation=each.juror.organisation,
                load=found.loads.get(str(each.juror.id), 0),
                maximum=each.juror.maximum,
                avoided=avoided[str(each.juror.id)],
                specialities=known[str(each.juror.id)],
            )
            for each in laid.chairs
        ),
        short=tuple(ShortFile(UUID(file), companies[file], count) for file, count in found.short),
        avoided=avoided.total(),
        link=link_strength(found.pairs),
        eased=found.eased,
        impossible=impossible_in(laid, table) if found.short and laid.chairs else None,
    )
