"""What is common to every reader of a complaint: the matter, and what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.alerts import AlertAct, AlertOutcome, AlertSituation, AlertStep
from domain.charter.document import CharterDocument
from domain.charter.states import State
from domain.civil import Area
from domain.wire import names
from domain.wire.alert import RunAlert
from storage.acts.charter.alert_letters import number_of
from storage.charters import charter_by_id
from storage.tables.charter import Adherence, Alert
from storage.tables.records import JournalLine, Request

AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Matter:
    """What the company and the organiser both read of a complaint: nothing of its author."""

    id: UUID
    adherence_id: UUID
    company: str
    siret: str
    state: State
    charter: CharterDocument
    situation: AlertSituation
    alleged: str
    reason: str
    remedy: str
    reply: str
    replied_at: datetime | None
    appeal: str
    appealed_at: datetime | None
    appeal_answer: str
    closed_at: datetime | None

    @property
    def number(self) -> str:
        """The number by which people speak of it."""
        return number_of(self.id)

    @property
    def step(self) -> AlertStep:
        """Where it stands."""
        return self.situation.step

    @property
    def run(self) -> RunAlert:
        """The start of its workflow."""
        return RunAlert(str(self.id), self.charter.periods, self.situation)


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of its journal; ``outcome`` and ``is_granted`` when the line is a decision."""

    at: datetime
    act: str
    after: str
    reason: str
    actor: UUID | None
    outcome: AlertOutcome | None = None
    is_granted: bool | None = None


async def turns_of(session: AsyncSession, alert_id: UUID) -> tuple[Turn, ...]:
    """What happened to a complaint, the oldest first."""
    rows = await session.execute(
        select(JournalLine, col(Request.payload))
        .outerjoin(Request, col(Request.id) == col(JournalLine.request_id))
        .where(col(JournalLine.subject) == names.alert_id(str(alert_id)))
        .order_by(col(JournalLine.id))
        .limit(AT_MOST)
    )
    return tuple(_turn(line, payload or {}) for line, payload in rows)


def matters() -> Select[*tuple[Any, ...]]:
    """The columns of a matter, and no other: the words of the author are not even read."""
    return select(
        col(Alert.id),
        col(Alert.adherence_id),
        col(Alert.step),
        col(Alert.since),
        col(Alert.until),
        col(Alert.outcome),
        col(Alert.alleged),
        col(Alert.reason),
        col(Alert.remedy),
        col(Alert.reply),
        col(Alert.replied_at),
        col(Alert.appeal),
        col(Alert.appealed_at),
        col(Alert.appeal_answer),
        col(Alert.closed_at),
        col(Adherence.company),
        col(Adherence.siret),
        col(Adherence.state),
        col(Adherence.charter_id),
        col(Adherence.zone),
        col(Adherence.area),
    ).join(Adherence, col(Adherence.id) == col(Alert.adherence_id))


async def matter_in(session: AsyncSession, row: Row[Any]) -> Matter:
    """The matter of a row; versions of the charter are read once per process."""
    return Matter(
        id=row.id,
        adherence_id=row.adherence_id,
        company=row.company,
        siret=row.siret,
        state=State(row.state),
        charter=await charter_by_id(session, row.charter_id),
        situation=AlertSituation(
            step=AlertStep(row.step),
            since=row.since,
            zone=row.zone,
            area=Area(row.area),
            until=row.until,
            has_reply=row.replied_at is not None,
            outcome=AlertOutcome(row.outcome) if row.outcome else None,
        ),
        alleged=row.alleged,
        reason=row.reason,
        remedy=row.remedy,
        reply=row.reply,
        replied_at=row.replied_at,
        appeal=row.appeal,
        appealed_at=row.appealed_at,
        appeal_answer=row.appeal_answer,
        closed_at=row.closed_at,
    )


def _turn(line: JournalLine, payload: Mapping[str, Any]) -> Turn:
    kind, _, actor = line.actor.partition(":")
    granted = payload.get("granted") == "yes" if line.act == AlertAct.ANSWER_APPEAL else None
    outcome = str(payload.get("outcome") or "") if line.act == AlertAct.DECIDE else ""
    return Turn(
        at=line.at,
        act=line.act,
        after=line.after,
        reason=line.reason,
        actor=UUID(actor) if kind == "person" else None,
        outcome=AlertOutcome(outcome) if outcome else None,
        is_granted=granted,
    )
