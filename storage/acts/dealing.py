"""Dealing the files of a cycle to its jurors; what is dealt is stored, never computed again."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignment.dealing import Deal
from domain.assignment.dealing import deal as dealt_from
from domain.assignment.names import Pair
from domain.dealing import DealKind
from domain.jurors import CardStatus
from storage.acts.deal_records import Made, record_deal
from storage.acts.detecting import detect_conflicts
from storage.acts.judged_below import keep_from_judging_again
from storage.acts.service import Service, write_to_juror
from storage.deal_table import laid_table, seed_of
from storage.journal import write_line
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.templates import calendar_in

AT_ONCE = 1000


async def deal(session: AsyncSession, cycle: Cycle, at: datetime) -> Deal:
    """Give every admitted file its readers, keeping every card that is already dealt."""
    await keep_from_judging_again(session, cycle, at)
    await detect_conflicts(session, cycle)
    laid = await laid_table(session, cycle)
    # In a thread: ten thousand files take seconds, during which the worker must say that it lives.
    dealt = await asyncio.to_thread(dealt_from, laid.table, seed_of(cycle))
    if cycle.dealt_at == at:  # the same deal again, by a worker that took over
        return dealt
    kind = DealKind.OPENING if cycle.dealt_at is None else DealKind.LATE
    added = sorted(set(dealt.pairs) - laid.dealt)
    cycle.dealt_at = at
    await give_cards(session, cycle, added)
    await write_to_readers(session, cycle, [each.juror for each in laid.chairs], added)
    record = record_deal(session, cycle.id, Made(laid.table, dealt, kind, len(added)), at)
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="deal",
        at=at,
        after=f"cards={len(added)} short={len(dealt.short)} seed={dealt.seed} {record.fingerprint[:16]}",
        cycle_id=cycle.id,
    )
    return dealt


async def give_cards(session: AsyncSession, cycle: Cycle, added: Sequence[Pair]) -> None:
    """Write the cards of these pairs; one that was taken back comes back empty."""
    for start in range(0, len(added), AT_ONCE):
        fresh = insert(Card).values(
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
                for file, juror in added[start : start + AT_ONCE]
            ]
        )
        await session.execute(fresh.on_conflict_do_nothing())


async def write_to_readers(
    session: AsyncSession, cycle: Cycle, jurors: Collection[Juror], added: Sequence[Pair]
) -> None:
    """Write to each juror who receives cards, how many and until when."""
    calendar = calendar_in(cycle)
    counts = Counter(juror for _, juror in added)
    for juror in jurors:
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
