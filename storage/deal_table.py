"""What lies on the table of a cycle before a deal, a preview or a repair: the same for all three."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.assignment.names import JurorCapacity, Pair, Table
from domain.assignment.repair import Repair
from domain.conflicts import Standing
from domain.jurors import CardStatus, JurorStatus
from storage.reads.regrouping import judged_here
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror, SecondReading
from storage.tables.people import Person
from storage.templates import template_of

KEPT = (CardStatus.TO_SCORE, CardStatus.SEALED, CardStatus.ABSTAINED)
File = Row[UUID, str, str, str]


@dataclass(frozen=True, slots=True)
class Chair:
    """A juror who sits at the table, with the name that organisers know."""

    juror: Juror
    name: str


@dataclass(frozen=True, slots=True)
class Laid:
    """The files, the jurors, and the table that the rules deal from; every card given is locked.

    ``begun`` are the cards that somebody has opened and marked, or closed: a repair locks these only, but for the
    drafts of those who leave; ``closed`` are those that were sent.
    """

    files: Sequence[File]
    chairs: tuple[Chair, ...]
    table: Table
    begun: frozenset[Pair]
    closed: frozenset[Pair]

    @property
    def dealt(self) -> frozenset[Pair]:
        """Every card that was given and still stands."""
        return frozenset(self.table.locked)

    def for_repair(self, leaving: Collection[str] = ()) -> Table:
        """The table without those who leave, with only what is begun locked."""
        stay = [each for each in self.table.jurors if each.juror not in leaving]
        here = {each.juror for each in stay}
        locked = {pair for pair in self.begun if pair in self.closed or pair[1] in here}
        return replace(self.table, jurors=stay, locked=frozenset(locked))


async def laid_table(session: AsyncSession, cycle: Cycle) -> Laid:
    """Everything that a deal of this cycle depends on, as it is in the tables now."""
    rules = (await template_of(session, cycle)).jury
    files = await _files(session, cycle.id)
    chairs = await _chairs(session, cycle.id)
    begun, closed, dealt = await _cards(session, cycle.id)
    table = Table(
        files=tuple(str(file.id) for file in files),
        jurors=tuple(_capacity(each.juror, len(files)) for each in chairs),
        readings=rules.readings_per_file,
        conflicts=await _conflicts(session, cycle.id) | _employers(files, chairs),
        locked=dealt,
        topics={str(file.id): file.category for file in files},
        rules=rules.deal_rules,
        extra=await _extra(session, cycle.id),
    )
    return Laid(files, chairs, table, begun, closed)


def seed_of(cycle: Cycle) -> int:
    """The seed of a cycle: known to all from its first day, and chosen by nobody."""
    return cycle.id.int % 2**31


def _capacity(juror: Juror, files: int) -> JurorCapacity:
    """As many files as the juror said, else all of them."""
    return JurorCapacity(
        str(juror.id),
        files if juror.maximum is None else juror.maximum,
        expertise=frozenset(juror.expertise),
        organisation=juror.siren or juror.organisation.casefold(),
    )


async def _files(session: AsyncSession, cycle_id: UUID) -> Sequence[File]:
    rows = await session.execute(
        select(
            col(Application.id),
            col(Application.siren),
            col(Application.company),
            col(Application.category),
        )
        .where(
            col(Application.cycle_id) == cycle_id,
            col(Application.status) == Status.ADMITTED,
            judged_here(),
        )
        .order_by(col(Application.id))
    )
    return rows.all()


async def _extra(session: AsyncSession, cycle_id: UUID) -> Mapping[str, int]:
    """By file, the second readings that were ordered."""
    rows = await session.execute(
        select(col(SecondReading.application_id), col(SecondReading.extra)).where(
            col(SecondReading.cycle_id) == cycle_id
        )
    )
    return {str(file): extra for file, extra in rows}


async def _chairs(session: AsyncSession, cycle_id: UUID) -> tuple[Chair, ...]:
    rows = await session.execute(
        select(Juror, col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED)
        .order_by(col(Juror.id))
    )
    return tuple(Chair(juror, name or email) for juror, name, email in rows)


async def _conflicts(session: AsyncSession, cycle_id: UUID) -> frozenset[Pair]:
    rows = await session.execute(
        select(col(Conflict.application_id), col(Conflict.juror_id))
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Conflict.standing) != Standing.DISMISSED)
    )
    return frozenset((str(file), str(juror)) for file, juror in rows)


def _employers(files: Sequence[File], chairs: tuple[Chair, ...]) -> frozenset[Pair]:
    """A juror never reads the file of the company that employs them, declared or not."""
    by_siren: dict[str, list[str]] = defaultdict(list)
    for each in chairs:
        if each.juror.siren:
            by_siren[each.juror.siren].append(str(each.juror.id))
    return frozenset(
        (str(file.id), juror) for file in files for juror in by_siren.get(file.siren, ())
    )


async def _cards(
    session: AsyncSession, cycle_id: UUID
) -> tuple[frozenset[Pair], frozenset[Pair], frozenset[Pair]]:
    """The pairs begun, those closed among them, and all that stand."""
    rows = (
        await session.execute(
            select(
                col(Card.application_id),
                col(Card.juror_id),
                col(Card.status),
                col(Card.saved_at),
            ).where(col(Card.cycle_id) == cycle_id, col(Card.status).in_(KEPT))
        )
    ).all()
    begun: set[Pair] = set()
    closed: set[Pair] = set()
    dealt: set[Pair] = set()
    for file, juror, status, saved_at in rows:
        pair = (str(file), str(juror))
        dealt.add(pair)
        if status != CardStatus.TO_SCORE:
            closed.add(pair)
        if status != CardStatus.TO_SCORE or saved_at is not None:
            begun.add(pair)
    return frozenset(begun), frozenset(closed), frozenset(dealt)


def repair_key(found: Repair) -> str:
    """A few signs by which the repair that was confirmed is known from any other."""
    document = json.dumps([found.moved, found.orphaned, found.added])
    return sha256(document.encode()).hexdigest()[:32]
