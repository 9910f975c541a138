"""What a partner writes in its own part, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.drafting import Merge, marks_of, merged
from domain.partners import PartnerAct, PartnerStatus, check_alive, check_in_time, delay_of, moved
from storage.drafts.applications import Typed
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.partners import Partner
from storage.templates import calendar_of, template_of


@dataclass(frozen=True, slots=True)
class PartnerPen:
    """Who writes, in which part, and when."""

    partner_id: UUID
    person_id: UUID
    now: datetime


async def save_part(session: AsyncSession, pen: PartnerPen, typed: Typed) -> Merge:
    """Keep what was typed, right or wrong, until it is countersigned or the delay is over."""
    row = await session.execute(
        select(Partner, Application, Cycle)
        .join(Application, col(Application.id) == col(Partner.application_id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Partner.id) == pen.partner_id, col(Partner.person_id) == pen.person_id)
        # In the order of the moves: an act locks the application, then writes to its partner.
        .with_for_update(of=(Application, Partner))
    )
    partner, application, cycle = row.one()
    template = await template_of(session, cycle)
    delay = delay_of(template, calendar_of(application, cycle), application.complements_until)
    check_alive(Status(application.status))
    moved(PartnerStatus(partner.status), PartnerAct.COUNTERSIGN)
    check_in_time(delay, partner.invited_at, pen.now)
    kept = partner.answers
    seen = marks_of(kept, typed.answers) if typed.seen is None else typed.seen
    merge = merged(kept, typed.answers, seen)
    if merge.answers != kept:
        partner.answers = merge.answers
        partner.saved_at = pen.now
    return merge
