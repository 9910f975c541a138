"""The company itself puts its draft in another category, before it has ever been sent."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.category_change import UNKNOWN, changed, check_own_change
from domain.partners import PartnerStatus, partner_sections
from domain.refusals import Refusal
from domain.returning import TAKEN
from storage.acts.partner_file import partner_on
from storage.drafts.applications import applications_of, take_turns
from storage.drafts.pen import Pen, opened
from storage.journal import write_line
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.templates import template_of


async def change_own_category(session: AsyncSession, pen: Pen, category: str) -> Application:
    """Move the draft: common answers follow, the others are kept aside and come back with theirs."""
    application = await opened(session, pen)
    cycle = await session.get_one(Cycle, application.cycle_id)
    template = await template_of(session, cycle)
    partner = await partner_on(session, application.id)
    if category not in {each.code for each in template.categories}:
        raise Refusal(UNKNOWN)
    check_own_change(
        before=application.category,
        after=category,
        version=application.version,
        leaves_a_partner=partner is not None
        and partner.status in {PartnerStatus.INVITED, PartnerStatus.COUNTERSIGNED}
        and not partner_sections(template, category),
    )
    await take_turns(session, cycle.id, application.siret)
    if category in await applications_of(session, cycle.id, application.siret):
        raise Refusal(TAKEN)
    change = changed(template, category, application.answers, application.set_aside)
    write_line(
        session,
        subject=f"application:{application.id}",
        act="change_own_category",
        before=application.category,
        after=category,
        by_person=pen.person_id,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )
    application.category = category
    application.answers, application.set_aside = change.answers, change.aside
    return application
