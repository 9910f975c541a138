"""What time does to a partner's part, and to a doubt: one reminder, then the rule looks again."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.partners import ALIVE, PartnerAct, PartnerStatus
from domain.refusals import Refusal
from domain.wire.partner import SettlePartner, Tended, TendPartner
from storage.acts.case import Case, opened
from storage.acts.doubts import tend as tend_the_doubt
from storage.acts.looks import next_look
from storage.acts.partner_file import delay_in, partner_on
from storage.acts.partner_letters import write_to_partner
from storage.acts.partner_rule import look_again
from storage.acts.partners import settle
from storage.acts.waiting import still_waiting
from storage.tables.partners import Partner


async def tend(session: AsyncSession, due: TendPartner) -> Tended:
    """Settle what arrived in time, remind once, look at the rule again, and say when to come back."""
    await _settle_what_waits(session, due)
    case = await opened(session, due.application, None, due.at)
    partner = await partner_on(session, case.application.id)
    reminded = await _remind(session, case, partner) if partner else 0
    told = await tend_the_doubt(session, case)
    if case.application.version and Status(case.application.status) in ALIVE:
        await look_again(session, case)
    return Tended(await next_look(session, case), reminded + told, case.application.version)


async def _remind(session: AsyncSession, case: Case, partner: Partner) -> int:
    delay = await delay_in(session, case)
    is_time = delay.reminds_at(partner.invited_at) <= case.at < delay.ends_at(partner.invited_at)
    if partner.status != PartnerStatus.INVITED or not is_time:
        return 0
    return await write_to_partner(session, case, partner, "partner_reminder")


async def _settle_what_waits(session: AsyncSession, due: TendPartner) -> None:
    """A countersignature that arrived in time counts, even if nobody carried it to us."""
    subject = f"application:{due.application}"
    for request in await still_waiting(session, subject, [PartnerAct.COUNTERSIGN]):
        asked = SettlePartner(
            due.application, PartnerAct.COUNTERSIGN, str(request.id), request.arrived_at
        )
        try:
            await settle(session, asked)
        except Refusal:
            request.settled = True
