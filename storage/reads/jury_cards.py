"""A juror's score cards: the list of them, and the place of one in the list."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.jurors import CardStatus, has_changed_since
from storage.reads.light import WITHOUT_DOCUMENTS
from storage.tables.applications import Application
from storage.tables.juries import Card

PAGE = 50
# By category, so that one grid serves several files; inside it by the id of the card, drawn at
# random: each juror meets the files in another order, and nobody is always read last.
ORDER = (col(Application.category), col(Card.id))


@dataclass(frozen=True, slots=True)
class CardLine:
    """One score card in the list."""

    card_id: UUID
    status: CardStatus
    category: str
    company: str
    title: str
    marks_given: int
    has_changed: bool = False


@dataclass(frozen=True, slots=True)
class CardTally:
    """How many cards a juror has, and how many of them wait."""

    total: int
    left: int

    @property
    def done(self) -> int:
        """The cards that ask for nothing more."""
        return self.total - self.left


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of the list, the tally of the whole, and the first card that waits."""

    lines: tuple[CardLine, ...]
    tally: CardTally
    next_card: UUID | None
    number: int

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return _pages(self.tally.total)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a card among those of its juror, and where to go from it."""

    tally: CardTally
    place: int
    before: UUID | None
    after: UUID | None
    next_to_score: UUID | None


async def card_page(session: AsyncSession, juror_id: UUID, number: int = 1) -> CardPage:
    """A page of a juror's cards, in their reading order; a page beyond the last is the last."""
    found = (
        await session.execute(
            select(*_counts(), _one(juror_id, _waits()).label("next"))
            .select_from(Card)
            .where(col(Card.juror_id) == juror_id)
        )
    ).one()
    number = max(1, min(number, _pages(found.total)))
    rows = await session.execute(
        select(Card, Application)
        .options(*WITHOUT_DOCUMENTS)
        .join(Application, col(Application.id) == col(Card.application_id))
        .where(col(Card.juror_id) == juror_id)
        .order_by(*ORDER)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    )
    lines = tuple(_line(card, application) for card, application in rows)
    return CardPage(lines, CardTally(found.total, found.left), found.next, number)


async def neighbours_of(
    session: AsyncSession, juror_id: UUID, card_id: UUID, category: str
) -> Neighbours:
    """Where a card stands among those of its juror, by one query."""
    here, place = tuple_(category, card_id), tuple_(*ORDER)
    found = (
        await session.execute(
            select(
                *_counts(),
                func.count().filter(place <= here).label("place"),
                _one(juror_id, place < here, backwards=True).label("before"),
                _one(juror_id, place > here).label("after"),
                func.coalesce(
                    _one(juror_id, _waits(), place > here), _one(juror_id, _waits(), place < here)
                ).label("next"),
            )
            .select_from(Card)
            .join(Application, col(Application.id) == col(Card.application_id))
            .where(col(Card.juror_id) == juror_id)
        )
    ).one()
    tally = CardTally(found.total, found.left)
    return Neighbours(tally, found.place, found.before, found.after, found.next)


def _counts() -> tuple[ColumnElement[int], ColumnElement[int]]:
    return func.count().label("total"), func.count().filter(_waits()).label("left")


def _waits() -> ColumnElement[bool]:
    return col(Card.status) == CardStatus.TO_SCORE


def _one(
    juror_id: UUID, *conditions: ColumnElement[bool], backwards: bool = False
) -> ScalarSelect[UUID]:
    """The first card of the juror that meets the conditions, in the reading order or against it."""
    return (
        select(col(Card.id))
        .join(Application, col(Application.id) == col(Card.application_id))
        .where(col(Card.juror_id) == juror_id, *conditions)
        .order_by(*(each.desc() if backwards else each for each in ORDER))
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _line(card: Card, application: Application) -> CardLine:
    return CardLine(
        card_id=card.id,
        status=CardStatus(card.status),
        category=application.category,
        company=application.company,
        title=application.title,
        marks_given=len(card.marks),
        has_changed=card.status == CardStatus.SEALED
        and has_changed_since(card.read_version, application.version),
    )
