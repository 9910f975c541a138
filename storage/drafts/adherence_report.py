"""What a company writes in its yearly report, until it is sent; and the files that support it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.attachments import check_room
from domain.charter.document import CharterDocument
from domain.charter.entry import Entry, all_followed, entry_from
from domain.charter.evidence import LIMITS
from domain.charter.people import may_support
from domain.charter.report_sheet import SUPPORT, answers_in, report_sheet
from domain.charter.report_writing import check_report_writable
from domain.charter.reporting import prefilled
from domain.drafting import Merge, marks_of, merged
from domain.refusals import N_, Refusal
from storage.acts.charter.entry import last_engagement
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.drafts.adherence_entry import Hand, Typed, locked, roles_of
from storage.drafts.attachments import Stored
from storage.tables.charter import Evidence, Report


@dataclass(frozen=True, slots=True)
class ReportHand:
    """Who writes, in the report of which year of which adherence, and when."""

    adherence_id: UUID
    year: int
    person_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report that may be written, its adherence locked so that two writers take turns."""

    row: Report
    charter: CharterDocument
    entry: Entry


async def save_report(session: AsyncSession, hand: ReportHand, typed: Typed) -> Merge:
    """Keep what was typed, right or wrong, unless the report is sent; say what clashed."""
    draft = await _opened(session, hand)
    kept = report_sheet(await answers_to_write(session, draft.row))
    answers = await _as_theirs(session, hand, draft, typed.answers)
    seen = marks_of(kept, answers) if typed.seen is None else typed.seen
    merge = merged(kept, answers, seen)
    draft.row.answers = answers_in(merge.answers, draft.charter, draft.entry)
    return merge


async def _as_theirs(
    session: AsyncSession, hand: ReportHand, draft: _Draft, answers: Mapping[str, object]
) -> Mapping[str, object]:
    """What was typed, without the support that only the head gives or takes back."""
    held = await roles_of(session, Hand(hand.adherence_id, hand.person_id, hand.now))
    if may_support(draft.charter, held):
        return answers
    return {box: said for box, said in answers.items() if box != SUPPORT}


async def answers_to_write(session: AsyncSession, row: Report) -> Mapping[str, object]:
    """The draft of a report; before its first word, last year's accepted values to confirm."""
    return row.answers or prefilled(await answers_before(session, row))


async def answers_before(session: AsyncSession, row: Report) -> Mapping[str, object]:
    """What the last accepted report before this one said; nothing when there is none."""
    found = await session.execute(
        select(col(Report.sent))
        .where(
            col(Report.adherence_id) == row.adherence_id,
            col(Report.year) < row.year,
            col(Report.accepted_at).is_not(None),
            col(Report.sent).is_not(None),
        )
        .order_by(col(Report.year).desc())
        .limit(1)
    )
    return found.scalar_one_or_none() or {}


async def join_evidence(
    session: AsyncSession, hand: ReportHand, indicator: str, stored: Stored
) -> bool:
    """Join a file to an indicator if there is room; False when the very same is there already."""
    draft = await _opened(session, hand)
    check_followed(draft.charter, draft.entry, indicator)
    rows = await session.scalars(
        select(Evidence).where(
            col(Evidence.report_id) == draft.row.id, col(Evidence.removed_at).is_(None)
        )
    )
    joined = list(rows)
    if any((each.indicator, each.sha256) == (indicator, stored.sha256) for each in joined):
        return False
    check_room([each.size for each in joined], stored.size, LIMITS)
    session.add(
        Evidence(
            id=stored.id,
            adherence_id=draft.row.adherence_id,
            report_id=draft.row.id,
            indicator=indicator,
            name=stored.name,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            added_by=hand.person_id,
        )
    )
    return True


async def remove_evidence(session: AsyncSession, hand: ReportHand, evidence_id: UUID) -> str | None:
    """Take a file out and give its name; what was sent with it keeps it."""
    draft = await _opened(session, hand)
    removed = await session.execute(
        update(Evidence)
        .where(
            col(Evidence.id) == evidence_id,
            col(Evidence.report_id) == draft.row.id,
            col(Evidence.removed_at).is_(None),
        )
        .values(removed_at=hand.now)
        .returning(col(Evidence.name))
    )
    return removed.scalar_one_or_none()


def check_followed(charter: CharterDocument, entry: Entry, indicator: str) -> None:
    """Refuse a file for an indicator on which the company does not report."""
    if indicator not in {each.code for each in all_followed(charter, entry)}:
        raise Refusal(N_("Choisissez l’indicateur que ce fichier justifie."))


async def _opened(session: AsyncSession, hand: ReportHand) -> _Draft:
    adherence = await locked(session, hand.adherence_id, hand.person_id)
    row = await last_report(session, adherence)
    check_report_writable(situation_of(adherence, row), hand.year)
    if row is None:
        raise LookupError  # a report that may be written is there
    await session.refresh(row)
    engagement = await last_engagement(session, adherence)
    entry = entry_from(engagement.entry if engagement else adherence.entry)
    return _Draft(row, await charter_by_id(session, adherence.charter_id), entry)
