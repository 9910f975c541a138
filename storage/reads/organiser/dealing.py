"""What the next deal would give: the same files, jurors, conflicts and seed, and nothing written."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.assignment.dealing import Deal, assign
from domain.assignment.names import JurorCapacity
from domain.jurors import CardStatus, JurorStatus
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.people import Person
from storage.templates import template_of

Pair = tuple[str, str]

# Above that many pairs the flow takes longer than a page may; the deal itself has no such limit.
MOST_PAIRS = 60_000
KEPT = (CardStatus.TO_SCORE, CardStatus.SEALED, CardStatus.ABSTAINED)


@dataclass(frozen=True, slots=True)
class Reader:
    """A juror who would read: how many files, at most how many, and those kept away from them."""

    name: str
    organisation: str
    load: int
    maximum: int | None
    avoided: int


@dataclass(frozen=True, slots=True)
class ShortFile:
    """A file that would lack readers."""

    id: UUID
    company: str
    missing: int


@dataclass(frozen=True, slots=True)
class DealPreview:
    """The deal as it would be now; without readers when it is too large to try here."""

    files: int
    jurors: int
    readings: int
    is_too_large: bool
    dealt: int = 0
    readers: tuple[Reader, ...] = ()
    short: tuple[ShortFile, ...] = ()
    avoided: int = 0

    @property
    def wanted(self) -> int:
        """How many readings the règlement asks for."""
        return self.files * self.readings


async def deal_preview(session: AsyncSession, cycle: Cycle) -> DealPreview:
    """Try the deal on what is in the tables now."""
    readings = (await template_of(session, cycle)).jury.readings_per_file
    files = await _files(session, cycle.id)
    jurors = await _jurors(session, cycle.id)
    if len(files) * len(jurors) > MOST_PAIRS:
        return DealPreview(len(files), len(jurors), readings, is_too_large=True)
    conflicts = await _conflicts(session, cycle.id) | _employers(files, jurors)
    found = await asyncio.to_thread(
        assign,
        [str(file.id) for file in files],
        [JurorCapacity(str(each.id), each.maximum or len(files)) for each in jurors],
        conflicts,
        readings,
        cycle.id.int % 2**31,
        await _kept(session, cycle.id),
    )
    return _preview(files, jurors, conflicts, readings, found)


def _preview(
    files: Sequence[Row[UUID, str, str]],
    jurors: Sequence[Row[UUID, str, str, str, str, int | None]],
    conflicts: frozenset[Pair],
    readings: int,
    found: Deal,
) -> DealPreview:
    names = {str(file.id): file.company for file in files}
    avoided = Counter(juror for file, juror in conflicts if file in names)
    return DealPreview(
        files=len(files),
        jurors=len(jurors),
        readings=readings,
        is_too_large=False,
        dealt=len(found.pairs),
        readers=tuple(
            Reader(
                name=each.name or each.email,
                organisation=each.organisation,
                load=found.loads.get(str(each.id), 0),
                maximum=each.maximum,
                avoided=avoided[str(each.id)],
            )
            for each in jurors
        ),
        short=tuple(ShortFile(UUID(file), names[file], count) for file, count in found.short),
        avoided=avoided.total(),
    )


async def _files(session: AsyncSession, cycle_id: UUID) -> Sequence[Row[UUID, str, str]]:
    rows = await session.execute(
        select(col(Application.id), col(Application.siren), col(Application.company))
        .where(col(Application.cycle_id) == cycle_id, col(Application.status) == Status.ADMITTED)
        .order_by(col(Application.id))
    )
    return rows.all()


async def _jurors(
    session: AsyncSession, cycle_id: UUID
) -> Sequence[Row[UUID, str, str, str, str, int | None]]:
    rows = await session.execute(
        select(
            col(Juror.id),
            col(Juror.siren),
            col(Juror.organisation),
            col(Person.name),
            col(Person.email),
            col(Juror.maximum),
        )
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id, col(Juror.status) == JurorStatus.ACCEPTED)
        .order_by(col(Juror.id))
    )
    return rows.all()


async def _conflicts(session: AsyncSession, cycle_id: UUID) -> frozenset[Pair]:
    rows = await session.execute(
        select(col(Conflict.application_id), col(Conflict.juror_id))
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(col(Juror.cycle_id) == cycle_id)
    )
    return frozenset((str(file), str(juror)) for file, juror in rows)


def _employers(
    files: Sequence[Row[UUID, str, str]],
    jurors: Sequence[Row[UUID, str, str, str, str, int | None]],
) -> frozenset[Pair]:
    """A juror never reads the file of the company that employs them, declared or not."""
    return frozenset(
        (str(file.id), str(each.id))
        for each in jurors
        for file in files
        if each.siren and each.siren == file.siren
    )


async def _kept(session: AsyncSession, cycle_id: UUID) -> frozenset[Pair]:
    rows = await session.execute(
        select(col(Card.application_id), col(Card.juror_id)).where(
            col(Card.cycle_id) == cycle_id, col(Card.status).in_(KEPT)
        )
    )
    return frozenset((str(file), str(juror)) for file, juror in rows)
