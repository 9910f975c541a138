"""What jurors sent before the end of the evaluation and that no workflow settled in time."""

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardAct, JurorStatus
from domain.refusals import Refusal
from domain.wire.juror import SettleCard, SettleConflicts
from storage.acts.cards import settle_card
from storage.acts.conflicts import settle_conflicts
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.records import Request
from storage.templates import calendar_in


async def settle_what_arrived_in_time(session: AsyncSession, cycle: Cycle) -> None:
    """Take the cards and conflicts sent in time by their own jurors; the arrival decides, not a worker."""
    await _settle_cards(session, cycle)
    await _settle_conflicts(session, cycle)


async def _settle_cards(session: AsyncSession, cycle: Cycle) -> None:
    rows = await session.execute(
        select(Request, col(Card.id), col(Card.juror_id))
        .join(Card, col(Request.subject) == "card:" + cast(col(Card.id), Text))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(
            col(Card.cycle_id) == cycle.id,
            col(Juror.person_id) == col(Request.by_person),
            col(Request.kind).in_(list(CardAct)),
            col(Request.settled).is_(False),
            col(Request.arrived_at) <= calendar_in(cycle).evaluation_until,
        )
        .order_by(col(Request.arrived_at))
    )
    for request, card, juror in rows.all():
        asked = SettleCard(
            str(juror), str(card), CardAct(request.kind), str(request.id), request.arrived_at
        )
        try:
            await settle_card(session, asked)
        except Refusal:
            request.settled = True


async def _settle_conflicts(session: AsyncSession, cycle: Cycle) -> None:
    """After the cards: a tie sets aside the card that the same juror had sealed."""
    rows = await session.execute(
        select(Request, col(Juror.id))
        .join(Juror, col(Request.subject) == "juror:" + cast(col(Juror.id), Text))
        .where(
            col(Juror.cycle_id) == cycle.id,
            col(Juror.status) == JurorStatus.ACCEPTED,
            col(Juror.person_id) == col(Request.by_person),
            col(Request.kind) == "declare_conflicts",
            col(Request.settled).is_(False),
            col(Request.arrived_at) <= calendar_in(cycle).evaluation_until,
        )
        .order_by(col(Request.arrived_at))
    )
    for request, juror in rows.all():
        try:
            async with session.begin_nested():
                await settle_conflicts(
                    session, SettleConflicts(str(juror), str(request.id), request.arrived_at)
                )
        except Refusal:
            request.settled = True
