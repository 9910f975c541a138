"""What the calendar does to a favourite vote."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from domain import votes
from domain.votes import VotePhase, VoteSituation, VoteTimer, next_due
from domain.wire.vote import VoteFallsDue, VoteState
from storage.acts import vote_candidates, vote_count
from storage.acts import vote_letters as letters
from storage.acts.vote_purge import purge
from storage.acts.votes import VoteCase, close, opened


async def fall_due(session: AsyncSession, date: VoteFallsDue) -> VoteState:
    """Do what a date brings, if it is still due."""
    case = await opened(session, date.vote, None, date.at)
    if next_due(case.situation) == date.due:
        await close(session, case, date.due.what, await ACTS[date.due.what](session, case))
    return VoteState(case.situation)


async def _open(session: AsyncSession, case: VoteCase) -> VoteSituation:
    after = votes.opened(case.situation, await vote_candidates.freeze(session, case.vote), case.at)
    if after.lacks_candidates:
        await letters.to_organisers(session, case.vote, case.edition, "vote_not_opened")
    else:
        await letters.to_candidates(session, case.vote, case.edition, "vote_opened", after)
    return after


async def _lapse(session: AsyncSession, case: VoteCase) -> VoteSituation:  # noqa: ARG001  (every date is given both)
    return votes.cancelled(case.situation, case.at)


async def _close(session: AsyncSession, case: VoteCase) -> VoteSituation:
    await letters.cancel_links(session, case.vote)
    return replace(case.situation, phase=VotePhase.CLOSED)


async def _count(session: AsyncSession, case: VoteCase) -> VoteSituation:
    is_tied = await vote_count.count(session, case.vote, case.at)
    if is_tied:
        await letters.to_chair(session, case.vote, case.edition)
    return votes.counted(case.situation, case.at, is_tied=is_tied)


async def _publish(session: AsyncSession, case: VoteCase) -> VoteSituation:
    await letters.to_winner(session, case.vote, case.edition)
    return replace(case.situation, phase=VotePhase.PUBLISHED)


async def _purge(session: AsyncSession, case: VoteCase) -> VoteSituation:
    await purge(session, case.vote)
    return replace(case.situation, is_purged=True)


ACTS = {
    VoteTimer.OPEN: _open,
    VoteTimer.LAPSE: _lapse,
    VoteTimer.CLOSE: _close,
    VoteTimer.COUNT: _count,
    VoteTimer.PUBLISH: _publish,
    VoteTimer.PURGE: _purge,
}
