"""A company names a juror to whom it is tied: the organiser decides, the deal avoids it meanwhile."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.conflicts import Source, Standing, TieKind, check_naming
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.refusals import N_, Refusal
from storage.journal import write_line
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Conflict, Juror
from storage.tables.people import Person

NOT_OF_THE_JURY = N_("Choisissez une personne de la liste.")
ALREADY = N_("Ce lien est déjà connu de l'organisation.")


@dataclass(frozen=True, slots=True)
class Naming:
    """Which juror, and what tie, as the company says it."""

    application_id: UUID
    juror_id: UUID
    tie: TieKind
    reason: str


@dataclass(frozen=True, slots=True)
class Named:
    """A juror that the company named, and what was decided."""

    juror: str
    tie: TieKind
    reason: str
    standing: Standing


async def name_juror(session: AsyncSession, naming: Naming, request_id: str) -> None:
    """Keep the tie as one to decide; the same request again does nothing.

    The cycle is held meanwhile, so that no tie is named while its files are dealt.
    """
    file = await session.get_one(Application, naming.application_id)
    cycle = await session.get_one(
        Cycle, file.cycle_id, with_for_update={"read": True}, populate_existing=True
    )
    request = await the_request(session, request_id)
    if request.settled:
        return
    check_naming(Phase(cycle.phase), Status(file.status))
    juror = await session.get(Juror, naming.juror_id)
    if juror is None or juror.cycle_id != cycle.id or juror.status != JurorStatus.ACCEPTED:
        raise Refusal(NOT_OF_THE_JURY)
    written = await session.execute(
        insert(Conflict)
        .values(
            id=uuid4(),
            juror_id=juror.id,
            application_id=file.id,
            kind=Source.CANDIDATE,
            tie=naming.tie,
            standing=Standing.SUSPECTED,
            reason=naming.reason,
            at=request.arrived_at,
        )
        .on_conflict_do_nothing()
        .returning(col(Conflict.id))
    )
    if written.first() is None:
        raise Refusal(ALREADY)
    request.settled = True
    write_line(
        session,
        subject=f"juror:{juror.id}",
        act="name_conflict",
        at=request.arrived_at,
        after=Standing.SUSPECTED,
        request=request,
        cycle_id=cycle.id,
    )


async def named_by(session: AsyncSession, application_id: UUID) -> tuple[Named, ...]:
    """The jurors whom the company named, in the order in which it did."""
    rows = await session.execute(
        select(Conflict, col(Person.name))
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(
            col(Conflict.application_id) == application_id,
            col(Conflict.kind) == Source.CANDIDATE,
        )
        .order_by(col(Conflict.at), col(Conflict.id))
    )
    return tuple(
        Named(name, TieKind(each.tie), each.reason, Standing(each.standing)) for each, name in rows
    )
