"""An edition on one page: its cycles and what is counted of each, in a constant number of questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.applications import Status
from domain.calendar import CycleCalendar
from domain.edition_picture import Progress
from domain.editions import EditionPhase
from domain.jurors import CardStatus, JurorStatus
from domain.levels import Level, at_level
from domain.phases import Phase
from storage.ledger import LetterState
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Card, Juror
from storage.tables.letters import Letter
from storage.tables.results import Decision
from storage.templates import calendar_in, templates_by_id

MOST = 150  # every département, and the nation
WAITING = (Status.SUBMITTED, Status.COMPLEMENTS)


@dataclass(frozen=True, slots=True)
class PicturedCycle:
    """One territory; ``progress`` is there for those whom its reader organises."""

    code: str
    name: str
    territory: str
    parts: tuple[str, ...]
    level: Level
    zone: str
    phase: Phase
    calendar: CycleCalendar
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class PicturedEdition:
    """An edition, its territories by name, then its final."""

    code: str
    name: str
    year: int
    is_led: bool
    cycles: tuple[PicturedCycle, ...]


async def edition_picture(
    session: AsyncSession, code: str, organises: Collection[UUID] | None
) -> PicturedEdition | None:
    """The edition of that code; nothing for who organises none of it; None organises everything."""
    rows = (
        await session.execute(
            select(Edition, Cycle)
            .outerjoin(Cycle, col(Cycle.edition_id) == col(Edition.id))
            .where(col(Edition.code) == code)
            .order_by(col(Cycle.name), col(Cycle.code))
            .limit(MOST)
        )
    ).all()
    cycles = list(filter(None, (cycle for _, cycle in rows)))
    theirs = [cycle for cycle in cycles if organises is None or cycle.id in organises]
    if not rows or (organises is not None and not theirs):
        return None
    progress = await _progress(session, theirs)
    edition = rows[0][0]
    return PicturedEdition(
        code=edition.code,
        name=edition.name,
        year=edition.year,
        is_led=edition.phase != EditionPhase.BY_HAND,
        cycles=tuple(
            PicturedCycle(
                code=cycle.code,
                name=cycle.name,
                territory=cycle.territory,
                parts=tuple(cycle.parts),
                level=Level(cycle.level),
                zone=cycle.zone,
                phase=Phase(cycle.phase),
                calendar=calendar_in(cycle),
                progress=progress.get(cycle.id),
            )
            for cycle in sorted(cycles, key=lambda each: each.level == Level.NATIONAL)
        ),
    )


async def _progress(session: AsyncSession, cycles: Collection[Cycle]) -> dict[UUID, Progress]:
    ids = [cycle.id for cycle in cycles]
    templates = await templates_by_id(session, {cycle.template_id for cycle in cycles})
    jurors = col(Juror.status) == JurorStatus.ACCEPTED
    to_screen = await _counted(
        session, col(Application.cycle_id), ids, col(Application.status).in_(WAITING)
    )
    seated = await _counted(session, col(Juror.cycle_id), ids, jurors)
    chairs = await _counted(session, col(Juror.cycle_id), ids, col(Juror.is_chair).is_(True))
    cards = await _counted(
        session, col(Card.cycle_id), ids, col(Card.status) == CardStatus.TO_SCORE
    )
    decided = await _counted(
        session, col(Decision.cycle_id), ids, col(Decision.saved_at).is_not(None)
    )
    failed = await _counted(
        session,
        col(Letter.cycle_id),
        ids,
        col(Letter.state).in_([LetterState.FAILED, LetterState.BOUNCED]),
    )
    found: dict[UUID, Progress] = {}
    for cycle in cycles:
        rules = at_level(templates[cycle.template_id], Level(cycle.level))
        found[cycle.id] = Progress(
            phase=Phase(cycle.phase),
            calendar=calendar_in(cycle),
            quorum=rules.jury.quorum,
            categories=len(rules.categories),
            to_screen=to_screen.get(cycle.id, 0),
            seated=seated.get(cycle.id, 0),
            has_chair=cycle.id in chairs,
            open_cards=cards.get(cycle.id, 0),
            decided=decided.get(cycle.id, 0),
            failed_letters=failed.get(cycle.id, 0),
        )
    return found


async def _counted(
    session: AsyncSession,
    cycle: Mapped[UUID] | Mapped[UUID | None],
    ids: Collection[UUID],
    what: ColumnElement[bool],
) -> Mapping[UUID, int]:
    rows = await session.execute(
        select(cycle, func.count()).where(cycle.in_(ids), what).group_by(cycle)
    )
    return {id_: count for id_, count in rows if id_ is not None}
