"""What the calendar does to an adherence: the moves that time brings."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from domain.charter import moves
from domain.charter.situation import Situation
from domain.charter.states import Act, State
from domain.charter.timetable import Due, Timer
from storage.acts.charter.case import AdherenceCase, write
from storage.acts.charter.reports import take_as_declared
from storage.acts.charter.said import appeal, badge_days, falls_at

Move = Callable[[AsyncSession, AdherenceCase, Due], Awaitable[Situation]]


async def _expire(session: AsyncSession, case: AdherenceCase, due: Due) -> Situation:
    await write(
        session,
        case,
        "charter_draft_expired",
        key=due.at.isoformat(),
        complements=case.situation.state is State.COMPLEMENTS,
        purge_months=case.charter.periods.purge_months,
    )
    return moves.expired(case.situation, case.at)


async def _open_window(session: AsyncSession, case: AdherenceCase, due: Due) -> Situation:
    after = moves.window_opened(case.situation, due.number, case.at, case.charter.periods)
    await write(
        session,
        case,
        "charter_window_open",
        key=str(due.number),
        year=due.number,
        closes_at=after.report.closes_at if after.report else None,
        link=f"/adhesions/{case.adherence.id}/bilan/{due.number}",
    )
    return after


async def _tacit(session: AsyncSession, case: AdherenceCase, _: Due) -> Situation:
    return await take_as_declared(session, case)


async def _miss(session: AsyncSession, case: AdherenceCase, due: Due) -> Situation:
    after = moves.missed(case.situation, case.at)
    if case.report is not None:
        await write(
            session,
            case,
            "charter_report_missed",
            key=f"{case.report.year}:{due.number}",
            year=case.report.year,
            returned=case.report.returned,
            formal_at=falls_at(case, after, Timer.FORMAL_NOTICE),
            removal_until=falls_at(case, after, Timer.REMOVE),
            link=f"/adhesions/{case.adherence.id}/bilan/{case.report.year}",
        )
    return after


async def _remove(session: AsyncSession, case: AdherenceCase, _: Due) -> Situation:
    case.adherence.public_reason = "bilan_non_transmis"
    await write(
        session,
        case,
        "charter_removed",
        key="silence",
        reason="",
        for_fault=False,
        year=case.report.year if case.report else 0,
        shown_months=case.charter.periods.display_removed_months,
        **appeal(case),
        **badge_days(case),
    )
    return moves.put(case.situation, State.REMOVED, case.at)


async def _reach_term(session: AsyncSession, case: AdherenceCase, _: Due) -> Situation:
    after = moves.term_reached(case.situation, case.at)
    await write(
        session,
        case,
        "charter_term_reached",
        key=str(case.situation.term_on),
        term_on=str(case.situation.term_on),
        renew_until=falls_at(case, after, Timer.END_GRACE),
        link=f"/adhesions/{case.adherence.id}/renouvellement",
    )
    return after


async def _end(session: AsyncSession, case: AdherenceCase, due: Due) -> Situation:
    await write(
        session,
        case,
        "charter_former",
        key=due.at.isoformat(),
        ceased=case.situation.state is State.CEASED,
        **badge_days(case),
    )
    return moves.put(case.situation, State.FORMER, case.at)


async def cease(session: AsyncSession, case: AdherenceCase) -> Situation:
    """The register says that the establishment is closed: who goes on?"""
    after = moves.ceased(case.situation, case.situation.day_of(case.at), case.at)
    await write(
        session,
        case,
        "charter_ceased",
        successor_until=falls_at(case, after, Timer.END_CESSATION),
        link=f"/adhesions/{case.adherence.id}/successeur",
    )
    return after


MOVES: dict[Timer, tuple[Act, Move]] = {
    Timer.EXPIRE: (Act.EXPIRE, _expire),
    Timer.OPEN_WINDOW: (Act.OPEN_WINDOW, _open_window),
    Timer.TAKE_AS_DECLARED: (Act.TAKE_AS_DECLARED, _tacit),
    Timer.MISS: (Act.MISS, _miss),
    Timer.REMOVE: (Act.REMOVE_FOR_SILENCE, _remove),
    Timer.REACH_TERM: (Act.REACH_TERM, _reach_term),
    Timer.END_GRACE: (Act.END_GRACE, _end),
    Timer.END_CESSATION: (Act.END_CESSATION, _end),
}
