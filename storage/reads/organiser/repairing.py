"""What a repair of the deal would change, with the names that organisers know; nothing is written."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignment.names import Pair
from domain.assignment.repair import repair
from domain.dealing import check_leavers
from storage.deal_table import laid_table, repair_key, seed_of
from storage.reads.organiser.dealing import Impossible, impossible_in
from storage.tables.cycles import Cycle


@dataclass(frozen=True, slots=True)
class Change:
    """A reading that comes or goes: whose file, which juror."""

    company: str
    juror: str


@dataclass(frozen=True, slots=True)
class RepairPreview:
    """The repair as it would be now; ``key`` is what its confirmation repeats."""

    key: str
    seats: Mapping[str, str]
    moved: tuple[Change, ...]
    orphaned: tuple[Change, ...]
    added: tuple[Change, ...]
    locked: int
    short: tuple[tuple[str, int], ...]
    impossible: Impossible | None

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would change hands, come or go."""
        return not (self.moved or self.orphaned or self.added)


async def repair_preview(
    session: AsyncSession, cycle: Cycle, leaving: Collection[str], second: Collection[str] = ()
) -> RepairPreview:
    """Try the repair on what is in the tables now, without those who leave, with second readings."""
    laid = await laid_table(session, cycle)
    more = {**laid.table.extra, **dict.fromkeys(second, 1)}
    laid = replace(laid, table=replace(laid.table, extra=more))
    leavers = [each.juror for each in laid.chairs if str(each.juror.id) in leaving]
    check_leavers(
        are_known=len(leavers) == len(leaving), has_chair=any(each.is_chair for each in leavers)
    )
    table = laid.for_repair(leaving)
    found = await asyncio.to_thread(repair, table, laid.dealt, seed_of(cycle))
    names = {str(each.juror.id): each.name for each in laid.chairs}
    companies = {str(each.id): each.company for each in laid.files}

    def told(pairs: Collection[Pair]) -> tuple[Change, ...]:
        return tuple(Change(companies[file], names.get(juror, "")) for file, juror in pairs)

    return RepairPreview(
        key=repair_key(found),
        seats={str(each.juror.id): each.name for each in laid.chairs if not each.juror.is_chair},
        moved=told(found.moved),
        orphaned=told(found.orphaned),
        added=told(found.added),
        locked=len(table.locked),
        short=tuple((companies[file], count) for file, count in found.deal.short),
        impossible=await asyncio.to_thread(impossible_in, laid, table)
        if found.deal.short
        else None,
    )
