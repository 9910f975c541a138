"""Closing a score card: sealed, abstained, or handed to another reader."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardAct, CardStatus, card_after
from domain.refusals import N_, Refusal
from domain.scoring import check_card, note
from domain.wire.juror import CardState, SettleCard
from storage.acts.juries import left_to_score
from storage.acts.replacing import find_another_reader, stand_aside
from storage.acts.service import Service, opened_service
from storage.journal import write_line
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.juries import Card
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
    card.read_version = await _version_read(session, service, application)


async def _version_read(
    session: AsyncSession, service: Service, application: Application
) -> int | None:
    """The version that the page showed, else the last that had arrived when the card was sealed."""
    if service.request is None:
        return application.version or None
    shown = service.request.payload.get("version")
    if isinstance(shown, int) and 0 < shown <= application.version:
        return shown
    arrived = select(func.max(col(ApplicationVersion.version))).where(
        col(ApplicationVersion.application_id) == application.id,
        col(ApplicationVersion.arrived_at) <= service.request.arrived_at,
    )
    return (await session.execute(arrived)).scalar_one()


async def _recuse(
    session: AsyncSession, service: Service, card: Card, asked: SettleCard
) -> tuple[str, ...]:
    await stand_aside(session, service, card.application_id, _reason(service), asked.arrived_at)
    return await find_another_reader(session, service, card.application_id)


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
