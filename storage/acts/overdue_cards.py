"""Score cards that arrived before the end of the evaluation and that no workflow settled in time."""

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardAct
from domain.refusals import Refusal
from domain.wire.juror import SettleCard
from storage.acts.cards import settle_card
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.records import Request
from storage.templates import calendar_in


async def settle_what_arrived_in_time(session: AsyncSession, cycle: Cycle) -> None:
    """Take the cards sent in time by their own jurors; the arrival decides, not a slow worker."""
    rows = await session.execute(
        select(Request, col(Card.id), col(Card.juror_id))
        .join(Card, col(Request.subject) == "card:" + cast(col(Card.id), Text))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(
            col(Card.cycle_id) == cycle.id,
            col(Juror.person_id) == col(Request.by_person),
            # Nobody would read what a recusal hands over once the evaluation is over.
            col(Request.kind).in_([CardAct.SEAL, CardAct.ABSTAIN]),
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
