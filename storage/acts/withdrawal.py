"""A company withdraws: the jurors who were still to read are told to stop."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus
from storage.acts.case import Case, facts, write
from storage.ledger import Intent, plan
from storage.tables.juries import Card, Juror


async def withdraw(session: AsyncSession, case: Case) -> None:
    """Withdraw the application; scores already given stay out of the ranking."""
    await stop_readers(session, case, "application_withdrawn_in_jury")
    await write(session, case, "application_withdrawn")


async def stop_readers(session: AsyncSession, case: Case, kind: str) -> None:
    """Close the cards that were still to score, and tell their jurors; what was scored is kept."""
    asked = case.request.id if case.request else ""
    readers = await session.execute(
        select(col(Juror.id), col(Juror.person_id))
        .join(Card, col(Card.juror_id) == col(Juror.id))
        .where(
            col(Card.application_id) == case.application.id, col(Card.status) == CardStatus.TO_SCORE
        )
    )
    await plan(
        session,
        [
            Intent(
                key=f"{kind.removeprefix('application_')}:{case.application.id}:{asked}:{reader.id}",
                kind=kind,
                subject=case.subject,
                person_id=reader.person_id,
                cycle_id=case.cycle.id,
                facts=facts(case) | {"link": f"/jury/{reader.id}"},
            )
            for reader in readers
        ],
    )
    await session.execute(
        update(Card)
        .where(
            col(Card.application_id) == case.application.id, col(Card.status) == CardStatus.TO_SCORE
        )
        .values(status=CardStatus.WITHDRAWN, closed_at=case.at)
    )
