"""What a company writes to enter the charter, and again before each new term."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import entry_from
from domain.charter.sheet import diagnosis_in, entry_in, sheet_of, size_in
from domain.charter.writing import check_writable
from domain.drafting import Merge, marks_of, merged
from domain.refusals import N_, Refusal
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.tables.charter import Adherence, AdherenceMember

_NO_ROLE = N_("Vous n’avez plus de rôle dans ce dossier : rien n’est enregistré.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, in which adherence, and when."""

    adherence_id: UUID
    person_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed on one page, and the marks of what the page showed them.

    ``seen`` is None when the form did not say: what is typed then replaces what is kept.
    """

    answers: Mapping[str, object]
    seen: Mapping[str, str] | None


async def save_entry(session: AsyncSession, hand: Hand, typed: Typed) -> Merge:
    """Keep what was typed, right or wrong, unless the file is closed; say what clashed."""
    adherence, charter = await opened(session, hand)
    kept = sheet_of(entry_from(adherence.entry), adherence.self_diagnosis, adherence.size)
    seen = marks_of(kept, typed.answers) if typed.seen is None else typed.seen
    merge = merged(kept, typed.answers, seen)
    if merge.answers != kept:
        _put_back(adherence, charter, merge.answers)
        adherence.saved_by, adherence.saved_at = hand.person_id, hand.now
    return merge


async def opened(session: AsyncSession, hand: Hand) -> tuple[Adherence, CharterDocument]:
    """The row, locked so that two writers take turns; refuses a file that is closed."""
    adherence = await locked(session, hand.adherence_id, hand.person_id)
    charter = await charter_by_id(session, adherence.charter_id)
    situation = situation_of(adherence, await last_report(session, adherence))
    check_writable(situation, charter.periods, hand.now)
    return adherence, charter


async def locked(session: AsyncSession, adherence_id: UUID, person_id: UUID) -> Adherence:
    """The row, locked, for somebody who has a role in it; whoever has just lost theirs is told so."""
    is_theirs = select(col(AdherenceMember.id)).where(
        col(AdherenceMember.adherence_id) == col(Adherence.id),
        col(AdherenceMember.person_id) == person_id,
    )
    found = await session.execute(
        select(Adherence)
        .where(col(Adherence.id) == adherence_id, is_theirs.exists())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    adherence = found.scalar_one_or_none()
    if adherence is None:
        raise Refusal(_NO_ROLE)
    return adherence


async def roles_of(session: AsyncSession, hand: Hand) -> frozenset[str]:
    """The roles that somebody holds in an adherence now."""
    held = await session.scalars(
        select(col(AdherenceMember.role)).where(
            col(AdherenceMember.adherence_id) == hand.adherence_id,
            col(AdherenceMember.person_id) == hand.person_id,
        )
    )
    return frozenset(held)


def _put_back(adherence: Adherence, charter: CharterDocument, sheet: Mapping[str, object]) -> None:
    adherence.entry = entry_in(sheet, charter).to_document()
    adherence.self_diagnosis = diagnosis_in(sheet, charter)
    # What the register says of the size is not the company's to change.
    if adherence.size_declared or not adherence.size:
        adherence.size = size_in(sheet)
        adherence.size_declared = bool(adherence.size)
