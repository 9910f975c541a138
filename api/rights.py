"""Who may do what, one function per question; what one must not know of is not found."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from api.errors import Forbidden, NotFound
from api.identity.viewer import Viewer
from domain.jurors import CardStatus
from domain.refusals import N_
from storage.reads.insiders import Knower
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror


def is_organiser_of(viewer: Viewer | None, cycle_id: UUID) -> bool:
    """Whether the person organises this cycle."""
    return viewer is not None and (viewer.organises_everything or cycle_id in viewer.organises)


def knower_of(viewer: Viewer | None) -> Knower | None:
    """Who asks, as far as internal trophies want to know."""
    if viewer is None:
        return None
    return Knower(viewer.email, None if viewer.organises_everything else viewer.organises)


def check_organises(viewer: Viewer | None, cycle_id: UUID) -> None:
    """Hide a cycle's desk from whoever does not organise it."""
    if not is_organiser_of(viewer, cycle_id):
        raise NotFound


def check_organises_everything(viewer: Viewer) -> None:
    """Keep editions to those who organise every cycle."""
    if not viewer.organises_everything:
        raise Forbidden(N_("Seule l'organisation nationale peut faire cela."))


async def organised_cycle(session: AsyncSession, viewer: Viewer, code: str) -> Cycle:
    """The cycle of that code, which the person organises."""
    cycle = (
        await session.execute(select(Cycle).where(col(Cycle.code) == code))
    ).scalar_one_or_none()
    if cycle is None:
        raise NotFound
    check_organises(viewer, cycle.id)
    return cycle


async def member_of(session: AsyncSession, viewer: Viewer, application_id: UUID) -> Application:
    """The application, on which the person works."""
    found = await session.execute(
        select(Application)
        .join(Member, col(Member.application_id) == col(Application.id))
        .where(col(Application.id) == application_id, col(Member.person_id) == viewer.person_id)
    )
    application = found.scalar_one_or_none()
    if application is None:
        raise NotFound
    return application


async def organised_application(
    session: AsyncSession, viewer: Viewer, application_id: UUID
) -> Application:
    """The application, in a cycle that the person organises."""
    application = await session.get(Application, application_id)
    if application is None or not is_organiser_of(viewer, application.cycle_id):
        raise NotFound
    return application


async def reader_of(session: AsyncSession, viewer: Viewer, application_id: UUID) -> Application:
    """The application, which the person may read: its company, its jurors, its organisers."""
    works_on_it = select(col(Member.id)).where(
        col(Member.application_id) == col(Application.id),
        col(Member.person_id) == viewer.person_id,
    )
    judges_it = (
        select(col(Card.id))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(
            col(Card.application_id) == col(Application.id),
            col(Card.status) != CardStatus.RECUSED,
            col(Juror.person_id) == viewer.person_id,
        )
    )
    organises_it = (
        col(Application.cycle_id).in_(viewer.organises)
        if not viewer.organises_everything
        else col(Application.id) == application_id
    )
    found = await session.execute(
        select(Application).where(
            col(Application.id) == application_id,
            or_(works_on_it.exists(), judges_it.exists(), organises_it),
        )
    )
    application = found.scalar_one_or_none()
    if application is None:
        raise NotFound
    return application


async def juror_of(session: AsyncSession, viewer: Viewer, juror_id: UUID) -> Juror:
    """The juror's seat, which is the person's own."""
    juror = await session.get(Juror, juror_id)
    if juror is None or juror.person_id != viewer.person_id:
        raise NotFound
    return juror


async def chair_of(session: AsyncSession, viewer: Viewer, juror_id: UUID) -> Juror:
    """The seat of the chair of a jury, which is the person's own."""
    juror = await juror_of(session, viewer, juror_id)
    if not juror.is_chair:
        raise Forbidden(N_("La délibération est conduite par la présidence du jury."))
    return juror
