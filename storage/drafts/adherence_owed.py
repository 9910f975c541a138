"""What a company writes of the report that its new file has to bring."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter.report_sheet import answers_in, report_sheet
from domain.drafting import Merge, marks_of, merged
from domain.refusals import N_, Refusal
from storage.acts.charter.owed import owed_report, promised
from storage.drafts.adherence_entry import Hand, Typed, opened
from storage.drafts.adherence_report import answers_to_write

_NOT_OWED = N_("Aucun bilan n’est demandé avec ce dossier.")


async def save_owed(session: AsyncSession, hand: Hand, typed: Typed) -> Merge:
    """Keep what was typed, right or wrong, unless the file is closed; say what clashed."""
    adherence, _ = await opened(session, hand)
    report = await owed_report(session, adherence.id)
    if report is None:
        raise Refusal(_NOT_OWED)
    charter, entry = await promised(session, report)
    kept = report_sheet(await answers_to_write(session, report))
    seen = marks_of(kept, typed.answers) if typed.seen is None else typed.seen
    merge = merged(kept, typed.answers, seen)
    report.answers = answers_in(merge.answers, charter, entry)
    adherence.saved_by, adherence.saved_at = hand.person_id, hand.now
    return merge
