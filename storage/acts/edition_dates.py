"""The dates of an edition move as one: its frame, and one request for each cycle that follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calendar_effects import Effects, Group, effects_of
from domain.calendar_moves import KIND, Move, check_move
from domain.edition_moves import check_stays_in_frame, moved_with
from domain.edition_plan import EditionFrame, check_frame
from domain.editions import EditionAct
from domain.levels import Level
from domain.phases import ENDED, Phase, check_reason
from domain.refusals import N_, Refusal
from domain.wire.asked import Asked
from storage.acts.edition_opening import cycles_of
from storage.acts.edition_revising import check_seen
from storage.acts.touched import people_in_each
from storage.edition_plans import keep, led, plan_from
from storage.journal import write_line
from storage.requests import write_request
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import Request
from storage.templates import calendar_in

NOTHING_MOVES = N_("Aucune date ne change : il n’y a rien à déplacer.")


@dataclass(frozen=True, slots=True)
class CycleMove:
    """What the move of an edition does to one of its cycles."""

    cycle: Cycle
    move: Move
    effects: Effects
    frame: EditionFrame

    @property
    def moves(self) -> bool:
        """Whether any of its dates changes."""
        return bool(self.move.dates)

    def check(self) -> None:
        """Refuse what this cycle cannot hold."""
        check_move(self.move)
        if self.cycle.level == Level.TERRITORIAL:
            check_stays_in_frame(self.move, self.frame, self.cycle.zone)


@dataclass(frozen=True, slots=True)
class CycleAsked:
    """A request to a cycle that nobody has carried yet."""

    code: str
    cycle: str
    asked: Asked


async def moves_of(
    session: AsyncSession, edition: Edition, frame: EditionFrame, at: datetime, *, is_forced: bool
) -> tuple[CycleMove, ...]:
    """What each living cycle of an edition becomes under another frame, and whom that concerns."""
    every = await cycles_of(session, edition)
    cycles = [
        each for each in every if each.level != Level.INTERNAL and Phase(each.phase) not in ENDED
    ]
    people = await people_in_each(session, [each.id for each in cycles])
    frames = led(edition).frame, frame
    found: list[CycleMove] = []
    for cycle in cycles:
        phase, now = Phase(cycle.phase), calendar_in(cycle)
        after = moved_with(now, phase, Level(cycle.level), cycle.zone, frames)
        there = people[cycle.id]
        move = Move(now, after, phase, at, drafts=there[Group.DRAFTS], is_forced=is_forced)
        found.append(CycleMove(cycle, move, effects_of(move, there), frame))
    return tuple(found)


async def move_edition(session: AsyncSession, edition: Edition, request: Request) -> None:
    """Give the edition its new frame, and write what is asked of each of its cycles, or nothing at all."""
    check_reason(reason_of(request))
    check_seen(edition, request)
    before, wanted = led(edition), plan_from(request.payload["plan"])
    if (wanted.frame, wanted.cutoff_at, wanted.quorum) == (
        before.frame,
        before.cutoff_at,
        before.quorum,
    ):
        raise Refusal(NOTHING_MOVES)
    check_frame(wanted.frame)
    moves = await moves_of(
        session,
        edition,
        wanted.frame,
        request.arrived_at,
        is_forced=bool(request.payload.get("force")),
    )
    moving = [each for each in moves if each.moves]
    for each in moving:
        each.check()
    keep(edition, replace(wanted, territories=before.territories))
    write_line(
        session,
        subject=f"edition:{edition.id}",
        act=EditionAct.MOVE,
        at=request.arrived_at,
        reason=reason_of(request),
        request=request,
    )
    for each in moving:
        await _ask(session, each, request)


async def asked_of_cycles(
    session: AsyncSession, edition: str, request: str
) -> Sequence[CycleAsked]:
    """The requests to cycles that the move of an edition wrote and that are not settled."""
    cycles = await session.scalars(select(Cycle).where(col(Cycle.edition_id) == UUID(edition)))
    by_request = {uuid5(UUID(request), str(each.id)): each for each in cycles}
    waiting = await session.scalars(
        select(Request)
        .where(col(Request.id).in_(by_request), col(Request.settled).is_(False))
        .order_by(col(Request.subject))
    )
    return [
        CycleAsked(
            by_request[each.id].code,
            str(by_request[each.id].id),
            Asked(str(each.id), each.arrived_at),
        )
        for each in waiting
    ]


async def _ask(session: AsyncSession, each: CycleMove, request: Request) -> None:
    await write_request(
        session,
        request_id=uuid5(request.id, str(each.cycle.id)),
        kind=KIND,
        subject=f"cycle:{each.cycle.id}",
        by_person=request.by_person,
        payload={
            "dates": {moved.name: moved.after.isoformat() for moved in each.move.dates},
            "version": each.cycle.calendar_version,
            "force": bool(request.payload.get("force")),
            "reason": reason_of(request),
        },
    )


def reason_of(request: Request) -> str:
    """Why it was asked, in the words of who asked."""
    return str(request.payload.get("reason", ""))
