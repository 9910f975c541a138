"""An application locked for a move, and what every move leaves: a line and letters."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.calendar import CycleCalendar
from domain.cycle_names import CycleName, called
from domain.texts import Text
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle, Edition
from storage.tables.people import Person
from storage.tables.records import Request
from storage.templates import calendar_of

_OPENED = (
    select(Application, Cycle, Request, col(Edition.name), col(Edition.year))
    .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
    .join(Edition, col(Edition.id) == col(Cycle.edition_id))
    .outerjoin(Request, col(Request.id) == bindparam("request", type_=Uuid()))
    .where(col(Application.id) == bindparam("application", type_=Uuid()))
    .with_for_update(of=Application)
    .execution_options(populate_existing=True)
)
_MEMBERS = (
    select(col(Person.id), col(Person.language))
    .join(Member, col(Member.person_id) == col(Person.id))
    .where(col(Member.application_id) == bindparam("application", type_=Uuid()))
)


@dataclass(frozen=True, slots=True)
class Case:
    """An application locked for a move, with what the move needs to know; the dates are its own."""

    application: Application
    cycle: Cycle
    calendar: CycleCalendar
    request: Request | None
    at: datetime
    called: CycleName | None = None

    @property
    def subject(self) -> str:
        """The name by which the journal and the ledger know the application."""
        return f"application:{self.application.id}"


async def opened(
    session: AsyncSession, application: str, request: str | None, at: datetime
) -> Case:
    """Lock the row, so that two moves of one application take turns."""
    told = {"application": UUID(application), "request": UUID(request) if request else None}
    row = (await session.execute(_OPENED, told)).one()
    cycle: Cycle = row.Cycle
    name = called(row.name, row.year, cycle.name, cycle.territory)
    return Case(row.Application, cycle, calendar_of(row.Application, cycle), row.Request, at, name)


async def close_case(
    session: AsyncSession, case: Case, act: Act, before: Status, after: Status
) -> None:
    """Put the application in its new state, mark the request settled, and write the line."""
    case.application.status = after
    if case.request is not None:
        case.request.settled = True
    write_line(
        session,
        subject=case.subject,
        act=act,
        at=case.at,
        before=before,
        after=after,
        reason=reason(case),
        request=case.request,
        cycle_id=case.cycle.id,
        calendar_version=case.cycle.calendar_version,
    )
    await session.flush()


async def write(
    session: AsyncSession, case: Case, kind: str, *, key: str = "", **more: object
) -> None:
    """Write to everyone of the company who works on the application, once for each request."""
    asked = case.request.id if case.request else case.application.version
    base = key or f"{kind}:{case.application.id}:{asked}"
    # What has changed so far is written by « close_case », once, rather than before each statement.
    with session.no_autoflush:
        members = await session.execute(_MEMBERS, {"application": case.application.id})
        await plan(
            session,
            [
                Intent(
                    key=f"{base}:{member.id}",
                    kind=kind,
                    subject=case.subject,
                    person_id=member.id,
                    cycle_id=case.cycle.id,
                    facts=facts(case) | {n: spoken(v, member.language) for n, v in more.items()},
                )
                for member in members
            ],
        )


def spoken(value: object, language: str) -> object:
    """The words of the template in one language; anything else as it is."""
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        texts = cast("tuple[object, ...]", value)
        return [spoken(each, language) for each in texts]
    return value


def facts(case: Case) -> dict[str, object]:
    """What every letter about an application says."""
    application = case.application
    name: dict[str, object] = {"cycle_name": case.cycle.name}
    if case.called:
        name = {"cycle_name": case.called.whole, "cycle_short": case.called.short}
    return name | {
        "zone": case.cycle.zone,
        "link": f"/candidatures/{application.id}",
        "company": application.company,
        "title": application.title,
        "number": application.number or "",
    }


def reason(case: Case) -> str:
    """The reason typed with the request."""
    return str(case.request.payload.get("reason", "")) if case.request else ""
