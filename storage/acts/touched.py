"""Whom a date concerns in a cycle: how many of each group, and the people to write to."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, Text, cast, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.calendar_effects import Group
from domain.jurors import CardStatus, JurorStatus
from domain.partners import PartnerStatus
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from storage.tables.partners import Partner
from storage.templates import calendar_from

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


Counts = Mapping[UUID, int]


class ReadsAs(StrEnum):
    """What a date is to somebody: it decides the words of their letter, and where it leads."""

    COMPANY = "company"
    PARTNER = "partner"
    INVITED = "invited"
    JUROR = "juror"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to write to, and the page where they go on."""

    person_id: UUID
    link: str
    reads_as: ReadsAs
    extended_until: datetime | None = None

    @property
    def is_juror(self) -> bool:
        """Whether the dates of the jury are those that count."""
        return self.reads_as in {ReadsAs.JUROR, ReadsAs.INVITED}


async def people_in(session: AsyncSession, cycle_id: UUID) -> Mapping[Group, int]:
    """How many there are of each group, by a constant number of questions."""
    return (await people_in_each(session, [cycle_id]))[cycle_id]


async def people_in_each(
    session: AsyncSession, cycles: Collection[UUID]
) -> Mapping[UUID, Mapping[Group, int]]:
    """How many there are of each group in each cycle, by as many questions as for one."""
    files = await _by_status(session, Application, cycles)
    jurors = await _by_status(session, Juror, cycles)
    scoring = await _counted(session, _scoring(cycles))
    told = await _counted(session, _told(cycles))
    partners = await _counted(session, _partners(cycles))
    extended = await _extended(session, cycles)
    return {
        each: {group: files[each].get(status, 0) for group, status in STATUSES.items()}
        | {
            Group.DRAFTS: files[each].get(Status.DRAFT, 0) - extended[each],
            Group.EXTENDED: extended[each],
            Group.INVITED: jurors[each].get(JurorStatus.INVITED, 0),
            Group.JURORS: jurors[each].get(JurorStatus.ACCEPTED, 0),
            Group.SCORING: scoring.get(each, 0),
            Group.TOLD: told.get(each, 0),
            Group.PARTNERS: partners.get(each, 0),
        }
        for each in cycles
    }


async def readers_in(
    session: AsyncSession, cycle_id: UUID, groups: Collection[Group]
) -> list[Reader]:
    """The people of those groups: companies at their file, partners at their part, jurors at their desk."""
    readers = await _companies(session, cycle_id, groups)
    if Group.PARTNERS in groups:
        readers += await _invited_partners(session, cycle_id)
    if Group.JURORS in groups:
        readers += await _jurors(session, cycle_id, JurorStatus.ACCEPTED, ReadsAs.JUROR)
    if Group.INVITED in groups:
        readers += await _jurors(session, cycle_id, JurorStatus.INVITED, ReadsAs.INVITED)
    return readers


async def _companies(
    session: AsyncSession, cycle_id: UUID, groups: Collection[Group]
) -> list[Reader]:
    statuses = [STATUSES[group] for group in groups if group in STATUSES and group != Group.LAPSED]
    rows = await session.execute(
        select(
            col(Member.person_id),
            func.min(cast(col(Application.id), Text)),
            func.max(col(Application.extended_until)),
        )
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(col(Application.cycle_id) == cycle_id, col(Application.status).in_(statuses))
        .group_by(col(Member.person_id))
    )
    return [
        Reader(person, f"/candidatures/{file}", ReadsAs.COMPANY, until)
        for person, file, until in rows
    ]


async def _invited_partners(session: AsyncSession, cycle_id: UUID) -> list[Reader]:
    rows = await session.execute(
        select(col(Partner.person_id), col(Partner.id))
        .join(Application, col(Application.id) == col(Partner.application_id))
        .where(col(Application.cycle_id) == cycle_id, col(Partner.status) == PartnerStatus.INVITED)
    )
    return [Reader(person, f"/partenariats/{part}", ReadsAs.PARTNER) for person, part in rows]


async def _jurors(
    session: AsyncSession, cycle_id: UUID, status: JurorStatus, reads_as: ReadsAs
) -> list[Reader]:
    rows = await session.execute(
        select(col(Juror.person_id), col(Juror.id)).where(
            col(Juror.cycle_id) == cycle_id, col(Juror.status) == status
        )
    )
    return [Reader(person, f"/jury/{juror}", reads_as) for person, juror in rows]


async def _by_status(
    session: AsyncSession, table: type[Application | Juror], cycles: Collection[UUID]
) -> Mapping[UUID, dict[str, int]]:
    rows = await session.execute(
        select(col(table.cycle_id), col(table.status), func.count())
        .where(col(table.cycle_id).in_(cycles))
        .group_by(col(table.cycle_id), col(table.status))
    )
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for cycle, status, count in rows:
        found[cycle][status] = count
    return found


async def _extended(session: AsyncSession, cycles: Collection[UUID]) -> Counter[UUID]:
    """How many drafts of each cycle close later than the others."""
    rows = await session.execute(
        select(col(Cycle.id), col(Cycle.calendar), col(Application.extended_until))
        .join(Application, col(Application.cycle_id) == col(Cycle.id))
        .where(
            col(Cycle.id).in_(cycles),
            col(Application.status) == Status.DRAFT,
            col(Application.extended_until).is_not(None),
        )
    )
    return Counter(
        cycle
        for cycle, calendar, until in rows
        if until and until > calendar_from(calendar).closes_at
    )


async def _counted(session: AsyncSession, question: Select[UUID, int]) -> Counts:
    return {cycle: count for cycle, count in await session.execute(question)}  # noqa: C416  (rows are not pairs)


def _scoring(cycles: Collection[UUID]) -> Select[UUID, int]:
    return (
        select(col(Card.cycle_id), func.count(distinct(col(Card.juror_id))))
        .where(col(Card.cycle_id).in_(cycles), col(Card.status) == CardStatus.TO_SCORE)
        .group_by(col(Card.cycle_id))
    )


def _told(cycles: Collection[UUID]) -> Select[UUID, int]:
    return (
        select(col(Juror.cycle_id), func.count(distinct(col(Juror.id))))
        .join(Letter, col(Letter.person_id) == col(Juror.person_id))
        .where(
            col(Juror.cycle_id).in_(cycles),
            col(Juror.status) == JurorStatus.ACCEPTED,
            col(Letter.cycle_id) == col(Juror.cycle_id),
            col(Letter.kind).in_(SAID_TO_JURORS),
            col(Letter.state) == "sent",
        )
        .group_by(col(Juror.cycle_id))
    )


def _partners(cycles: Collection[UUID]) -> Select[UUID, int]:
    return (
        select(col(Application.cycle_id), func.count())
        .select_from(Partner)
        .join(Application, col(Application.id) == col(Partner.application_id))
        .where(
            col(Application.cycle_id).in_(cycles),
            col(Partner.status) == PartnerStatus.INVITED,
        )
        .group_by(col(Application.cycle_id))
    )
