"""A company comes back after its withdrawal: at once until the closing, else as the organiser decides."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.returning import TAKEN, back_to
from storage.acts.case import Case, facts, reason, write
from storage.acts.crowd import organisers_of
from storage.acts.screening import record_screening
from storage.drafts.applications import applications_of, check_limit, take_turns
from storage.ledger import Intent, plan
from storage.tables.juries import Card, Juror
from storage.templates import template_of


async def come_back(session: AsyncSession, case: Case) -> Status:
    """Take the application back where it was, or ask the organiser; by the arrival."""
    back = back_to(case.application.version, Phase(case.cycle.phase), case.calendar, case.at)
    await _check_its_place(session, case)
    if back is Status.RETURNING:
        await write(session, case, "return_asked", screening_until=case.calendar.screening_until)
        await _write_to_organisers(session, case)
    else:
        await _say_it_is_back(session, case, back)
    return back


async def take_back(session: AsyncSession, case: Case) -> None:
    """The organiser takes it back as it was last sent: its screening begins again."""
    record_screening(session, case, Act.TAKE_BACK)
    await _say_it_is_back(session, case, Status.SUBMITTED)


async def decline_return(session: AsyncSession, case: Case) -> None:
    """The organiser leaves it withdrawn, and says why."""
    record_screening(session, case, Act.DECLINE_RETURN)
    await write(session, case, "return_declined", reason=reason(case))


async def call_readers_back(session: AsyncSession, case: Case) -> None:
    """Those who were told to stop reading it are told to go on; the others never began."""
    if case.cycle.dealt_at is None:
        return
    readers = await session.execute(
        select(col(Card.id), col(Card.juror_id), col(Juror.person_id))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(
            col(Card.application_id) == case.application.id,
            col(Card.status) == CardStatus.WITHDRAWN,
            col(Juror.status) == JurorStatus.ACCEPTED,
        )
    )
    called = readers.all()
    if not called:
        return
    await session.execute(
        update(Card)
        .where(col(Card.id).in_([each.id for each in called]))
        .values(status=CardStatus.TO_SCORE, closed_at=None)
    )
    until = case.calendar.evaluation_until.isoformat()
    await plan(
        session,
        [
            Intent(
                key=f"back_in_jury:{case.application.id}:{_asked(case)}:{each.juror_id}",
                kind="application_back_in_jury",
                subject=case.subject,
                person_id=each.person_id,
                cycle_id=case.cycle.id,
                facts=facts(case) | {"link": f"/jury/{each.juror_id}", "evaluation_until": until},
            )
            for each in called
        ],
    )


async def _check_its_place(session: AsyncSession, case: Case) -> None:
    """One application for a SIRET and a category, and as many categories as the rules say."""
    application = case.application
    await take_turns(session, case.cycle.id, application.siret)
    others = await applications_of(session, case.cycle.id, application.siret)
    if application.category in others:
        raise Refusal(TAKEN)
    check_limit(await template_of(session, case.cycle), len(others))


async def _say_it_is_back(session: AsyncSession, case: Case, back: Status) -> None:
    is_draft = back is Status.DRAFT
    await write(
        session,
        case,
        "application_back",
        is_draft=is_draft,
        closes_at=case.calendar.closes_at if is_draft else None,
        reason=reason(case) if case.request and case.request.kind == Act.TAKE_BACK else "",
    )


async def _write_to_organisers(session: AsyncSession, case: Case) -> None:
    link = f"/organisation/{case.cycle.code}/candidatures/{case.application.id}"
    said = {
        "link": link,
        "reason": reason(case),
        "screening_until": case.calendar.screening_until.isoformat(),
    }
    await plan(
        session,
        [
            Intent(
                key=f"return_to_decide:{case.application.id}:{_asked(case)}:{person}",
                kind="return_to_decide",
                subject=case.subject,
                person_id=person,
                cycle_id=case.cycle.id,
                facts=facts(case) | said,
            )
            for person in await organisers_of(session, case.cycle.id)
        ],
    )


def _asked(case: Case) -> str:
    return str(case.request.id) if case.request else ""
