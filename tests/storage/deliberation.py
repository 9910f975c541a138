"""A jury that deliberates: a frozen ranking, decisions, and the request that signs them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.phases import Phase
from domain.ranking import Flag
from domain.wire.cycle import SignMinutes
from storage.acts.ranking import freeze_ranking
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.results import Decision, Standing
from tests.builders import NOON, a_juror
from tests.storage.acts import FAIR, GOOD, POOR, a_request, ranked_files


async def deliberating(session: AsyncSession) -> tuple[Cycle, list[Application]]:
    """A cycle whose ranking of three files is frozen."""
    cycle, files = await ranked_files(session, GOOD, FAIR, POOR)
    await a_juror(session, cycle, name="Troisième membre")
    await freeze_ranking(session, cycle, NOON)
    cycle.phase = Phase.DELIBERATION
    await session.flush()
    return cycle, files


def decision(
    cycle: Cycle,
    laureate: Application | None,
    *nominees: Application,
    category: str = "EQUIPE",
) -> Decision:
    """What the jury decides in a category, that of the files unless said otherwise."""
    return Decision(
        cycle_id=cycle.id,
        category=category,
        laureate_id=laureate.id if laureate else None,
        nominees=[str(each.id) for each in nominees],
        awards=laureate is not None,
    )


async def has_flags(session: AsyncSession, file: Application, *flags: Flag) -> None:
    """The frozen ranking raises these flags on a file."""
    standing = await session.scalars(
        select(Standing).where(col(Standing.application_id) == file.id)
    )
    standing.one().flags = [str(flag) for flag in flags]
    await session.flush()


async def signed(
    session: AsyncSession,
    cycle: Cycle,
    summary: str = "Débat",
    *,
    absent: int = 0,
    strangers: Sequence[UUID] = (),
    by_chair: bool = True,
) -> SignMinutes:
    """A request of the chair, as an activity receives it, with everybody present but the absent."""
    jurors = list(await session.scalars(select(Juror).where(col(Juror.cycle_id) == cycle.id)))
    chair = next(each for each in jurors if each.is_chair)
    present = [each.id for each in jurors[absent:]]
    request = await a_request(
        session,
        "sign_minutes",
        f"cycle:{cycle.id}",
        {"summary": summary, "present": [str(each) for each in (*present, *strangers)]},
        by=chair.person_id if by_chair else None,
    )
    return SignMinutes(str(cycle.id), str(request.id), NOON)
