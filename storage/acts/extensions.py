"""More time for one company: its closing, the row that says why, its letter, its reminders."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.extensions import Extending, calendar_for, check_extension, ended_at
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.returning import TAKEN
from storage.acts.case import Case, reason, write
from storage.acts.lapsed import hold_back, is_replaced
from storage.tables.applications import Extension
from storage.templates import calendar_in

REMINDERS = ("draft_reminder", "draft_lapsed")


async def extend(session: AsyncSession, case: Case) -> None:
    """Give the company its own closing; a draft that had lapsed is a draft again."""
    asked = _asked(case)
    check_extension(asked)
    was_lapsed = case.application.status == Status.LAPSED
    if was_lapsed and await is_replaced(session, case):
        raise Refusal(TAKEN)
    earlier = await _end_the_one_in_force(session, case, "")
    _keep(session, case, asked.until)
    case.application.extended_until = asked.until
    await hold_back(session, case, REMINDERS)
    await write(
        session,
        case,
        "extension_granted",
        reason=reason(case),
        extended_until=asked.until,
        closes_at=asked.calendar.closes_at,
        earlier_until=earlier.until if earlier else None,
        was_lapsed=was_lapsed,
    )


async def end_extension(session: AsyncSession, case: Case) -> None:
    """Take it back: the company has the dates of everybody again, or until this very instant."""
    calendar = calendar_in(case.cycle)
    left = ended_at(calendar, case.application.extended_until, case.at, is_forced=_is_forced(case))
    ended = await _end_the_one_in_force(session, case, reason(case))
    case.application.extended_until = left
    await hold_back(session, case, REMINDERS)
    await write(
        session,
        case,
        "extension_ended",
        reason=reason(case),
        earlier_until=ended.until if ended else None,
        closes_at=calendar_for(calendar, left).closes_at,
        is_closed=left is not None,
    )


async def _end_the_one_in_force(session: AsyncSession, case: Case, why: str) -> Extension | None:
    found = await session.execute(
        select(Extension).where(
            col(Extension.application_id) == case.application.id,
            col(Extension.ended_at).is_(None),
        )
    )
    extension = found.scalar_one_or_none()
    if extension is not None and case.request is not None:
        extension.ended_at = case.at
        extension.ended_by = case.request.by_person
        extension.ended_reason = why
        await session.flush()
    return extension


def _keep(session: AsyncSession, case: Case, until: datetime) -> None:
    if case.request is not None:
        session.add(
            Extension(
                application_id=case.application.id,
                cycle_id=case.cycle.id,
                until=until,
                reason=reason(case),
                at=case.at,
                by_person=case.request.by_person,
                request_id=case.request.id,
            )
        )


def _asked(case: Case) -> Extending:
    """What the request says; an instant without its zone could be any hour."""
    typed = str(case.request.payload.get("until", "")) if case.request else ""
    try:
        until = datetime.fromisoformat(typed)
    except ValueError:
        until = None
    if until is None or until.tzinfo is None:
        raise Refusal(N_("Cette date ne se lit pas : donnez un jour et une heure."))
    return Extending(
        calendar_in(case.cycle),
        Phase(case.cycle.phase),
        case.at,
        until,
        case.application.extended_until,
        is_forced=_is_forced(case),
    )


def _is_forced(case: Case) -> bool:
    return bool(case.request and case.request.payload.get("force"))
