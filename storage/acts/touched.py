"""Whom a date concerns in a cycle: how many of each group, and the people to write to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Text, cast, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar_effects import Group
from domain.jurors import CardStatus, JurorStatus
from domain.partners import PartnerStatus
from storage.tables.applications import Application, Member
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from storage.tables.partners import Partner

STATUSES: Mapping[Group, Status] = {
    Group.DRAFTS: Status.DRAFT,
    Group.LAPSED: Status.LAPSED,
    Group.SENT: Status.SUBMITTED,
    Group.COMPLEMENTS: Status.COMPLEMENTS,
    Group.ADMITTED: Status.ADMITTED,
}
# Letters that say the dates of the evaluation.
SAID_TO_JURORS = (
    "juror_accepted",
    "jury_conflicts_to_declare",
    "jury_cards_to_score",
    "juror_reminder",
    "dates_moved",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to write to, and the page where they go on."""

    person_id: UUID
    link: str
    is_juror: bool


async def people_in(session: AsyncSession, cycle_id: UUID) -> Mapping[Group, int]:
    """How many there are of each group, by a constant number of questions."""
    files = await _by_status(session, Application, cycle_id)
    jurors = await _by_status(session, Juror, cycle_id)
    counts = {group: files.get(status, 0) for group, status in STATUSES.items()}
    return counts | {
        Group.INVITED: jurors.get(JurorStatus.INVITED, 0),
        Group.JURORS: jurors.get(JurorStatus.ACCEPTED, 0),
        Group.SCORING: await _scoring(session, cycle_id),
        Group.TOLD: await _told(session, cycle_id),
        Group.PARTNERS: await _partners(session, cycle_id),
    }


async def readers_in(
    session: AsyncSession, cycle_id: UUID, groups: Collection[Group]
) -> list[Reader]:
    """The people of those groups, each once: companies at their file, jurors at their desk."""
    statuses = [STATUSES[group] for group in groups if group in STATUSES and group != Group.LAPSED]
    companies = await session.execute(
        select(col(Member.person_id), func.min(cast(col(Application.id), Text)))
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(col(Application.cycle_id) == cycle_id, col(Application.status).in_(statuses))
        .group_by(col(Member.person_id))
    )
    readers = [
        Reader(person, f"/candidatures/{file}", is_juror=False) for person, file in companies
    ]
    if Group.JURORS in groups:
        jurors = await session.execute(
            select(col(Juror.person_id), col(Juror.id)).where(
                col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED
            )
        )
        readers += [Reader(person, f"/jury/{juror}", is_juror=True) for person, juror in jurors]
    return readers


async def _by_status(
    session: AsyncSession, table: type[Application | Juror], cycle_id: UUID
) -> dict[str, int]:
    rows = await session.execute(
        select(col(table.status), func.count())
        .where(col(table.cycle_id) == cycle_id)
        .group_by(col(table.status))
    )
    return {status: count for status, count in rows}  # noqa: C416  (rows are not pairs)


async def _scoring(session: AsyncSession, cycle_id: UUID) -> int:
    counted = select(func.count(distinct(col(Card.juror_id)))).where(
        col(Card.cycle_id) == cycle_id, col(Card.status) == CardStatus.TO_SCORE
    )
    return (await session.execute(counted)).scalar_one()


async def _told(session: AsyncSession, cycle_id: UUID) -> int:
    counted = (
        select(func.count(distinct(col(Juror.id))))
        .join(Letter, col(Letter.person_id) == col(Juror.person_id))
        .where(
            col(Juror.cycle_id) == cycle_id,
            col(Juror.status) == JurorStatus.ACCEPTED,
            col(Letter.cycle_id) == cycle_id,
            col(Letter.kind).in_(SAID_TO_JURORS),
            col(Letter.state) == "sent",
        )
    )
    return (await session.execute(counted)).scalar_one()


async def _partners(session: AsyncSession, cycle_id: UUID) -> int:
    counted = (
        select(func.count())
        .select_from(Partner)
        .join(Application, col(Application.id) == col(Partner.application_id))
        .where(
            col(Application.cycle_id) == cycle_id,
            col(Partner.status) == PartnerStatus.INVITED,
        )
    )
    return (await session.execute(counted)).scalar_one()
