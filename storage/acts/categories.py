"""An organiser moves an application to another category: rules, answers, complements and letter."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.category_change import Asked, changed, check_change, due_at, lands_in
from domain.eligibility import is_admissible, verdicts
from domain.final_files import Entry
from domain.partners import PartnerStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.returning import TAKEN
from storage.acts.case import Case, reason, write
from storage.acts.eligibility_facts import facts_about
from storage.acts.partner_file import partner_on, wants_partner
from storage.acts.partner_letters import write_to_partner
from storage.acts.screening import record_screening
from storage.acts.submission import written
from storage.drafts.applications import applications_of, take_turns
from storage.tables.juries import Card
from storage.templates import template_of


async def change_category(session: AsyncSession, case: Case) -> Status:
    """Move the file: what the new category asks and the file lacks is asked for, with a due date."""
    application, template = case.application, await template_of(session, case.cycle)
    before = Status(application.status)
    old, new = application.category, _wanted(case)
    is_dealt = await _is_dealt(session, case)
    entry, phase = Entry(application.entry), Phase(case.cycle.phase)
    check_change(template, Asked(old, new, phase, entry, is_dealt))
    await take_turns(session, case.cycle.id, application.siret)
    if new in await applications_of(session, case.cycle.id, application.siret):
        raise Refusal(TAKEN)
    record_screening(session, case, Act.CHANGE_CATEGORY)
    change = changed(template, new, application.answers, application.set_aside)
    application.category = new
    application.answers, application.set_aside = change.answers, change.aside
    await _let_the_partner_go(session, case)
    after = lands_in(before, application.version, lacks=bool(change.missing))
    if after is Status.COMPLEMENTS and before is not Status.COMPLEMENTS:
        within = case.calendar.complements_within
        application.complements_until = due_at(case.calendar.closes_at, case.at, within)
    if application.version:
        found = verdicts(template, await facts_about(session, case))
        application.admissible = is_admissible(found)
        application.verdicts = [written(each) for each in found]
    is_due = after is Status.COMPLEMENTS
    await write(
        session,
        case,
        "category_changed",
        old_category=template.category(old).name,
        new_category=template.category(new).name,
        missing=change.missing,
        complements_until=application.complements_until if is_due else None,
        is_draft=after is Status.DRAFT,
        reason=reason(case),
    )
    return after


async def _let_the_partner_go(session: AsyncSession, case: Case) -> None:
    """A category without a partner leaves nobody to answer; what was countersigned stays there."""
    partner = await partner_on(session, case.application.id)
    if partner is None or partner.status != PartnerStatus.INVITED:
        return
    if not await wants_partner(session, case):
        partner.status = PartnerStatus.WITHDRAWN
        await write_to_partner(session, case, partner, "partner_released", link="/mon-espace")


async def _is_dealt(session: AsyncSession, case: Case) -> bool:
    dealt = select(col(Card.id)).where(col(Card.application_id) == case.application.id).limit(1)
    return (await session.execute(dealt)).first() is not None


def _wanted(case: Case) -> str:
    return str(case.request.payload.get("category", "")) if case.request else ""
