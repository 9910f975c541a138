"""The record of a deal: what it was made from and what it gave, so that nothing is computed again."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.assignment.dealing import DEFAULT, Deal, solver
from domain.assignment.fingerprint import fingerprint
from domain.assignment.link import link_strength
from domain.assignment.names import Table
from domain.dealing import DealKind
from storage.tables.juries import DealRecord


@dataclass(frozen=True, slots=True)
class Made:
    """A deal of a table, what it changed, and by whose request."""

    table: Table
    deal: Deal
    kind: DealKind
    added: int
    moved: int = 0
    request: UUID | None = None


def record_deal(session: AsyncSession, cycle_id: UUID, made: Made, at: datetime) -> DealRecord:
    """Write the record down."""
    named = set(made.table.files)
    record = DealRecord(
        cycle_id=cycle_id,
        kind=made.kind,
        seed=made.deal.seed,
        readings=made.table.readings,
        files=len(named),
        jurors=len(made.table.jurors),
        standing=len(made.deal.pairs),
        added=made.added,
        moved=made.moved,
        short=Counter(dict(made.deal.short)).total(),
        link=link_strength(made.deal.pairs),
        policy=asdict(DEFAULT),
        rules=list(made.table.rules),
        eased=list(made.deal.eased),
        solver=solver(),
        fingerprint=fingerprint(made.table, made.deal, DEFAULT),
        request_id=made.request,
        at=at,
    )
    session.add(record)
    return record
