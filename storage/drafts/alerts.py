"""A complaint about a signatory, as somebody writes it."""

from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.complaining import faults_of
from domain.charter.display import SHOWN
from domain.charter.states import State
from domain.refusals import N_, Refusal
from domain.wire import names
from storage.acts.charter import alert_letters as letters
from storage.acts.charter.alerts import opened
from storage.journal import write_line
from storage.tables.charter import Adherence, Alert

OVER = N_("Cette structure n’est plus signataire : il n’y a rien à signaler.")


async def file_alert(  # noqa: PLR0913, PLR0917  (who says what of whom)
    session: AsyncSession,
    adherence_id: UUID,
    author: UUID,
    subject: str,
    facts: str,
    alert_id: UUID | None = None,
) -> Alert:
    """Keep a complaint and acknowledge it, once for an id; about a company that the directory names."""
    adherence = await session.get(Adherence, adherence_id)
    if adherence is None or State(adherence.state) not in SHOWN:
        raise Refusal(OVER)
    subject, facts = subject.strip(), facts.strip()
    for refusal in faults_of(subject, facts).values():
        raise refusal
    new = await session.execute(
        insert(Alert)
        .values(
            id=alert_id or uuid4(),
            adherence_id=adherence_id,
            author_id=author,
            subject=subject,
            facts=facts,
        )
        .on_conflict_do_nothing(index_elements=["id"])
        .returning(Alert)
    )
    alert = new.scalar_one_or_none()
    if alert is None:
        return await session.get_one(Alert, alert_id)
    await _acknowledge(session, alert)
    return alert


async def _acknowledge(session: AsyncSession, alert: Alert) -> None:
    case = await opened(session, str(alert.id), None, alert.received_at)
    write_line(
        session,
        subject=names.alert_id(str(alert.id)),
        act="signaler",
        at=alert.received_at,
        after=alert.step,
        calendar_version=case.charter.version,
    )
    await letters.to_author(
        session,
        case,
        "charter_alert_received",
        received_at=alert.received_at,
        admissibility_days=case.charter.periods.alert_admissibility_days,
        inquiry_days=case.charter.periods.alert_inquiry_days,
    )
