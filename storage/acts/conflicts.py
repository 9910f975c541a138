"""Conflicts of interest, as jurors declare them: what they close, and who reads instead."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.conflicts import tie_of
from domain.jurors import CardStatus
from domain.refusals import N_, Refusal
from domain.wire.juror import JurorState, SettleConflicts
from storage.acts.juries import state_of
from storage.acts.replacing import find_another_reader, stand_aside
from storage.acts.service import Service, opened_service
from storage.journal import write_line
from storage.tables.juries import Card


async def settle_conflicts(session: AsyncSession, asked: SettleConflicts) -> JurorState:
    """Record the conflicts of a juror; a card already dealt goes to another reader."""
    service = await opened_service(session, asked.juror, asked.request)
    request = service.request
    if request is None or request.settled:
        return await state_of(session, service.juror)
    if asked.arrived_at > service.calendar.evaluation_until:
        raise Refusal(
            N_(
                "La notation est close : votre déclaration est arrivée après l’heure et n’a pas été prise. "
                "Si un lien vous revient, écrivez à l’organisation sans attendre."
            )
        )
    reasons: dict[str, str] = request.payload.get("reasons") or {}
    ties: dict[str, str] = request.payload.get("ties") or {}
    wake: list[str] = []
    for application in _named(request.payload.get("applications")):
        await stand_aside(
            session,
            service,
            application,
            reasons.get(str(application), ""),
            asked.arrived_at,
            tie_of(ties.get(str(application), "")),
        )
        wake += await _hand_over(session, service, application, asked)
    service.juror.conflicts_declared_at = service.juror.conflicts_declared_at or asked.arrived_at
    request.settled = True
    write_line(
        session,
        subject=service.subject,
        act="declare_conflicts",
        at=asked.arrived_at,
        request=request,
        cycle_id=service.cycle.id,
    )
    return await state_of(session, service.juror, tuple(wake))


async def _hand_over(
    session: AsyncSession, service: Service, application: UUID, asked: SettleConflicts
) -> tuple[str, ...]:
    """Take back a card that was dealt before the conflict was known; a sealed one is set aside too."""
    taken = await session.execute(
        update(Card)
        .where(
            col(Card.juror_id) == service.juror.id,
            col(Card.application_id) == application,
            col(Card.status).in_([CardStatus.TO_SCORE, CardStatus.SEALED]),
        )
        .values(status=CardStatus.RECUSED, closed_at=asked.arrived_at)
        .returning(col(Card.id))
    )
    if taken.first() is None:
        return ()
    return await find_another_reader(session, service, application)


def _named(applications: list[str] | None) -> list[UUID]:
    return [UUID(each) for each in applications or []]
