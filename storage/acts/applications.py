"""The moves of an application: its state, its journal line and its letters, together."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Act, Status, moved
from domain.final_files import Entry
from domain.form import completeness
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.application import ApplicationState, LapseDraft, RemindDraft, SettleApplication
from domain.wire.juror import Planned
from storage.acts import doubts
from storage.acts.case import Case, close_case, opened, write
from storage.acts.categories import change_category
from storage.acts.duplicates import mark_duplicate, unmark_duplicate
from storage.acts.extensions import end_extension, extend
from storage.acts.looks import next_look
from storage.acts.refused_late import refuse_late
from storage.acts.renouncing import renounce
from storage.acts.returning import call_readers_back, come_back, decline_return, take_back
from storage.acts.screening import admit, ask_complements, refuse
from storage.acts.submission import complete, submit
from storage.acts.waiting import still_waiting
from storage.acts.withdrawal import withdraw
from storage.templates import template_of

# An act may say where it leads, when that hangs on more than the state before.
ACTS: dict[Act, Callable[[AsyncSession, Case], Awaitable[Status | None]]] = {
    Act.SUBMIT: submit,
    Act.COMPLETE: complete,
    Act.ADMIT: admit,
    Act.REFUSE: refuse,
    Act.ASK_COMPLEMENTS: ask_complements,
    Act.WITHDRAW: withdraw,
    Act.COME_BACK: come_back,
    Act.TAKE_BACK: take_back,
    Act.DECLINE_RETURN: decline_return,
    Act.EXTEND: extend,
    Act.END_EXTENSION: end_extension,
    Act.CHANGE_CATEGORY: change_category,
    Act.MARK_DUPLICATE: mark_duplicate,
    Act.UNMARK_DUPLICATE: unmark_duplicate,
    Act.DOUBT: doubts.doubt,
    Act.ANSWER_DOUBT: doubts.answer,
    Act.DROP_DOUBT: doubts.drop,
}
# These may leave a place in the final to the next: they say which promotions have one to offer.
LEAVING: dict[Act, Callable[[AsyncSession, Case], Awaitable[tuple[str, ...]]]] = {
    Act.EXCLUDE: doubts.exclude,
    Act.RENOUNCE: renounce,
}


async def settle(session: AsyncSession, asked: SettleApplication) -> ApplicationState:
    """Do what was asked, once: the same request again gives the state that it led to."""
    case = await opened(session, asked.application, asked.request, asked.arrived_at)
    if case.request is not None and case.request.settled:
        return await state_of(session, case)
    before = Status(case.application.status)
    after = moved(before, asked.act, Entry(case.application.entry))
    if asked.act in LEAVING:
        lost = await LEAVING[asked.act](session, case)
        await close_case(session, case, asked.act, before, after)
        return replace(await state_of(session, case), offer_again=lost)
    after = await ACTS[asked.act](session, case) or after
    if asked.act is Act.ADMIT:
        await call_readers_back(session, case)
    await close_case(session, case, asked.act, before, after)
    return await state_of(session, case, deal_again=_admitted_late(case, asked.act))


async def lapse(session: AsyncSession, draft: LapseDraft) -> ApplicationState:
    """Close a draft whose call is over, unless a submission arrived in time and still waits."""
    subject = f"application:{draft.application}"
    for request in await still_waiting(session, subject, [Act.SUBMIT]):
        try:
            return await settle(
                session,
                SettleApplication(
                    draft.application, Act.SUBMIT, str(request.id), request.arrived_at
                ),
            )
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
    case = await opened(session, draft.application, None, draft.at)
    before = Status(case.application.status)
    if before is not Status.DRAFT or draft.at < case.calendar.closes_at + case.calendar.tolerance:
        return await state_of(session, case)
    await close_case(session, case, Act.LAPSE, before, moved(before, Act.LAPSE))
    closes_at = case.calendar.closes_at
    # By the closing: a call that opened again lets drafts lapse again, which is said again.
    key = f"draft_lapsed:{case.application.id}:{closes_at.isoformat()}"
    await write(session, case, "draft_lapsed", key=key, closes_at=closes_at)
    return await state_of(session, case)


async def remind_draft(session: AsyncSession, reminder: RemindDraft) -> Planned:
    """Plan a reminder, unless the draft was sent meanwhile or the date has moved."""
    case = await opened(session, reminder.application, None, reminder.closes_at)
    application, calendar = case.application, case.calendar
    if application.status != Status.DRAFT or calendar.closes_at != reminder.closes_at:
        return Planned(0)
    template = await template_of(session, case.cycle)
    done = completeness(template, application.category, application.answers)
    await write(
        session,
        case,
        "draft_reminder",
        key=f"draft_reminder:{application.id}:{reminder.closes_at.isoformat()}:{reminder.before_seconds}",
        closes_at=calendar.closes_at,
        done=done.done,
        required=done.required,
    )
    return Planned(1)


def _admitted_late(case: Case, act: Act) -> bool:
    return act is Act.ADMIT and case.cycle.phase == Phase.EVALUATION


async def state_of(
    session: AsyncSession, case: Case, *, deal_again: bool = False
) -> ApplicationState:
    """Where the application stands, as its workflow remembers it."""
    application = case.application
    return ApplicationState(
        Status(application.status),
        application.version,
        application.complements_until,
        deal_again,
        await next_look(session, case),
        extended_until=application.extended_until,
    )
