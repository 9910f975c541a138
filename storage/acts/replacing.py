"""A juror stands aside from a file, and another one reads it instead."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import Source, Standing, TieKind
from domain.jurors import CardStatus, JurorStatus
from domain.phases import ORDER, Phase
from domain.refusals import N_, Refusal
from storage.acts.detecting import detect_conflicts
from storage.acts.service import Service, write_to_juror
from storage.tables.applications import Application
from storage.tables.juries import Card, Conflict, Juror

# Nobody would read what is handed over once the evaluation has ended.
OVER = frozenset({*ORDER[ORDER.index(Phase.DELIBERATION) :], Phase.CANCELLED})


async def stand_aside(  # noqa: PLR0913, PLR0917  (who, which file, and all that they say of it)
    session: AsyncSession,
    service: Service,
    application: UUID,
    reason: str,
    at: datetime,
    tie: TieKind = TieKind.OTHER,
) -> None:
    """Keep that a juror has a tie with a candidate of the cycle; said twice, it is kept once.

    What a juror says of themselves outweighs what others suspected, or dismissed.
    """
    ours = await session.execute(
        select(col(Application.id)).where(
            col(Application.id) == application, col(Application.cycle_id) == service.cycle.id
        )
    )
    if ours.first() is None:
        raise Refusal(N_("Cette candidature n’est pas de ce cycle."))
    said = {
        "kind": Source.JUROR,
        "tie": tie,
        "standing": Standing.CONFIRMED,
        "reason": reason,
        "at": at,
    }
    await session.execute(
        insert(Conflict)
        .values(id=uuid4(), juror_id=service.juror.id, application_id=application, **said)
        .on_conflict_do_update(
            index_elements=["juror_id", "application_id"],
            set_=said,
            where=col(Conflict.standing) != Standing.CONFIRMED,
        )
    )


async def find_another_reader(
    session: AsyncSession, service: Service, application: UUID, mailing: str | None = None
) -> tuple[str, ...]:
    """Give the file to the least loaded juror who may read it, while there is time, and write to them."""
    if service.cycle.phase in OVER:
        return ()
    await detect_conflicts(session, service.cycle)
    load = (
        select(func.count())
        .where(col(Card.juror_id) == col(Juror.id), col(Card.status) != CardStatus.RECUSED)
        .scalar_subquery()
    )
    readers = select(col(Card.juror_id)).where(col(Card.application_id) == application)
    aside = select(col(Conflict.juror_id)).where(
        col(Conflict.application_id) == application,
        col(Conflict.standing) != Standing.DISMISSED,
    )
    company = (
        select(col(Application.siren)).where(col(Application.id) == application).scalar_subquery()
    )
    found = (
        await session.execute(
            select(Juror)
            .where(
                col(Juror.cycle_id) == service.cycle.id,
                col(Juror.status) == JurorStatus.ACCEPTED,
                col(Juror.id) != service.juror.id,
                col(Juror.id).not_in(readers),
                col(Juror.id).not_in(aside),
                col(Juror.siren) != company,
                (col(Juror.maximum).is_(None)) | (load < col(Juror.maximum)),
            )
            .order_by(load, col(Juror.id))
            .limit(1)
        )
    ).scalar_one_or_none()
    if found is None:
        return ()
    file = await session.get_one(Application, application)
    session.add(Card(cycle_id=service.cycle.id, application_id=application, juror_id=found.id))
    await write_to_juror(
        session,
        Service(found, service.cycle, service.calendar, None),
        "jury_card_added",
        key=str(application),
        mailing=mailing,
        company=file.company,
        title=file.title,
        evaluation_until=service.calendar.evaluation_until.isoformat(),
    )
    return (str(found.id),)
