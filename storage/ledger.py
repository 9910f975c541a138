"""The ledger of letters: intend once, claim, mark."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from storage.tables.letters import Letter

# A statement carries 32,767 parameters at most, and a letter brings nine.
PAGE = 1000


class LetterState(StrEnum):
    """Where a letter stands."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Intent:
    """A letter to write: its business key, its folder of templates, its reader and its facts."""

    key: str
    kind: str
    subject: str
    person_id: UUID
    facts: dict[str, Any] = field(default_factory=dict)
    cycle_id: UUID | None = None
    mailing: str | None = None


async def plan(session: AsyncSession, intents: Sequence[Intent]) -> None:
    """Write the intents down; a key that is already there changes nothing."""
    if not intents:
        return
    rows = [
        {
            "key": intent.key,
            "kind": intent.kind,
            "subject": intent.subject,
            "mailing": intent.mailing,
            "cycle_id": intent.cycle_id,
            "person_id": intent.person_id,
            "facts": intent.facts,
            "state": LetterState.PLANNED,
        }
        for intent in intents
    ]
    for start in range(0, len(rows), PAGE):
        await session.execute(
            insert(Letter)
            .values(rows[start : start + PAGE])
            .on_conflict_do_nothing(index_elements=["key"])
        )
