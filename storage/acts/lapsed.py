"""A draft that had lapsed: whether its place is still free, and the notices that no longer hold."""

from collections.abc import Collection

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from storage.acts.case import Case
from storage.ledger import LetterState
from storage.tables.applications import Application
from storage.tables.letters import Letter

GONE = (Status.LAPSED, Status.WITHDRAWN)


async def is_replaced(session: AsyncSession, case: Case) -> bool:
    """Whether the company has begun another file in the same category meanwhile."""
    other = exists().where(
        col(Application.cycle_id) == case.cycle.id,
        col(Application.siret) == case.application.siret,
        col(Application.category) == case.application.category,
        col(Application.status).not_in(GONE),
    )
    return bool((await session.execute(select(other))).scalar_one())


async def hold_back(session: AsyncSession, case: Case, kinds: Collection[str]) -> None:
    """Keep in letters of those kinds that have not left yet."""
    await session.execute(
        update(Letter)
        .where(
            col(Letter.subject) == case.subject,
            col(Letter.kind).in_(kinds),
            col(Letter.state) == LetterState.PLANNED,
        )
        .values(state=LetterState.CANCELLED)
    )
