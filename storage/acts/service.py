"""A juror's service, locked for a move, and the letters about it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar import CycleCalendar
from storage.ledger import Intent, plan
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.templates import calendar_in


@dataclass(frozen=True, slots=True)
class Service:
    """A juror in a cycle, with the request being settled."""

    juror: Juror
    cycle: Cycle
    calendar: CycleCalendar
    request: Request | None

    @property
    def subject(self) -> str:
        """The name by which the journal and the ledger know the juror."""
        return f"juror:{self.juror.id}"


async def opened_service(session: AsyncSession, juror: str, request: str | None) -> Service:
    """Lock the juror's row, so that two moves of one juror take turns."""
    row = (
        await session.execute(
            select(Juror, Cycle)
            .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
            .where(col(Juror.id) == UUID(juror))
            .with_for_update(of=Juror)
            .execution_options(populate_existing=True)
        )
    ).one()
    asked = await session.get(Request, UUID(request)) if request else None
    return Service(row.Juror, row.Cycle, calendar_in(row.Cycle), asked)


async def write_to_juror(
    session: AsyncSession,
    service: Service,
    kind: str,
    *,
    key: str = "",
    mailing: str | None = None,
    **facts: object,
) -> None:
    """Plan one letter to a juror; the same kind with the same key is written once."""
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{service.juror.id}" + (f":{key}" if key else ""),
                kind=kind,
                subject=service.subject,
                mailing=mailing,
                person_id=service.juror.person_id,
                cycle_id=service.cycle.id,
                facts={
                    "cycle_name": service.cycle.name,
                    "zone": service.cycle.zone,
                    "link": f"/jury/{service.juror.id}",
                }
                | facts,
            )
        ],
    )
