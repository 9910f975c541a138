"""A complaint about a signatory, as somebody writes it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.display import SHOWN
from domain.charter.states import State
from domain.refusals import N_, Refusal
from storage.acts.charter import alert_letters as letters
from storage.acts.charter.alerts import LONGEST, opened
from storage.journal import write_line
from storage.tables.charter import Adherence, Alert

SHORTEST = 30


async def file_alert(
    session: AsyncSession, adherence_id: UUID, author: UUID, subject: str, facts: str
) -> Alert:
    """Keep a complaint and acknowledge it; about a company that the directory names."""
    adherence = await session.get(Adherence, adherence_id)
    if adherence is None or State(adherence.state) not in SHOWN:
        raise Refusal(N_("Cette structure n’est plus signataire : il n’y a rien à signaler."))
    if not subject.strip():
        raise Refusal(N_("Dites en une ligne de quoi il s’agit."))
    if not SHORTEST <= len(facts.strip()) <= LONGEST:
        raise Refusal(
            N_("Décrivez les faits en %(least)s à %(most)s caractères."),
            least=SHORTEST,
            most=LONGEST,
        )
    alert = Alert(
        adherence_id=adherence_id,
        author_id=author,
        subject=subject.strip()[:200],
        facts=facts.strip(),
    )
    session.add(alert)
    await session.flush()
    await session.refresh(alert)
    case = await opened(session, str(alert.id), None, alert.received_at)
    write_line(
        session,
        subject=f"alert:{alert.id}",
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
    return alert
