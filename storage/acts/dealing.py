"""Dealing the files of a cycle to its jurors; what is dealt is stored, never computed again."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.assignment.dealing import Deal, assign
from domain.assignment.names import JurorCapacity
from domain.jurors import CardStatus, JurorStatus
from storage.acts.judged_below import keep_from_judging_again
from storage.acts.service import Service, write_to_juror
from storage.journal import write_line
from storage.reads.regrouping import judged_here
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.templates import calendar_in, template_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that lies on the table before the deal: files, jurors, conflicts, cards."""

    files: tuple[str, ...]
    jurors: tuple[Juror, ...]
    conflicts: frozenset[Pair]
    dealt: frozenset[Pair]

    def capacities(self) -> tuple[JurorCapacity, ...]:
        """How many files each juror may read: all of them unless the juror said otherwise."""
        return tuple(
            JurorCapacity(str(juror.id), juror.maximum or len(self.files)) for juror in self.jurors
        )


async def deal(session: AsyncSession, cycle: Cycle, at: datetime) -> Deal:
    """Give every admitted file its readers, keeping every card that is already dealt."""
    template = await template_of(session, cycle)
    await keep_from_judging_again(session, cycle, at)
    table = await _lay(session, cycle)
    seed = cycle.id.int % 2**31
    # In a thread: ten thousand files take seconds, during which the worker must say that it lives.
    dealt = await asyncio.to_thread(
        assign,
        table.files,
        table.capacities(),
        table.conflicts,
        template.jury.readings_per_file,
        seed,
        table.dealt,
    )
    if cycle.dealt_at == at:  # the same deal again, by a worker that took over
        return dealt
    added = sorted(set(dealt.pairs) - table.dealt)
    await _keep(session, cycle, added)
    await _write_to_readers(session, cycle, table, added)
    cycle.dealt_at = at
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="deal",
        at=at,
        after=f"cards={len(added)} short={len(dealt.short)} seed={seed}",
        cycle_id=cycle.id,
    )
    return dealt


async def _lay(session: AsyncSession, cycle: Cycle) -> Table:
    files = (
        await session.execute(
            select(col(Application.id), col(Application.siren))
            .where(
                col(Application.cycle_id) == cycle.id,
                col(Application.status) == Status.ADMITTED,
                judged_here(),
            )
            .order_by(col(Application.id))
        )
    ).all()
    jurors = tuple(
        (
            await session.execute(
                select(Juror)
                .where(col(Juror.cycle_id) == cycle.id, col(Juror.status) == JurorStatus.ACCEPTED)
                .order_by(col(Juror.id))
            )
        ).scalars()
    )
    return Table(
        files=tuple(str(file.id) for file in files),
        jurors=jurors,
        conflicts=await _conflicts(session, cycle.id) | _employers(files, jurors),
        dealt=await _dealt(session, cycle.id),
    )


async def _conflicts(session: AsyncSession, cycle_id: UUID) -> frozenset[Pair]:
    rows = await session.execute(
        select(col(Conflict.application_id), col(Conflict.juror_id))
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(col(Juror.cycle_id) == cycle_id)
    )
    return frozenset((str(row.application_id), str(row.juror_id)) for row in rows)


def _employers(files: Sequence[Row[UUID, str]], jurors: tuple[Juror, ...]) -> frozenset[Pair]:
    """A juror never reads the file of the company that employs them, declared or not."""
    by_siren: dict[str, list[str]] = defaultdict(list)
    for juror in jurors:
        if juror.siren:
            by_siren[juror.siren].append(str(juror.id))
    return frozenset(
        (str(file.id), juror) for file in files for juror in by_siren.get(file.siren, ())
    )


async def _dealt(session: AsyncSession, cycle_id: UUID) -> frozenset[Pair]:
    rows = await session.execute(
        select(col(Card.application_id), col(Card.juror_id)).where(
            col(Card.cycle_id) == cycle_id,
            col(Card.status).in_([CardStatus.TO_SCORE, CardStatus.SEALED, CardStatus.ABSTAINED]),
        )
    )
    return frozenset((str(row.application_id), str(row.juror_id)) for row in rows)


async def _keep(session: AsyncSession, cycle: Cycle, added: list[Pair]) -> None:
    for start in range(0, len(added), 1000):
        await session.execute(
            insert(Card)
            .values(
                [
                    {
                        "id": func.gen_random_uuid(),
                        "cycle_id": cycle.id,
                        "application_id": UUID(file),
                        "juror_id": UUID(juror),
                        "status": CardStatus.TO_SCORE,
                        "marks": {},
                        "comments": {},
                        "reason": "",
                    }
                    for file, juror in added[start : start + 1000]
                ]
            )
            .on_conflict_do_nothing()
        )


async def _write_to_readers(
    session: AsyncSession, cycle: Cycle, table: Table, added: list[Pair]
) -> None:
    calendar = calendar_in(cycle)
    counts: dict[str, int] = defaultdict(int)
    for _, juror in added:
        counts[juror] += 1
    for juror in table.jurors:
        if count := counts[str(juror.id)]:
            await write_to_juror(
                session,
                Service(juror, cycle, calendar, None),
                "jury_cards_to_score",
                key=f"{cycle.dealt_at.isoformat() if cycle.dealt_at else 'first'}",
                mailing=f"deal:{cycle.id}",
                count=count,
                evaluation_until=calendar.evaluation_until.isoformat(),
            )
