"""The acts on a complaint: its step, its line of audit and its letters, together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter import alerts
from domain.charter.alerts import (
    AlertAct,
    AlertOutcome,
    AlertSituation,
    AlertStep,
    check_allowed,
)
from domain.charter.document import CharterDocument
from domain.charter.people import check_may_answer
from domain.civil import Area
from domain.refusals import N_, Refusal
from domain.wire import names
from domain.wire.alert import AlertState, SettleAlert
from storage.acts.charter import alert_letters as letters
from storage.charters import charter_by_id
from storage.journal import write_line
from storage.tables.charter import Adherence, AdherenceMember, Alert
from storage.tables.complaints import AlertEvidence
from storage.tables.records import Request

LONGEST = 5000


@dataclass(slots=True)
class AlertCase:
    """A complaint locked for an act, with the adherence that it is about."""

    alert: Alert
    adherence: Adherence
    charter: CharterDocument
    request: Request | None
    at: datetime
    situation: AlertSituation

    def said(self, field: str) -> str:
        """What the request says under that name."""
        return str(self.request.payload.get(field) or "").strip() if self.request else ""

    def must_say(self, field: str) -> str:
        """The same, which cannot be nothing."""
        said = self.said(field)
        if not said:
            raise Refusal(N_("Écrivez vos raisons : les personnes concernées les liront."))
        if len(said) > LONGEST:
            raise Refusal(N_("Écrivez %(most)s caractères au plus."), most=LONGEST)
        return said


Act = Callable[[AsyncSession, AlertCase], Awaitable[AlertSituation]]


async def opened(session: AsyncSession, alert: str, request: str | None, at: datetime) -> AlertCase:
    """Lock the row, so that two acts on one complaint take turns."""
    row = (
        await session.execute(
            select(Alert)
            .where(col(Alert.id) == UUID(alert))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one()
    adherence = await session.get_one(Adherence, row.adherence_id)
    charter = await charter_by_id(session, adherence.charter_id)
    asked = await session.get(Request, UUID(request)) if request else None
    return AlertCase(row, adherence, charter, asked, at, situation_of(row, adherence))


async def settle(session: AsyncSession, asked: SettleAlert) -> AlertState:
    """Do what was asked, once: the same request again gives the step that it led to."""
    case = await opened(session, asked.alert, asked.request, asked.arrived_at)
    if case.request is not None and case.request.settled:
        return AlertState(case.situation)
    check_allowed(case.situation.step, asked.act)
    after = await ACTS[asked.act](session, case)
    await close(session, case, asked.act, after)
    granted = case.said("granted") == "yes"
    return AlertState(after, alerts.effect_of(after, asked.act, granted=granted))


async def close(session: AsyncSession, case: AlertCase, act: str, after: AlertSituation) -> None:
    """Write the new step down, settle the request, and leave the line of audit."""
    row = case.alert
    before = case.situation.step
    row.step, row.since, row.until = after.step, after.since, after.until
    row.outcome = after.outcome or ""
    if after.step in alerts.OVER and row.closed_at is None:
        row.closed_at = case.at
    if case.request is not None:
        case.request.settled = True
    write_line(
        session,
        subject=names.alert_id(str(row.id)),
        act=act,
        at=case.at,
        before=before,
        after=after.step,
        reason=case.said("reason"),
        request=case.request,
        calendar_version=case.charter.version,
    )
    case.situation = after
    await session.flush()


def situation_of(alert: Alert, adherence: Adherence) -> AlertSituation:
    """The situation that the rows describe."""
    return AlertSituation(
        step=AlertStep(alert.step),
        since=alert.since,
        zone=adherence.zone,
        area=Area(adherence.area),
        until=alert.until,
        has_reply=alert.replied_at is not None,
        outcome=AlertOutcome(alert.outcome) if alert.outcome else None,
    )


async def _admit(session: AsyncSession, case: AlertCase) -> AlertSituation:
    """The organiser says in its own words what is alleged: the author's could betray the author."""
    case.alert.alleged = case.must_say("alleged")
    after = alerts.admitted(case.situation, case.at, case.charter.periods)
    await letters.to_author(
        session,
        case,
        "charter_alert_admissible",
        reply_days=case.charter.periods.reply_days,
        inquiry_days=case.charter.periods.alert_inquiry_days,
    )
    await letters.to_company(
        session,
        case,
        "charter_alert_to_answer",
        alleged=case.alert.alleged,
        reply_until=after.until,
    )
    return after


async def _dismiss(session: AsyncSession, case: AlertCase) -> AlertSituation:
    case.alert.reason = case.must_say("reason")
    await letters.to_author(session, case, "charter_alert_dismissed", reason=case.alert.reason)
    return alerts.dismissed(case.situation, case.at)


async def _reply(session: AsyncSession, case: AlertCase) -> AlertSituation:
    await _check_may_answer(session, case)
    case.alert.reply = case.must_say("reply")
    case.alert.replied_at = case.at
    await _send_evidence(session, case, AlertAct.REPLY)
    await letters.to_organisers(session, case, "charter_alert_due", step="instruction", days=0)
    return alerts.replied(case.situation, case.at)


async def _decide(session: AsyncSession, case: AlertCase) -> AlertSituation:
    outcome = _outcome(case)
    reason = case.must_say("reason")
    needs_remedy = outcome in {AlertOutcome.REMEDY, AlertOutcome.SUSPENSION}
    remedy = case.must_say("remedy") if needs_remedy else ""
    after = alerts.decided(
        case.situation, outcome, case.at, case.charter.periods, _days(case.said("days"))
    )
    case.alert.reason, case.alert.remedy = reason, remedy
    case.alert.decided_by = case.request.by_person if case.request else None
    await letters.to_company(
        session,
        case,
        "charter_alert_decided",
        outcome=outcome,
        reason=reason,
        remedy=remedy,
        remedy_until=after.until if outcome is AlertOutcome.REMEDY else None,
        appeal_until=after.until if outcome in alerts.SANCTIONS else None,
    )
    if outcome is not AlertOutcome.REMEDY:
        await letters.to_author(session, case, "charter_alert_closed_for_author", outcome=outcome)
    return after


async def _appeal(session: AsyncSession, case: AlertCase) -> AlertSituation:
    await _check_may_answer(session, case)
    after = alerts.appealed(case.situation, case.at, case.charter.periods)
    await _send_evidence(session, case, AlertAct.APPEAL)
    case.alert.appeal, case.alert.appealed_at = case.must_say("appeal"), case.at
    await letters.to_organisers(
        session,
        case,
        "charter_appeal_received",
        answer_days=case.charter.periods.appeal_answer_days,
    )
    return after


async def _answer_appeal(session: AsyncSession, case: AlertCase) -> AlertSituation:
    case.alert.appeal_answer = case.must_say("reason")
    await letters.to_company(
        session,
        case,
        "charter_appeal_decided",
        granted=case.said("granted") == "yes",
        reason=case.alert.appeal_answer,
    )
    return alerts.closed(case.situation, case.at)


ACTS: dict[AlertAct, Act] = {
    AlertAct.ADMIT: _admit,
    AlertAct.DISMISS: _dismiss,
    AlertAct.REPLY: _reply,
    AlertAct.DECIDE: _decide,
    AlertAct.APPEAL: _appeal,
    AlertAct.ANSWER_APPEAL: _answer_appeal,
}


async def _check_may_answer(session: AsyncSession, case: AlertCase) -> None:
    held = await session.scalars(
        select(col(AdherenceMember.role)).where(
            col(AdherenceMember.adherence_id) == case.adherence.id,
            col(AdherenceMember.person_id) == (case.request.by_person if case.request else None),
        )
    )
    check_may_answer(case.charter, frozenset(held))


async def _send_evidence(session: AsyncSession, case: AlertCase, part: AlertAct) -> None:
    """From now on the organiser reads the files that were joined to it."""
    await session.execute(
        update(AlertEvidence)
        .where(
            col(AlertEvidence.alert_id) == case.alert.id,
            col(AlertEvidence.part) == part,
            col(AlertEvidence.sent_at).is_(None),
        )
        .values(sent_at=case.at)
    )


def _outcome(case: AlertCase) -> AlertOutcome:
    said = case.said("outcome")
    if said not in set(AlertOutcome):
        raise Refusal(N_("Choisissez une décision de la liste."))
    return AlertOutcome(said)


def _days(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= len("180") else 0
