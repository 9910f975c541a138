"""Closing a score card: sealed, abstained, or handed to another reader."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardAct, CardStatus, JurorStatus, card_after
from domain.refusals import N_, Refusal
from domain.scoring import check_card, note
from domain.wire.juror import CardState, JurorState, SettleCard, SettleConflicts
from storage.acts.juries import left_to_score, state_of
from storage.acts.service import Service, opened_service, write_to_juror
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.juries import Card, Conflict, Juror
from storage.templates import template_of


async def settle_card(session: AsyncSession, asked: SettleCard) -> CardState:
    """Close a card by the juror's request; what is closed stays as it was first closed."""
    service = await opened_service(session, asked.juror, asked.request)
    card = (
        await session.execute(
            select(Card).where(
                col(Card.id) == UUID(asked.card), col(Card.juror_id) == service.juror.id
            )
        )
    ).scalar_one_or_none()
    if card is None:
        raise Refusal(N_("Cette fiche n’est pas la vôtre."))
    if service.request is not None and service.request.settled:
        return CardState(CardStatus(card.status), await left_to_score(session, service.juror.id))
    if asked.arrived_at > service.calendar.evaluation_until:
        raise Refusal(
            N_(
                "L’évaluation est close : cette fiche est arrivée après l’heure et n’a pas été prise."
            )
        )
    after = card_after(CardStatus(card.status), asked.act)
    if asked.act is CardAct.SEAL:
        await _seal(session, service, card)
    else:
        card.reason = _reason(service)
    wake = await _recuse(session, service, card, asked) if asked.act is CardAct.RECUSE else ()
    before, card.status = card.status, after
    card.closed_at = asked.arrived_at
    _settled(session, service, card, asked, before)
    await session.flush()
    return CardState(after, await left_to_score(session, service.juror.id), wake)


async def settle_conflicts(session: AsyncSession, asked: SettleConflicts) -> JurorState:
    """Record the conflicts of a juror; a card already dealt goes to another reader."""
    service = await opened_service(session, asked.juror, asked.request)
    request = service.request
    if request is None or request.settled:
        return await state_of(session, service.juror)
    reasons: dict[str, str] = request.payload.get("reasons") or {}
    wake: list[str] = []
    for application in _named(request.payload.get("applications")):
        await _stand_aside(session, service, application, reasons.get(str(application), ""), asked)
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


async def _seal(session: AsyncSession, service: Service, card: Card) -> None:
    """Check the marks again, by the grid that the cycle froze, and keep the exact note."""
    marks, comments = _typed(service, "marks"), _typed(service, "comments")
    template = await template_of(session, service.cycle)
    application = await session.get_one(Application, card.application_id)
    category = template.category(application.category)
    if check_card(category, template.scale, marks, comments):
        raise Refusal(
            N_("Il manque une note ou un commentaire : relisez la fiche avant de l’envoyer.")
        )
    card.marks = {code: int(marks[code]) for code in category.criterion_codes}
    card.comments = {code: str(comments.get(code, "")) for code in category.criterion_codes}
    card.note = note(category, template.scale, card.marks)


async def _recuse(
    session: AsyncSession, service: Service, card: Card, asked: SettleCard
) -> tuple[str, ...]:
    await _stand_aside(session, service, card.application_id, _reason(service), asked)
    return await _find_another_reader(session, service, card.application_id)


async def _stand_aside(
    session: AsyncSession,
    service: Service,
    application: UUID,
    reason: str,
    asked: SettleCard | SettleConflicts,
) -> None:
    ours = await session.execute(
        select(col(Application.id)).where(
            col(Application.id) == application, col(Application.cycle_id) == service.cycle.id
        )
    )
    if ours.first() is None:
        raise Refusal(N_("Cette candidature n’est pas de ce cycle."))
    await session.execute(
        insert(Conflict)
        .values(
            id=uuid4(),
            juror_id=service.juror.id,
            application_id=application,
            kind="declared",
            reason=reason,
            at=asked.arrived_at,
        )
        .on_conflict_do_nothing()
    )


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
    return await _find_another_reader(session, service, application)


async def _find_another_reader(
    session: AsyncSession, service: Service, application: UUID
) -> tuple[str, ...]:
    """Give the file to the least loaded juror who may read it, and write to them."""
    load = (
        select(func.count())
        .where(col(Card.juror_id) == col(Juror.id), col(Card.status) != CardStatus.RECUSED)
        .scalar_subquery()
    )
    readers = select(col(Card.juror_id)).where(col(Card.application_id) == application)
    aside = select(col(Conflict.juror_id)).where(col(Conflict.application_id) == application)
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
        company=file.company,
        title=file.title,
        evaluation_until=service.calendar.evaluation_until.isoformat(),
    )
    return (str(found.id),)


def _settled(
    session: AsyncSession, service: Service, card: Card, asked: SettleCard, before: str
) -> None:
    if service.request is not None:
        service.request.settled = True
    write_line(
        session,
        subject=f"card:{card.id}",
        act=asked.act,
        at=asked.arrived_at,
        before=before,
        after=card.status,
        reason=card.reason,
        request=service.request,
        cycle_id=service.cycle.id,
    )


def _typed(service: Service, name: str) -> dict[str, Any]:
    payload = service.request.payload if service.request else {}
    return payload.get(name) or {}


def _reason(service: Service) -> str:
    return str(service.request.payload.get("reason", "")) if service.request else ""


def _named(applications: list[str] | None) -> list[UUID]:
    return [UUID(each) for each in applications or []]
