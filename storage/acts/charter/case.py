"""An adherence locked for an act, and what every act leaves: a line and letters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.situation import Situation
from domain.wire import names
from storage.acts.charter.situations import last_report, situation_of, write_back
from storage.charters import charter_by_id
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.charter import Adherence, AdherenceMember, Report
from storage.tables.people import Organiser
from storage.tables.records import Request

# Who of the company reads what; everybody when nothing is said.
SIGNATORY = "signatory"
ACCOUNTABLE = ("reporting", "lead")


@dataclass(slots=True)
class AdherenceCase:
    """An adherence locked for an act: its rows, its version of the charter, its situation."""

    adherence: Adherence
    report: Report | None
    charter: CharterDocument
    request: Request | None
    at: datetime
    situation: Situation

    @property
    def subject(self) -> str:
        """The name by which requests, the journal and the ledger know it."""
        return names.adherence_subject(str(self.adherence.id))

    def said(self, field: str) -> str:
        """What the request says under that name."""
        return str(self.request.payload.get(field) or "") if self.request else ""


async def opened(
    session: AsyncSession, adherence: str, request: str | None, at: datetime
) -> AdherenceCase:
    """Lock the row, so that two acts on one adherence take turns."""
    row = (
        await session.execute(
            select(Adherence)
            .where(col(Adherence.id) == UUID(adherence))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one()
    report = await last_report(session, row)
    asked = await session.get(Request, UUID(request)) if request else None
    charter = await charter_by_id(session, row.charter_id)
    return AdherenceCase(row, report, charter, asked, at, situation_of(row, report))


async def close(session: AsyncSession, case: AdherenceCase, act: str, after: Situation) -> None:
    """Write the new situation down, settle the request, and leave the line of audit."""
    before = case.situation
    report = write_back(case.adherence, case.report, after, after.day_of(case.at))
    if report is not None and report is not case.report:
        session.add(report)
    case.report, case.situation = report, after
    if case.request is not None:
        case.request.settled = True
    write_line(
        session,
        subject=case.subject,
        act=act,
        at=case.at,
        before=before.state,
        after=after.state,
        reason=case.said("reason"),
        request=case.request,
        calendar_version=case.charter.version,
    )
    await session.flush()


async def write(
    session: AsyncSession,
    case: AdherenceCase,
    kind: str,
    *,
    key: str = "",
    to: Collection[str] = (),
    **more: object,
) -> None:
    """Write to the people of the company, or to those of its roles that are named."""
    people = select(col(AdherenceMember.person_id)).where(
        col(AdherenceMember.adherence_id) == case.adherence.id
    )
    if to:
        people = people.where(col(AdherenceMember.role).in_(to))
    await _plan(session, case, kind, key, set((await session.scalars(people)).all()), more)


async def write_to_organisers(
    session: AsyncSession, case: AdherenceCase, kind: str, *, key: str = "", **more: object
) -> None:
    """Write to those who organise everything: the charter is national."""
    people = select(col(Organiser.person_id)).where(col(Organiser.cycle_id).is_(None))
    link = f"/organisation/charte/adherents/{case.adherence.id}"
    found = set((await session.scalars(people)).all())
    await _plan(session, case, kind, key, found, {"link": link} | more)


async def _plan(  # noqa: PLR0913, PLR0917  (a letter has that many parts)
    session: AsyncSession,
    case: AdherenceCase,
    kind: str,
    key: str,
    people: Collection[UUID],
    more: dict[str, object],
) -> None:
    stem = key or f"{case.at.isoformat()}"
    said = {name: _plain(value) for name, value in more.items()}
    await plan(
        session,
        [
            Intent(
                key=f"{kind}:{case.adherence.id}:{stem}:{person}",
                kind=kind,
                subject=case.subject,
                person_id=person,
                facts=facts(case) | said,
            )
            for person in sorted(people)
        ],
    )


def facts(case: AdherenceCase) -> dict[str, object]:
    """What every letter about an adherence says."""
    return {
        "company": case.adherence.company,
        "siren": case.adherence.siren,
        "zone": case.adherence.zone,
        "link": f"/adhesions/{case.adherence.id}",
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
