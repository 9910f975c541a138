"""A doubt about an admitted file: opened, answered, dropped, or the file goes out."""

from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Act
from domain.final_files import Entry
from domain.ineligibility import (
    USUAL_DAYS,
    DoubtStep,
    check_doubt,
    check_exclusion,
    check_reply,
    reply_until,
)
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.texts import is_blank
from storage.acts import doubt_letters as letters
from storage.acts.case import Case, reason
from storage.acts.cycles import locked
from storage.acts.doubt_file import pending_doubt, send_pieces
from storage.acts.places_lost import lose_place
from storage.acts.refused_late import refuse_late
from storage.acts.reranking import rank_without
from storage.acts.screening import record_screening
from storage.acts.waiting import still_waiting
from storage.acts.withdrawal import stop_readers
from storage.requests import the_request
from storage.tables.doubts import Doubt
from storage.tables.records import Request

LONGEST_REPLY = 4000
ALREADY = N_("Un doute est déjà ouvert sur cette candidature : décidez d'abord de celui-là.")
NOTHING = N_("Aucun doute n'est ouvert sur cette candidature : rechargez la page.")
SILENT = N_("Écrivez votre réponse, en 4 000 caractères au plus.")


async def doubt(session: AsyncSession, case: Case) -> None:
    """Open a doubt: the company reads why, and until when it may answer."""
    check_doubt(Phase(case.cycle.phase), Entry(case.application.entry))
    if await pending_doubt(session, case.application.id) is not None:
        raise Refusal(ALREADY)
    request = _asked(case)
    opened = Doubt(
        application_id=case.application.id,
        rules=[str(code) for code in request.payload.get("rules", [])],
        reason=reason(case),
        opened_at=case.at,
        opened_by=request.by_person,
        until=reply_until(case.at, int(request.payload.get("days", USUAL_DAYS))),
    )
    session.add(opened)
    await session.flush()
    await send_pieces(session, case, opened, Act.DOUBT)
    await letters.to_the_company(session, case, opened, "eligibility_doubted")


async def answer(session: AsyncSession, case: Case) -> None:
    """Take the answer of the company, if it arrived in time; the organiser reads it."""
    opened = await _pending(session, case)
    check_reply(DoubtStep(opened.step), opened.until, case.at)
    request = _asked(case)
    said = str(request.payload.get("reply", "")).strip()
    if is_blank(said) or len(said) > LONGEST_REPLY:
        raise Refusal(SILENT)
    opened.reply, opened.replied_at, opened.replied_by = said, case.at, request.by_person
    opened.step = DoubtStep.REPLIED
    await send_pieces(session, case, opened, Act.ANSWER_DOUBT)
    await letters.to_organisers(session, case, opened)


async def drop(session: AsyncSession, case: Case) -> None:
    """Leave the file where it is, as if nothing had been asked; the company is told."""
    opened = await _pending(session, case)
    _conclude(case, opened, DoubtStep.DROPPED)
    await letters.to_the_company(session, case, opened, "eligibility_upheld")


async def exclude(session: AsyncSession, case: Case) -> tuple[str, ...]:
    """Take the file out: its readers stop, its rank goes to the next; gives the places to offer again."""
    opened = await _pending(session, case)
    if _follows(case) is None:
        await _take_what_arrived(session, case, opened)
        check_exclusion(DoubtStep(opened.step), opened.until, case.at)
    _conclude(case, opened, DoubtStep.CONFIRMED)
    record_screening(session, case, Act.EXCLUDE)
    await stop_readers(session, case, "application_excluded_in_jury")
    await locked(
        session, str(case.cycle.id)
    )  # no ranking is frozen, and no minutes signed, meanwhile
    changes = await rank_without(session, case)
    opened.ranks = [each.document() for each in changes]
    lost = await lose_place(session, case, Act.EXCLUDE)
    await letters.to_the_company(session, case, opened, "eligibility_lost", loses_place=bool(lost))
    if changes:
        await letters.to_the_chair(session, case, moved=len(changes))
    return lost


async def tend(session: AsyncSession, case: Case) -> int:
    """Once the delay is over, settle what arrived in time, else say that it is time to decide."""
    opened = await pending_doubt(session, case.application.id)
    if opened is None or opened.step != DoubtStep.OPEN or case.at < opened.until:
        return 0
    await _take_what_arrived(session, case, opened)
    if opened.step != DoubtStep.OPEN or opened.reminded_at is not None:
        return 0
    opened.reminded_at = case.at
    return await letters.to_organisers(session, case, opened)


async def _take_what_arrived(session: AsyncSession, case: Case, opened: Doubt) -> None:
    """An answer that arrived in time counts, even if nobody carried it to us."""
    waiting = await still_waiting(session, case.subject, [Act.ANSWER_DOUBT], opened.until)
    for request in waiting:
        told = Case(case.application, case.cycle, case.calendar, request, request.arrived_at)
        try:
            await answer(session, told)
        except Refusal as refusal:
            await refuse_late(session, request.id, refusal)
        else:
            request.settled = True


async def _pending(session: AsyncSession, case: Case) -> Doubt:
    """The doubt that waits; a file that follows another's takes over the doubt of that one."""
    pending = await pending_doubt(session, case.application.id)
    follows = _follows(case)
    if pending is None and follows is not None:
        return await _copied(session, case, follows)
    if pending is None:
        raise Refusal(NOTHING)
    return pending


def _follows(case: Case) -> str | None:
    """The request that took out the file of the territory, of which this one is the final's copy."""
    return str(case.request.payload.get("follows", "")) or None if case.request else None


async def _copied(session: AsyncSession, case: Case, follows: str) -> Doubt:
    first = await the_request(session, follows)
    request = _asked(case)
    if first.kind != Act.EXCLUDE or not first.settled or first.by_person != request.by_person:
        raise Refusal(NOTHING)
    copy = Doubt(
        application_id=case.application.id,
        rules=[str(code) for code in request.payload.get("rules", [])],
        reason=reason(case),
        opened_at=first.arrived_at,
        opened_by=first.by_person,
        until=first.arrived_at,
    )
    session.add(copy)
    await session.flush()
    return copy


def _conclude(case: Case, opened: Doubt, step: DoubtStep) -> None:
    opened.step = step
    opened.conclusion = reason(case)
    opened.decided_at = case.at
    opened.decided_by = _asked(case).by_person


def _asked(case: Case) -> Request:
    if case.request is None:
        message = "a doubt moves by somebody's request only"
        raise RuntimeError(message)
    return case.request
