"""The ranking of a category as the chair reads it: places, means, flags, and who gave what."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, has_changed_since
from domain.ranking import NOT_AWARDABLE, Flag
from storage.reads.extensions import MoreTime, extensions_among
from storage.reads.gone import is_gone
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.reads.standing_aside import stands_aside
from storage.tables.applications import Application
from storage.tables.juries import Card, Juror
from storage.tables.people import Person
from storage.tables.results import Standing

PAGE = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """What one juror gave to a file, or why they did not."""

    juror: str
    status: CardStatus
    note: Decimal | None
    marks: Mapping[str, Any]
    comments: Mapping[str, Any]
    reason: str
    read_version: int | None = None


@dataclass(frozen=True, slots=True)
class RankedFile:
    """A file in the ranking; when ``is_hidden`` the chair stands aside and sees no mark of it."""

    application_id: UUID
    company: str
    title: str
    number: str
    place: int
    rank: int | None
    is_withdrawn: bool
    is_hidden: bool
    mean: Decimal | None = None
    spread: Decimal | None = None
    valid_cards: int = 0
    criteria: Mapping[str, Decimal] | None = None
    flags: tuple[Flag, ...] = ()
    tied_with: int = 0
    readings: tuple[Reading, ...] = ()
    is_awardable: bool = False
    extension: MoreTime | None = None
    version: int = 0

    def is_outdated(self, reading: Reading) -> bool:
        """Whether the file has changed since that juror scored it."""
        return has_changed_since(reading.read_version, self.version)

    @property
    def has_changed(self) -> bool:
        """Whether the file has changed since somebody scored it."""
        return any(map(self.is_outdated, self.readings))


@dataclass(frozen=True, slots=True)
class RankingPage:
    """Some files of a category in the order of their places, and how many there are."""

    files: tuple[RankedFile, ...]
    total: int
    after: int

    @property
    def number(self) -> int:
        """Which page this is, from 1."""
        return self.after // PAGE + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE))

    @property
    def next_after(self) -> int | None:
        """The last place shown, if others follow."""
        return self.files[-1].place if self.files and self.files[-1].place < self.total else None

    @property
    def previous_after(self) -> int | None:
        """Where the page before starts, if there is one."""
        return max(self.after - PAGE, 0) if self.after else None


async def ranking_page(
    session: AsyncSession, chair: Juror, category: str, after: int = 0
) -> RankingPage:
    """The files of a category that come after a place, by the index of the places."""
    standings = (col(Standing.cycle_id) == chair.cycle_id) & (col(Standing.category) == category)
    total = (
        await session.execute(select(func.count()).select_from(Standing).where(standings))
    ).scalar_one()
    rows = (
        await session.execute(
            select(Standing, Application, stands_aside(chair))
            .options(*WITHOUT_DOCUMENTS)
            .join(Application, col(Application.id) == col(Standing.application_id))
            .where(standings, col(Standing.place) > after)
            .order_by(col(Standing.place))
            .limit(PAGE)
        )
    ).all()
    shown = [standing.application_id for standing, _, is_hidden in rows if not is_hidden]
    readings = await _readings(session, shown)
    given = await extensions_among(session, shown)
    files = tuple(
        _hidden(standing, application)
        if is_hidden
        else replace(
            _open(standing, application, readings[application.id]),
            extension=given.get(application.id),
        )
        for standing, application, is_hidden in rows
    )
    return RankingPage(files, total, after)


async def _readings(
    session: AsyncSession, applications: Collection[UUID]
) -> Mapping[UUID, tuple[Reading, ...]]:
    rows = await session.execute(
        select(Card, col(Person.name), col(Person.email))
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .join(Person, col(Person.id) == col(Juror.person_id))
        .where(col(Card.application_id).in_(applications))
        .order_by(col(Person.name), col(Card.id))
    )
    read: dict[UUID, tuple[Reading, ...]] = defaultdict(tuple)
    for card, name, email in rows:
        read[card.application_id] += (_reading(card, name or email),)
    return read


def _reading(card: Card, juror: str) -> Reading:
    """Marks of a card count once it is sealed; a draft stays its juror's own."""
    is_sealed = card.status == CardStatus.SEALED
    return Reading(
        juror=juror,
        status=CardStatus(card.status),
        note=card.note if is_sealed else None,
        marks=card.marks if is_sealed else {},
        comments=card.comments if is_sealed else {},
        reason=card.reason,
        read_version=card.read_version if is_sealed else None,
    )


def _open(
    standing: Standing, application: Application, readings: tuple[Reading, ...]
) -> RankedFile:
    flags = tuple(Flag(flag) for flag in standing.flags)
    is_withdrawn = is_gone(application)
    return RankedFile(
        application_id=application.id,
        company=application.company,
        title=application.title,
        number=application.number or "",
        place=standing.place,
        rank=standing.rank,
        is_withdrawn=is_withdrawn,
        is_hidden=False,
        mean=standing.mean,
        spread=standing.spread,
        valid_cards=standing.valid_cards,
        criteria={code: Decimal(str(mean)) for code, mean in standing.criteria.items()},
        flags=flags,
        tied_with=len(standing.tied_with),
        readings=readings,
        version=application.version,
        is_awardable=is_awardable(standing) and not is_withdrawn,
    )


def _hidden(standing: Standing, application: Application) -> RankedFile:
    is_withdrawn = is_gone(application)
    return RankedFile(
        application_id=application.id,
        company=application.company,
        title=application.title,
        number=application.number or "",
        place=standing.place,
        rank=standing.rank,
        is_withdrawn=is_withdrawn,
        is_hidden=True,
        is_awardable=is_awardable(standing) and not is_withdrawn,
    )


def is_awardable(standing: Standing) -> bool:
    """Whether the règlement lets the jury distinguish that file."""
    return standing.rank is not None and not NOT_AWARDABLE.intersection(standing.flags)
