"""The adherents, fifty at a time, read from the index in short streams: one per state.

A page costs the same among a hundred adherences or ten thousand; those that need somebody come
first. Needs the indexes (charter_code, state, company, id) and (charter_code, territory, state,
company, id).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import CTE
from sqlmodel import col

from domain.charter.states import State
from domain.siret import SIREN_LENGTH
from storage.charters import CHARTER
from storage.reads.organiser.sought import is_called
from storage.tables.charter import Adherence

PAGE = 50
ORDER = (
    State.FILED,
    State.CEASED,
    State.SUSPENDED,
    State.UNREPORTED,
    State.TO_COMPLETE,
    State.EXPIRED,
    State.COMPLEMENTS,
    State.ACTIVE,
    State.DRAFT,
    State.REMOVED,
    State.WITHDRAWN,
    State.FORMER,
    State.REFUSED,
    State.ABANDONED,
)
SHORTEST_NUMBER = 4

Chosen = Select[UUID, str, int]


@dataclass(frozen=True, slots=True)
class SoughtAdherent:
    """What the organiser filters by; ``words`` is part of a name, or the start of a SIREN or SIRET."""

    state: State | None = None
    territory: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AdherentLine:
    """One adherent in the list."""

    id: UUID
    company: str
    siren: str
    siret: str
    territory: str
    size: str
    state: State
    since: datetime
    accepted_on: date | None
    term_on: date | None


@dataclass(frozen=True, slots=True)
class AdherentPage:
    """Fifty adherents, and the last of them when there are more."""

    lines: tuple[AdherentLine, ...]
    last: UUID | None = None


async def adherent_page(
    session: AsyncSession,
    sought: SoughtAdherent,
    after: UUID | None = None,
    most: int = PAGE,
) -> AdherentPage:
    """The adherents that come after that one, or the first ones."""
    page = await _chosen(session, sought, after, most)
    if page is None:
        return AdherentPage(())
    rows = (
        await session.execute(
            select(*_COLUMNS)
            .join(page, page.c.id == col(Adherence.id))
            .order_by(page.c.rank, page.c.company, page.c.id)
        )
    ).all()
    lines = tuple(_line(*row) for row in rows[:most])
    return AdherentPage(lines, lines[-1].id if len(rows) > most else None)


_COLUMNS = (
    col(Adherence.id),
    col(Adherence.company),
    col(Adherence.siren),
    col(Adherence.siret),
    col(Adherence.territory),
    col(Adherence.size),
    col(Adherence.state),
    col(Adherence.since),
    col(Adherence.accepted_on),
    col(Adherence.term_on),
)


def _line(  # noqa: PLR0913, PLR0917  (the columns, in their order)
    identity: UUID,
    company: str,
    siren: str,
    siret: str,
    territory: str,
    size: str,
    state: str,
    since: datetime,
    accepted_on: date | None,
    term_on: date | None,
) -> AdherentLine:
    return AdherentLine(
        identity, company, siren, siret, territory, size, State(state), since, accepted_on, term_on
    )


async def _chosen(
    session: AsyncSession, sought: SoughtAdherent, after: UUID | None, most: int
) -> CTE | None:
    start = await session.get(Adherence, after) if after else None
    first = ORDER.index(State(start.state)) if start else 0
    states = [state for state in ORDER[first:] if sought.state in (None, state)]
    wanted = _wanted(sought)
    streams = [_stream(state, wanted, start, most) for state in states]
    if len(streams) > 1:
        return union_all(*streams).order_by("rank", "company", "id").limit(most + 1).cte("chosen")
    return streams[0].cte("chosen") if streams else None


def _stream(
    state: State, wanted: ColumnElement[bool], start: Adherence | None, most: int
) -> Chosen:
    company, identity = col(Adherence.company), col(Adherence.id)
    query = select(identity, company, literal(ORDER.index(state)).label("rank")).where(
        col(Adherence.charter_code) == CHARTER, col(Adherence.state) == state, wanted
    )
    if start and start.state == state:
        place = tuple_(literal(start.company), literal(start.id))
        query = query.where(tuple_(company, identity) > place)
    return query.order_by(company, identity).limit(most + 1)


def _wanted(sought: SoughtAdherent) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [literal(value=True)]
    if sought.territory:
        wanted.append(col(Adherence.territory) == sought.territory)
    if sought.words:
        wanted.append(_is_known_as(sought.words))
    return and_(*wanted)


def _is_known_as(words: str) -> ColumnElement[bool]:
    """Part of the name, or the beginning of the number."""
    called = is_called(col(Adherence.company), words)
    digits = "".join(words.split())
    if not (digits.isascii() and digits.isdecimal()) or len(digits) < SHORTEST_NUMBER:
        return called
    if len(digits) == SIREN_LENGTH:
        return or_(called, col(Adherence.siren) == digits)
    return or_(called, col(Adherence.siret).startswith(digits))
