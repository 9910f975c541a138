"""A complaint about a signatory, as somebody writes it."""

from uuid import UUID, uuid4

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import OVER as OVER_STEPS
from domain.charter.complaining import faults_of
from domain.charter.complaint_limits import A_DAY, Filed, check_may_file
from domain.charter.display import SHOWN
from domain.charter.states import State
from domain.refusals import N_, Refusal
from domain.wire import names
from storage.acts.charter import alert_letters as letters
from storage.acts.charter.alerts import opened
from storage.complaint_limits import complaint_limits
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
    """Keep a complaint and acknowledge it, once for an id; about a company that the directory names.

    Of one person, no more than there is room for.
    """
    adherence = await session.get(Adherence, adherence_id)
    if adherence is None or State(adherence.state) not in SHOWN:
        raise Refusal(OVER)
    subject, facts = subject.strip(), facts.strip()
    for refusal in faults_of(subject, facts).values():
        raise refusal
    known = await _taking_turns(session, author, alert_id)
    if known is not None:
        return known
    await _check_room(session, adherence_id, author)
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


async def _taking_turns(session: AsyncSession, author: UUID, alert_id: UUID | None) -> Alert | None:
    """Let one person send one complaint at a time, whatever the process; the one that is there."""
    await session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"complaints:{author}", 0)))
    )
    return await session.get(Alert, alert_id) if alert_id else None


async def _check_room(session: AsyncSession, adherence_id: UUID, author: UUID) -> None:
    now = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    is_open = and_(col(Alert.adherence_id) == adherence_id, col(Alert.step).not_in(OVER_STEPS))
    rows = await session.execute(
        select(col(Alert.received_at), is_open).where(
            col(Alert.author_id) == author, or_(col(Alert.received_at) > now - A_DAY, is_open)
        )
    )
    filed = [Filed(at, is_open_about_the_same=same) for at, same in rows]
    check_may_file(complaint_limits(), filed, now)


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
