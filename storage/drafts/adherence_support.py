"""The support of the head in a yearly report: asked by a letter, given by nobody else."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.answers import TICKED
from domain.charter.people import check_may_support
from domain.charter.report_sheet import SUPPORT
from domain.charter.report_writing import check_report_writable
from domain.refusals import N_
from domain.wire import names
from storage.acts.charter.situations import last_report, situation_of
from storage.charters import charter_by_id
from storage.drafts.adherence_entry import Hand, Typed, locked, roles_of
from storage.drafts.adherence_people import check_not_too_often, facts_about, head_of
from storage.drafts.adherence_report import ReportHand, save_report
from storage.ledger import Intent, plan
from storage.tables.people import Person

ASKED = "charter_support_requested"

_ENOUGH = N_(
    "Le soutien de la direction a déjà été demandé %(count)s fois depuis hier : attendez la réponse, ou "
    "parlez-en de vive voix à la personne qui dirige la structure."
)


async def give_support(session: AsyncSession, hand: ReportHand) -> None:
    """Tick, as the head, that the support is renewed for the year."""
    adherence = await locked(session, hand.adherence_id, hand.person_id)
    charter = await charter_by_id(session, adherence.charter_id)
    held = await roles_of(session, Hand(hand.adherence_id, hand.person_id, hand.now))
    check_may_support(charter, held)
    await save_report(session, hand, Typed({SUPPORT: TICKED}, None))


async def ask_for_support(session: AsyncSession, hand: ReportHand, request_id: UUID) -> str:
    """Plan the letter by which the head finds the report; the same request again is the same letter."""
    adherence = await locked(session, hand.adherence_id, hand.person_id)
    report = await last_report(session, adherence)
    check_report_writable(situation_of(adherence, report), hand.year)
    charter = await charter_by_id(session, adherence.charter_id)
    head = await head_of(session, adherence, charter)
    key = f"{ASKED}:{adherence.id}:{request_id}"
    await check_not_too_often(session, adherence, (ASKED, key), hand.now, _ENOUGH)
    by = await session.get_one(Person, hand.person_id)
    due = report.return_until or report.closes_at if report else None
    facts = facts_about(adherence) | {
        "link": f"/adhesions/{adherence.id}/bilan/{hand.year}/soutien",
        "asked_by": by.name,
        "year": hand.year,
        "report_until": due.isoformat() if due and due > hand.now else None,
    }
    subject = names.adherence_subject(str(adherence.id))
    await plan(session, [Intent(key, ASKED, subject, head.id, facts)])
    return key
