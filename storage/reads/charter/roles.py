"""Who holds which role in an adherence, who is asked to head it, and who held what before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, Holder, entry_from
from domain.charter.sizes import Size
from domain.charter.states import LIVING, State
from storage.acts.charter.entry import fingerprint_of_entry, last_engagement
from storage.acts.charter.heads import holder_from, under
from storage.charters import charter_by_id
from storage.tables.charter import Adherence
from storage.tables.charter_roles import RoleChange

MOST = 100


@dataclass(frozen=True, slots=True)
class Passed:
    """A role that passed from somebody to somebody else."""

    at: datetime
    role: str
    before: Holder
    after: Holder
    reason: str


@dataclass(frozen=True, slots=True)
class Team:
    """The people of an adherence; ``next_head`` is who was asked to sign as its head."""

    id: UUID
    company: str
    charter: CharterDocument
    size: Size | None
    is_living: bool
    entry: Entry
    next_head: Holder | None
    history: tuple[Passed, ...]

    @property
    def holders(self) -> Mapping[str, Holder]:
        """Who is in each role, or is asked to be."""
        head = {self.charter.signatory.code: self.next_head} if self.next_head else {}
        return {**self.entry.roles, **head}


@dataclass(frozen=True, slots=True)
class ToSign:
    """What a new head signs: the promises in force, under a new name."""

    entry: Entry
    head: Holder
    fingerprint: str


async def team_of(session: AsyncSession, adherence_id: UUID) -> Team | None:
    """The people of an adherence, or nothing."""
    row = await session.get(Adherence, adherence_id)
    if row is None:
        return None
    passed = await session.scalars(
        select(RoleChange)
        .where(col(RoleChange.adherence_id) == row.id)
        .order_by(col(RoleChange.at).desc(), col(RoleChange.id))
        .limit(MOST)
    )
    return Team(
        id=row.id,
        company=row.company,
        charter=await charter_by_id(session, row.charter_id),
        size=Size(row.size) if row.size else None,
        is_living=State(row.state) in LIVING,
        entry=entry_from(row.entry),
        next_head=holder_from(row.next_head) if row.next_head else None,
        history=tuple(
            Passed(
                each.at, each.role, holder_from(each.before), holder_from(each.after), each.reason
            )
            for each in passed
        ),
    )


async def to_sign(session: AsyncSession, adherence_id: UUID) -> ToSign | None:
    """What the new head has to sign; nothing when nobody was asked."""
    row = await session.get_one(Adherence, adherence_id)
    signed = await last_engagement(session, row)
    if signed is None or row.next_head is None:
        return None
    charter = await charter_by_id(session, row.charter_id)
    head = holder_from(row.next_head)
    promised = under(signed.entry, charter.signatory.code, head)
    return ToSign(entry_from(promised), head, fingerprint_of_entry(row.siret, promised))
