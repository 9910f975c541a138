"""What the calendar does to a complaint, and what a complaint does to an adherence."""

from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter import alerts
from domain.charter.alerts import AlertStep, AlertTimer, Effect
from domain.charter.states import Act
from domain.wire import names
from domain.wire.alert import AlertFallsDue, AlertState, CarryOut
from domain.wire.asked import Asked
from storage.acts.charter import alert_letters as letters
from storage.acts.charter.alerts import close, opened
from storage.requests import write_request

ACTS = {Effect.SUSPEND: Act.SUSPEND, Effect.REMOVE: Act.REMOVE, Effect.LIFT: Act.LIFT}


async def fall_due(session: AsyncSession, date: AlertFallsDue) -> AlertState:
    """Do what a date brings, if it is still due."""
    case = await opened(session, date.alert, None, date.at)
    what = date.due.what
    if what is AlertTimer.END_APPEAL:
        if case.situation.step is not AlertStep.DECIDED or case.situation.until != date.due.at:
            return AlertState(case.situation)
        after = alerts.closed(case.situation, date.at)
        await close(session, case, what, after)
        return AlertState(after, alerts.effect_of(after, what, granted=False))
    if what is AlertTimer.REMIND_REPLY and not case.situation.has_reply:
        await letters.to_company(
            session, case, "charter_alert_reply_reminder", reply_until=case.situation.until
        )
    if what is AlertTimer.REMIND_ORGANISER:
        await letters.to_organisers(
            session,
            case,
            "charter_alert_due",
            step=case.situation.step,
            days=date.due.number,
        )
    return AlertState(case.situation)


async def ask_of_adherence(session: AsyncSession, order: CarryOut) -> tuple[str, Act, Asked]:
    """The request that a complaint makes of the adherence, written once, in the name of who decided."""
    case = await opened(session, order.alert, None, order.at)
    act = ACTS[order.effect]
    by = case.alert.decided_by
    if by is None:
        message = "a complaint takes effect only by somebody's decision"
        raise RuntimeError(message)
    asked = await write_request(
        session,
        request_id=uuid5(UUID(order.alert), order.effect),
        kind=act,
        subject=names.adherence_subject(str(case.adherence.id)),
        by_person=by,
        payload={
            "reason": case.alert.reason,
            "remedy": case.alert.remedy,
            "alert": order.alert,
        },
    )
    return case.adherence.workflow, act, asked
