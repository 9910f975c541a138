"""The members of internal trophies: let in by address or by mail domain, and let go."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.insiders import Insider, InsiderKind
from domain.phases import ENDED, Phase
from domain.refusals import N_, Refusal
from storage.acts.cycles import facts_of
from storage.identity import person_called
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.cycles import Cycle
from storage.tables.cycles import Insider as Row
from storage.templates import calendar_in


async def let_in(
    session: AsyncSession, cycle: Cycle, wanted: Collection[Insider], by_person: UUID
) -> list[str]:
    """Let people in, each once; the keys of the letters to those whose address is new.

    A domain is written to nobody: its people are told by their company.
    """
    if Phase(cycle.phase) in ENDED:
        raise Refusal(N_("Ces trophées sont terminés : leurs membres ne changent plus."))
    if not wanted:
        return []
    rows = await session.execute(
        insert(Row)
        .values([{"cycle_id": cycle.id, "kind": each.kind, "value": each.value} for each in wanted])
        .on_conflict_do_nothing(index_elements=["cycle_id", "kind", "value"])
        .returning(col(Row.kind), col(Row.value))
    )
    new = [(kind, value) for kind, value in rows]
    if new:
        write_line(
            session,
            subject=f"cycle:{cycle.id}",
            act="let_in",
            after=str(len(new)),
            by_person=by_person,
            cycle_id=cycle.id,
        )
    letters = [
        await _invitation(session, cycle, value)
        for kind, value in new
        if kind == InsiderKind.ADDRESS
    ]
    await plan(session, letters)
    return [each.key for each in letters]


async def let_out(session: AsyncSession, cycle: Cycle, insider_id: UUID, by_person: UUID) -> bool:
    """Let somebody know no more; what they have already written stays theirs. False when nobody was."""
    gone = await session.execute(
        delete(Row)
        .where(col(Row.id) == insider_id, col(Row.cycle_id) == cycle.id)
        .returning(col(Row.id))
    )
    if gone.one_or_none() is None:
        return False
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="let_out",
        before="1",
        by_person=by_person,
        cycle_id=cycle.id,
    )
    return True


async def _invitation(session: AsyncSession, cycle: Cycle, email: str) -> Intent:
    person = await person_called(session, email)
    dates = calendar_in(cycle)
    return Intent(
        key=f"insider_invited:{cycle.id}:{person.id}",
        kind="insider_invited",
        subject=f"cycle:{cycle.id}",
        person_id=person.id,
        cycle_id=cycle.id,
        facts=facts_of(cycle, f"/candidatures/nouvelle?cycle={cycle.code}")
        | {"opens_at": dates.opens_at.isoformat(), "closes_at": dates.closes_at.isoformat()},
    )
