"""The ledger of letters: intend once, claim, mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.cycle_names import CycleName
from storage.cycle_names import names_of
from storage.tables.letters import Letter

_PLANNED = insert(Letter).on_conflict_do_nothing(index_elements=["key"])


class LetterState(StrEnum):
    """Where a letter stands."""

    PLANNED = "planned"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Intent:
    """A letter to write: its business key, its folder of templates, its reader and its facts.

    One that is held waits until its mailing is released.
    """

    key: str
    kind: str
    subject: str
    person_id: UUID
    facts: dict[str, Any] = field(default_factory=dict)
    cycle_id: UUID | None = None
    mailing: str | None = None
    is_held: bool = False


async def plan(session: AsyncSession, intents: Sequence[Intent]) -> None:
    """Write the intents down; a key that is already there changes nothing.

    Whoever plans says where the cycle is; the letter says of which awards and which year, too,
    which is looked up unless whoever plans has said it.
    """
    if not intents:
        return
    unsaid = (each.cycle_id for each in intents if each.cycle_id and _lacks_its_name(each))
    names = await names_of(session, set(unsaid))
    rows = [
        {
            "key": intent.key,
            "kind": intent.kind,
            "subject": intent.subject,
            "mailing": intent.mailing,
            "cycle_id": intent.cycle_id,
            "person_id": intent.person_id,
            "facts": _facts(intent, names),
            "state": LetterState.HELD if intent.is_held else LetterState.PLANNED,
        }
        for intent in intents
    ]
    await session.execute(_PLANNED, rows)


def _facts(intent: Intent, names: Mapping[UUID, CycleName]) -> dict[str, Any]:
    name = names.get(intent.cycle_id) if intent.cycle_id else None
    if name is None or not _lacks_its_name(intent):
        return intent.facts
    return intent.facts | {"cycle_name": name.whole, "cycle_short": name.short}


def _lacks_its_name(intent: Intent) -> bool:
    return "cycle_name" in intent.facts and "cycle_short" not in intent.facts
