"""The palmarès and the result letters of a cycle, written in one transaction."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.early_end import ended_early
from domain.edition import EditionTemplate
from domain.grand_prize import grand_prize_of
from domain.judging import SpecialPrize
from domain.levels import Level
from domain.mailings import MailingStep
from domain.palmares import fingerprinted
from domain.phases import Phase
from domain.wire.cycle import CycleRef
from domain.wire.mailing import Published
from storage.acts.calendars import put_in_force
from storage.acts.cycles import locked
from storage.acts.grand_prize import congratulate, published_prize
from storage.acts.mailings import ask_for_release, open_results, results_mailing
from storage.acts.results import Winners, thank_the_jury, write_results
from storage.journal import write_line
from storage.reads.gone import still_there
from storage.requests import the_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import Request
from storage.tables.results import Decision, Palmares
from storage.templates import calendar_in, template_of


async def publish(session: AsyncSession, due: CycleRef) -> Published | None:
    """Switch the cycle to « published » with its page and its letters; twice is once."""
    cycle = await locked(session, due.cycle)
    if cycle.phase == Phase.DECIDED:
        await _publish(session, cycle, due)
    mailing = await results_mailing(session, cycle.id)
    return Published(str(mailing.id), MailingStep(mailing.step)) if mailing else None


async def _publish(session: AsyncSession, cycle: Cycle, due: CycleRef) -> None:
    template = await template_of(session, cycle)
    decisions = await _decisions(session, cycle.id)
    session.add(
        Palmares(
            cycle_id=cycle.id,
            document=await _document(session, cycle, template, decisions, due),
            published_at=due.at,
        )
    )
    winners = await winners_of(session, cycle.id)
    mailing = await open_results(session, cycle)
    is_held = mailing.step == MailingStep.HELD
    await write_results(session, cycle, template, winners, due.at, is_held=is_held)
    await thank_the_jury(session, cycle)
    if is_held:
        await ask_for_release(session, cycle)
    if prize := grand_prize_of(template, Level(cycle.level)):
        await congratulate(session, cycle, prize, _given(decisions, prize), is_held=is_held)
    request = await _embargo_lifted(session, cycle, due)
    before, cycle.phase = cycle.phase, Phase.PUBLISHED
    cycle.entered_at = due.at
    write_line(
        session,
        subject=f"cycle:{cycle.id}",
        act="publish",
        at=due.at,
        before=before,
        after=Phase.PUBLISHED,
        reason=str(request.payload.get("reason", "")) if request else "",
        request=request,
        cycle_id=cycle.id,
        calendar_version=cycle.calendar_version,
    )


async def winners_of(session: AsyncSession, cycle_id: UUID) -> Winners:
    """Those whom the jury distinguished and who have not declined, as the letters say it."""
    decisions = await _decisions(session, cycle_id)
    declined = await _declined(session, cycle_id)
    return Winners(_laureates(decisions) - declined, _nominees(decisions) - declined)


async def _embargo_lifted(session: AsyncSession, cycle: Cycle, due: CycleRef) -> Request | None:
    """The request that lifts the embargo before its date, which the calendar in force then says."""
    if due.request is None:
        return None
    request = await the_request(session, due.request)
    request.settled = True
    lifted = ended_early(calendar_in(cycle), Phase.DECIDED, due.at)
    put_in_force(session, cycle, lifted, act="end_phase", at=due.at, request=request)
    return request


async def _decisions(session: AsyncSession, cycle_id: UUID) -> list[Decision]:
    rows = await session.execute(select(Decision).where(col(Decision.cycle_id) == cycle_id))
    return list(rows.scalars())


async def _declined(session: AsyncSession, cycle_id: UUID) -> set[UUID]:
    """The files whose company declined its prize: they hear their result as the others do."""
    rows = await session.scalars(
        select(col(Application.id)).where(
            col(Application.cycle_id) == cycle_id, col(Application.renounced_at).is_not(None)
        )
    )
    return set(rows)


def _laureates(decisions: Iterable[Decision]) -> set[UUID]:
    return {each.laureate_id for each in decisions if each.awards and each.laureate_id}


def _nominees(decisions: Iterable[Decision]) -> set[UUID]:
    return {UUID(nominee) for each in decisions for nominee in each.nominees}


async def _document(
    session: AsyncSession,
    cycle: Cycle,
    template: EditionTemplate,
    decisions: list[Decision],
    due: CycleRef,
) -> dict[str, object]:
    edition = await session.get_one(Edition, cycle.edition_id)
    named = await session.execute(
        select(Application).where(
            col(Application.id).in_(_laureates(decisions) | _nominees(decisions)),
            still_there(),
        )
    )
    files = {file.id: shown(file) for file in named.scalars()}
    by_category = {each.category: each for each in decisions}
    categories = [
        {
            "code": category.code,
            "name": {"fr": category.name.fr, "en": category.name.en},
            "laureate": files.get(decision.laureate_id) if decision.laureate_id else None,
            "has_withdrawn": decision.awards and decision.laureate_id not in files,
            "nominees": [files[UUID(each)] for each in decision.nominees if UUID(each) in files],
            "reason": "" if decision.awards else decision.reason,
        }
        for category in template.categories
        if (decision := by_category.get(category.code)) is not None
    ]
    document: dict[str, object] = {
        "cycle": cycle.code,
        "name": cycle.name,
        "territory": cycle.territory,
        "year": edition.year,
        "published_at": due.at.isoformat(),
        "categories": categories,
    }
    if prize := grand_prize_of(template, Level(cycle.level)):
        document["prizes"] = [published_prize(prize, _given(decisions, prize), files)]
    return fingerprinted(document)


def _given(decisions: Iterable[Decision], prize: SpecialPrize) -> Decision | None:
    return next((each for each in decisions if each.category == prize.code), None)


def shown(file: Application) -> dict[str, object]:
    """What a palmarès says of a file that it names."""
    return {
        "application": str(file.id),
        "company": file.company,
        "siret": file.siret,
        "siren": file.siren,
        "title": file.title,
        "summary": str(file.answers.get("public_summary", "")),
    }
