"""The session of a jury, as one of its members sees it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calibration.results import Zone
from domain.session.agenda import in_hearing_order, places_to_hear
from domain.session.voting import Choice, Count, Here, presiding
from storage.reads.gone import still_there
from storage.reads.jury import Seat
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.reads.sitting import Member, here_before, members_of
from storage.reads.standing_aside import those_aside
from storage.tables.applications import Application
from storage.tables.results import Standing
from storage.tables.sessions import Ballot, BallotVoice, Hearing


@dataclass(frozen=True, slots=True)
class VoteDone:
    """A vote that was counted."""

    number: int
    application_id: UUID
    company: str
    category: str
    count: Count
    is_adopted: bool


@dataclass(frozen=True, slots=True)
class VoteOpen:
    """A vote in progress: how many have voted, out of how many, and what the reader said."""

    ballot_id: UUID
    number: int
    cast: int
    voters: int
    mine: Choice | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A file of the agenda; when ``is_aside`` the reader leaves the room and sees no figure of it."""

    application_id: UUID
    company: str
    title: str
    number: str
    category: str
    rank: int | None
    is_aside: bool
    leaving: tuple[str, ...]
    mean: Decimal | None = None
    spread: Decimal | None = None
    valid_cards: int = 0
    criteria: Mapping[str, Decimal] | None = None
    adjusted: Mapping[str, Any] | None = None
    votes: tuple[VoteDone, ...] = ()

    @property
    def zone(self) -> Zone | None:
        """What the marks alone say of it."""
        return Zone(self.adjusted["zone"]) if self.adjusted and self.adjusted.get("zone") else None


@dataclass(frozen=True, slots=True)
class SessionState:
    """Everything that the page of the session shows to one juror."""

    members: tuple[Member, ...]
    quorum: int
    agenda: tuple[Heard, ...]
    current: Heard | None
    president: UUID | None
    vote: VoteOpen | None

    @property
    def present(self) -> int:
        """How many are there."""
        return sum(each.is_present for each in self.members)

    @property
    def is_quorate(self) -> bool:
        """Whether enough are there to vote."""
        return self.present >= self.quorum

    @property
    def president_name(self) -> str:
        """Who presides for the file that is heard."""
        return next((m.name for m in self.members if m.juror_id == self.president), "")

    @property
    def following(self) -> UUID | None:
        """The file after the one that is heard, or the first."""
        ids = [each.application_id for each in self.agenda]
        if self.current is None or self.current.application_id not in ids:
            return ids[0] if ids else None
        place = ids.index(self.current.application_id) + 1
        return ids[place] if place < len(ids) else None


async def session_state(session: AsyncSession, seat: Seat) -> SessionState:
    """The session as that juror may see it now."""
    cycle_id, me = seat.cycle.id, seat.juror.id
    members = await members_of(session, cycle_id)
    hearing = await session.get(Hearing, cycle_id, populate_existing=True)
    current_id = hearing.application_id if hearing else None
    rows = await _rows(session, seat, current_id)
    aside = await those_aside(session, cycle_id, list(rows))
    names = {each.juror_id: each.name for each in members}
    done, running = await _votes(session, cycle_id, rows)
    heard = {
        file: _heard(row, aside.get(file, frozenset()), names, me, done)
        for file, row in rows.items()
    }
    order = in_hearing_order(_by_category(seat, heard), _in_words(aside))
    current = heard.get(current_id) if current_id else None
    here = [here_before(each, current_id, aside) for each in members]
    president = presiding(here) if current else None
    mine = running is not None and not (current and current.is_aside)
    return SessionState(
        members=members,
        quorum=seat.template.jury.quorum,
        agenda=tuple(heard[UUID(file)] for file in order),
        current=current,
        president=UUID(president) if president else None,
        vote=await _open(session, running, here, me) if running and mine else None,
    )


async def _rows(
    session: AsyncSession, seat: Seat, current: UUID | None
) -> Mapping[UUID, tuple[Standing, Application]]:
    """The files that are heard: the first places, what the marks leave open, and the one called."""
    first = places_to_hear(1 + seat.template.jury.nominees)
    zones = [Zone.LAUREATE.value, Zone.TO_DELIBERATE.value]
    asked = or_(
        col(Standing.place) <= first,
        col(Standing.adjusted)["zone"].astext.in_(zones),
        col(Standing.application_id) == current,
    )
    rows = await session.execute(
        select(Standing, Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Standing.application_id))
        .where(
            col(Standing.cycle_id) == seat.cycle.id,
            col(Standing.rank).is_not(None),
            asked,
            still_there(),
        )
        .order_by(col(Standing.place))
    )
    return {standing.application_id: (standing, application) for standing, application in rows}


async def _votes(
    session: AsyncSession, cycle_id: UUID, rows: Mapping[UUID, tuple[Standing, Application]]
) -> tuple[Mapping[UUID, tuple[VoteDone, ...]], Ballot | None]:
    found = await session.execute(
        select(Ballot)
        .where(col(Ballot.cycle_id) == cycle_id)
        .order_by(col(Ballot.number))
        .execution_options(populate_existing=True)
    )
    done: dict[UUID, tuple[VoteDone, ...]] = {}
    running = None
    for ballot in found.scalars():
        if ballot.closed_at is None:
            running = ballot
        elif ballot.application_id in rows:
            company = rows[ballot.application_id][1].company
            done[ballot.application_id] = (
                *done.get(ballot.application_id, ()),
                _done(ballot, company),
            )
    return done, running


def _done(ballot: Ballot, company: str) -> VoteDone:
    cast = Choice(ballot.cast) if ballot.cast else None
    return VoteDone(
        ballot.number,
        ballot.application_id,
        company,
        ballot.category,
        Count(ballot.yes, ballot.no, ballot.abstained, cast),
        bool(ballot.is_adopted),
    )


async def _open(session: AsyncSession, ballot: Ballot, here: Sequence[Here], me: UUID) -> VoteOpen:
    given = await session.execute(
        select(func.count()).where(col(BallotVoice.ballot_id) == ballot.id)
    )
    mine = await session.get(BallotVoice, (ballot.id, me), populate_existing=True)
    return VoteOpen(
        ballot.id,
        ballot.number,
        given.scalar_one(),
        sum(each.may_vote for each in here),
        Choice(mine.choice) if mine else None,
    )


def _heard(
    row: tuple[Standing, Application],
    out: Collection[UUID],
    names: Mapping[UUID, str],
    me: UUID,
    done: Mapping[UUID, tuple[VoteDone, ...]],
) -> Heard:
    standing, application = row
    leaving = tuple(sorted(names[juror] for juror in out if juror in names))
    told = Heard(
        application.id,
        application.company,
        application.title,
        application.number or "",
        standing.category,
        standing.rank,
        me in out,
        leaving,
    )
    if told.is_aside:
        return told
    return Heard(
        application.id,
        application.company,
        application.title,
        application.number or "",
        standing.category,
        standing.rank,
        is_aside=False,
        leaving=leaving,
        mean=standing.mean,
        spread=standing.spread,
        valid_cards=standing.valid_cards,
        criteria={code: Decimal(str(mean)) for code, mean in standing.criteria.items()},
        adjusted=standing.adjusted,
        votes=done.get(application.id, ()),
    )


def _by_category(seat: Seat, heard: Mapping[UUID, Heard]) -> list[list[str]]:
    files = list(heard.values())
    return [
        [str(file.application_id) for file in files if file.category == category.code]
        for category in seat.template.categories
    ]


def _in_words(aside: Mapping[UUID, frozenset[UUID]]) -> Mapping[str, frozenset[str]]:
    return {str(file): frozenset(map(str, jurors)) for file, jurors in aside.items()}
