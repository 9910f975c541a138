"""The adjusted ranking of a category beside the raw one, and the jurors that it corrects."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.calibration.results import Uncorrected, Zone
from storage.tables.applications import Application
from storage.tables.juries import Card, Juror
from storage.tables.people import Person
from storage.tables.results import Calibration, Standing

FIRST = 50


@dataclass(frozen=True, slots=True)
class CorrectedNote:
    """The note of one juror, what is added to it, and what it becomes."""

    juror: str
    note: Decimal
    correction: Decimal
    is_unusual: bool

    @property
    def result(self) -> Decimal:
        """The note once corrected."""
        return self.note + self.correction


@dataclass(frozen=True, slots=True)
class EqualisedFile:
    """A file with both its ranks; what is not known is None."""

    application_id: UUID
    company: str
    rank: int | None
    mean: Decimal | None
    score: Decimal | None
    adjusted_rank: int | None
    best: int | None
    worst: int | None
    chance: Decimal | None
    zone: Zone | None
    notes: tuple[CorrectedNote, ...]


@dataclass(frozen=True, slots=True)
class EqualisedJuror:
    """A juror beside those who read the same files."""

    name: str
    files: int
    mean: Decimal
    peers: Decimal
    severity: Decimal
    factor: Decimal
    is_capped: bool
    is_constant: bool
    changes: int | None


@dataclass(frozen=True, slots=True)
class Equalised:
    """The first places of a category, how many there are, and the jury as a whole."""

    files: tuple[EqualisedFile, ...]
    total: int
    jurors: tuple[EqualisedJuror, ...]
    links: tuple[Decimal, ...]
    uncorrected: tuple[Uncorrected, ...]
    seed: int
    input: str


async def equalised(
    session: AsyncSession, cycle_id: UUID, category: str, hidden: Collection[UUID] = ()
) -> Equalised | None:
    """What the page of a category says, less the files that must not be shown; None if none was made."""
    kept = await session.get(Calibration, cycle_id)
    if kept is None:
        return None
    inside = (col(Standing.cycle_id) == cycle_id) & (col(Standing.category) == category)
    rows = (
        await session.execute(
            select(Standing, col(Application.company))
            .join(Application, col(Application.id) == col(Standing.application_id))
            .where(inside, col(Standing.application_id).not_in(hidden))
            .order_by(col(Standing.place))
            .limit(FIRST)
        )
    ).all()
    counted = select(func.count()).select_from(Standing).where(inside)
    total = (await session.execute(counted)).scalar_one()
    names = await _names(session, cycle_id)
    notes = await _notes(session, [row.Standing.application_id for row in rows])
    document = kept.document
    return Equalised(
        files=tuple(
            _file(row.Standing, row.company, notes.get(row.Standing.application_id, {}), names)
            for row in rows
        ),
        total=total,
        jurors=tuple(_juror(each, names) for each in document["jurors"]),
        links=tuple(Decimal(each["link"]) for each in document["juries"]),
        uncorrected=tuple(
            Uncorrected(each["uncorrected"]) for each in document["juries"] if each["uncorrected"]
        ),
        seed=document["seed"],
        input=document["input"],
    )


async def _names(session: AsyncSession, cycle_id: UUID) -> Mapping[str, str]:
    rows = await session.execute(
        select(col(Juror.id), col(Person.name), col(Person.email))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Juror.cycle_id) == cycle_id)
    )
    return {str(row.id): row.name or row.email for row in rows}


async def _notes(
    session: AsyncSession, files: Collection[UUID]
) -> Mapping[UUID, Mapping[str, Decimal]]:
    rows = await session.execute(
        select(col(Card.application_id), col(Card.juror_id), col(Card.note)).where(
            col(Card.application_id).in_(files), col(Card.note).is_not(None)
        )
    )
    found: dict[UUID, dict[str, Decimal]] = {}
    for row in rows:
        found.setdefault(row.application_id, {})[str(row.juror_id)] = row.note
    return found


def _file(
    standing: Standing, company: str, notes: Mapping[str, Decimal], names: Mapping[str, str]
) -> EqualisedFile:
    said: Mapping[str, Any] = standing.adjusted
    return EqualisedFile(
        application_id=standing.application_id,
        company=company,
        rank=standing.rank,
        mean=standing.mean,
        score=Decimal(said["score"]) if said else None,
        adjusted_rank=said.get("rank"),
        best=said.get("best"),
        worst=said.get("worst"),
        chance=Decimal(said["chance"]) if said.get("chance") else None,
        zone=Zone(said["zone"]) if said.get("zone") else None,
        notes=tuple(
            CorrectedNote(
                names.get(juror, ""),
                notes[juror],
                Decimal(each["correction"]),
                bool(each["is_unusual"]),
            )
            for juror, each in said.get("readings", {}).items()
            if juror in notes
        ),
    )


def _juror(said: Mapping[str, Any], names: Mapping[str, str]) -> EqualisedJuror:
    return EqualisedJuror(
        name=names.get(said["juror"], ""),
        files=said["files"],
        mean=Decimal(said["mean"]),
        peers=Decimal(said["peers"]),
        severity=Decimal(said["severity"]),
        factor=Decimal(said["factor"]),
        is_capped=said["is_capped"],
        is_constant=said["is_constant"],
        changes=said["changes"],
    )
