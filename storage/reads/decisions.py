"""What a jury has decided so far, who sits, and what a choice leaves aside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, String, bindparam, func, not_, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.deliberation import NamedFile, Outcome
from domain.jurors import JurorStatus
from domain.ranking import NOT_AWARDABLE
from storage.reads.deliberation import is_awardable
from storage.reads.gone import is_gone, still_there
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.juries import Juror
from storage.tables.people import Person
from storage.tables.records import JournalLine
from storage.tables.results import Decision, Minutes, Standing


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file that a decision names, and the category where it stands."""

    application_id: UUID
    company: str
    title: str
    category: str
    rank: int | None
    is_awardable: bool
    is_tied: bool
    is_withdrawn: bool

    @property
    def named(self) -> NamedFile:
        """The file, as the rules of deliberation know it."""
        return NamedFile(
            str(self.application_id),
            self.category,
            self.rank,
            is_awardable=self.is_awardable,
            is_withdrawn=self.is_withdrawn,
        )


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """The decision of a category: its laureate or none, its nominees, and its reason."""

    category: str
    awards: bool
    laureate: Chosen | None
    nominees: tuple[Chosen, ...]
    reason: str
    saved_at: datetime | None

    @property
    def outcome(self) -> Outcome:
        """What is decided, as the rules of deliberation know it."""
        return Outcome(
            self.category,
            self.laureate.named if self.laureate else None,
            tuple(each.named for each in self.nominees),
            self.reason,
            awards=self.awards,
        )


@dataclass(frozen=True, slots=True)
class Sitting:
    """A juror who may be present."""

    juror_id: UUID
    name: str
    organisation: str
    is_chair: bool


async def decisions_of(session: AsyncSession, cycle_id: UUID) -> Mapping[str, DecisionLine]:
    """The decisions written so far, by category."""
    rows = await session.execute(select(Decision).where(col(Decision.cycle_id) == cycle_id))
    decisions = list(rows.scalars())
    ids = {
        each
        for decision in decisions
        for each in (decision.laureate_id, *map(UUID, decision.nominees))
        if each is not None
    }
    files = await chosen(session, cycle_id, ids)
    return {decision.category: _line(decision, files) for decision in decisions}


async def chosen(
    session: AsyncSession, cycle_id: UUID, ids: Collection[UUID]
) -> Mapping[UUID, Chosen]:
    """The ranked files among those ids."""
    rows = await session.execute(
        select(Standing, Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Standing.application_id))
        .where(col(Standing.cycle_id) == cycle_id, col(Standing.application_id).in_(ids))
    )
    return {application.id: _chosen(standing, application) for standing, application in rows}


async def passed_over(
    session: AsyncSession, cycle_id: UUID, category: str, rank: int, spared: Collection[UUID]
) -> int:
    """How many awardable files stand at that rank or better, those spared left aside."""
    barred = bindparam("barred", [str(flag) for flag in NOT_AWARDABLE], type_=ARRAY(String))
    is_barred = func.jsonb_exists_any(col(Standing.flags), barred, type_=Boolean)
    return (
        await session.execute(
            select(func.count())
            .select_from(Standing)
            .join(Application, col(Application.id) == col(Standing.application_id))
            .where(
                col(Standing.cycle_id) == cycle_id,
                col(Standing.category) == category,
                col(Standing.rank) <= rank,
                not_(is_barred),
                still_there(),
                col(Standing.application_id).not_in(spared),
            )
        )
    ).scalar_one()


async def files_by_category(session: AsyncSession, cycle_id: UUID) -> Mapping[str, int]:
    """How many files each category ranks."""
    rows = await session.execute(
        select(col(Standing.category), func.count())
        .where(col(Standing.cycle_id) == cycle_id)
        .group_by(col(Standing.category))
    )
    return {str(category): files for category, files in rows}


async def is_ranked(session: AsyncSession, cycle_id: UUID) -> bool:
    """Whether the ranking was settled, be it of no file at all."""
    settled = select(col(JournalLine.id)).where(
        col(JournalLine.subject) == f"cycle:{cycle_id}", col(JournalLine.act) == "freeze_ranking"
    )
    ranked = select(col(Standing.id)).where(col(Standing.cycle_id) == cycle_id)
    return (await session.execute(select(or_(settled.exists(), ranked.exists())))).scalar_one()


async def sitting_in(session: AsyncSession, cycle_id: UUID) -> tuple[Sitting, ...]:
    """The jurors who accepted, the chair first."""
    rows = await session.execute(
        select(Juror, Person)
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED)
        .order_by(col(Juror.is_chair).desc(), col(Person.name), col(Juror.id))
    )
    return tuple(
        Sitting(juror.id, person.name or person.email, juror.organisation, juror.is_chair)
        for juror, person in rows
    )


async def minutes_of(session: AsyncSession, cycle_id: UUID) -> Minutes | None:
    """The signed minutes of a cycle, once they are."""
    return await session.get(Minutes, cycle_id)


def _line(decision: Decision, files: Mapping[UUID, Chosen]) -> DecisionLine:
    nominees = (files.get(UUID(each)) for each in decision.nominees)
    return DecisionLine(
        category=decision.category,
        awards=decision.awards,
        laureate=files.get(decision.laureate_id) if decision.laureate_id else None,
        nominees=tuple(each for each in nominees if each is not None),
        reason=decision.reason,
        saved_at=decision.saved_at,
    )


def _chosen(standing: Standing, application: Application) -> Chosen:
    is_withdrawn = is_gone(application)
    return Chosen(
        application_id=application.id,
        company=application.company,
        title=application.title,
        category=standing.category,
        rank=standing.rank,
        is_awardable=is_awardable(standing) and not is_withdrawn,
        is_tied=bool(standing.tied_with),
        is_withdrawn=is_withdrawn,
    )
