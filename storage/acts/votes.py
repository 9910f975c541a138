"""The acts on a favourite vote: its phase, its line of audit and its letters, together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain import votes
from domain.edition import EditionTemplate
from domain.mistakes import Mistake
from domain.phases import check_reason
from domain.refusals import N_, Refusal
from domain.votes import VoteAct, VotePhase, VoteSituation, Window, check_allowed
from domain.wire import names
from domain.wire.vote import SettleVote, VoteState
from storage.acts import vote_bursts, vote_candidates, vote_count
from storage.acts import vote_letters as letters
from storage.acts.votes_chair import check_may_settle
from storage.journal import write_line
from storage.tables.cycles import Edition
from storage.tables.records import Request
from storage.tables.votes import Vote

NO_SUCH_DATES = N_("Ces dates ne se lisent pas : indiquez un jour et une heure.")


@dataclass(slots=True)
class VoteCase:
    """A vote locked for an act, with its edition and what was asked."""

    vote: Vote
    edition: Edition
    request: Request | None
    at: datetime

    @property
    def situation(self) -> VoteSituation:
        """Where the row says that the vote stands."""
        return situation_of(self.vote)

    def said(self, field: str) -> str:
        """What the request says under that name."""
        return str(self.request.payload.get(field) or "").strip() if self.request else ""


Act = Callable[[AsyncSession, VoteCase], Awaitable[VoteSituation]]


async def prepare_vote(
    session: AsyncSession,
    edition: Edition,
    template: EditionTemplate,
    by_person: UUID,
    window: Window | None = None,
) -> Vote | None:
    """The vote of an edition, on those dates or its template's; None when there is one already."""
    window = window or template.vote.window_in(edition.year)
    created = await session.execute(
        insert(Vote)
        .values(
            edition_id=edition.id,
            phase=VotePhase.PREPARED,
            opens_at=window.opens_at,
            closes_at=window.closes_at,
            publishes_at=window.publishes_at,
            announced_only=template.vote.announced_only,
            window_version=1,
            lacks_candidates=False,
            is_tied=False,
            chosen_reason="",
        )
        .on_conflict_do_nothing(index_elements=["edition_id"])
        .returning(Vote)
    )
    vote = created.scalar_one_or_none()
    if vote is not None:
        write_line(
            session,
            subject=names.vote_subject(str(vote.id)),
            act="prepare_vote",
            after=VotePhase.PREPARED,
            by_person=by_person,
            calendar_version=1,
        )
    return vote


async def opened(session: AsyncSession, vote: str, request: str | None, at: datetime) -> VoteCase:
    """Lock the row, so that acts on one vote take turns, also with the voices in flight."""
    row = (
        await session.execute(
            select(Vote)
            .where(col(Vote.id) == UUID(vote))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one()
    edition = await session.get_one(Edition, row.edition_id)
    asked = await session.get(Request, UUID(request)) if request else None
    return VoteCase(row, edition, asked, at)


async def settle(session: AsyncSession, asked: SettleVote) -> VoteState:
    """Do what was asked, once: the same request again gives the phase that it led to."""
    case = await opened(session, asked.vote, asked.request, asked.arrived_at)
    if case.request is None:
        raise Refusal(N_("Cet envoi n’a pas de demande écrite."))
    if not case.request.settled:
        check_allowed(case.situation, asked.act)
        check_reason(case.said("reason"))
        await close(session, case, asked.act, await ACTS[asked.act](session, case))
    return VoteState(case.situation)


async def close(session: AsyncSession, case: VoteCase, act: str, after: VoteSituation) -> None:
    """Write the new situation down, settle the request, and leave the line of audit."""
    row, before = case.vote, case.situation
    if after.window != before.window:
        row.window_version += 1
    row.phase = after.phase
    row.opens_at, row.closes_at = after.opens_at, after.closes_at
    row.publishes_at = after.publishes_at
    row.lacks_candidates, row.is_tied = after.lacks_candidates, after.is_tied
    row.ended_at = after.ended_at
    if after.is_purged and row.purged_at is None:
        row.purged_at = case.at
    if case.request is not None:
        case.request.settled = True
    write_line(
        session,
        subject=names.vote_subject(str(row.id)),
        act=act,
        at=case.at,
        before=before.phase,
        after=after.phase,
        reason=case.said("reason"),
        request=case.request,
        calendar_version=row.window_version,
    )
    await session.flush()


def situation_of(vote: Vote) -> VoteSituation:
    """The situation that a row describes."""
    return VoteSituation(
        phase=VotePhase(vote.phase),
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        publishes_at=vote.publishes_at,
        lacks_candidates=vote.lacks_candidates,
        is_tied=vote.is_tied,
        ended_at=vote.ended_at,
        is_purged=vote.purged_at is not None,
    )


async def _open(session: AsyncSession, case: VoteCase) -> VoteSituation:
    count = await vote_candidates.freeze(session, case.vote)
    after = votes.opened_early(case.situation, count, case.at)
    await letters.to_candidates(session, case.vote, case.edition, "vote_opened", after)
    return after


async def _move(session: AsyncSession, case: VoteCase) -> VoteSituation:  # noqa: ARG001  (every act is given both)
    after = votes.moved(case.situation, _window_in(case), case.at)
    # Dates that somebody chose by hand are theirs: those of the edition move them no more.
    case.vote.follows_edition = case.said("follows") == "yes"
    return after


async def _cancel(session: AsyncSession, case: VoteCase) -> VoteSituation:
    after = votes.cancelled(case.situation, case.at)
    await letters.cancel_links(session, case.vote)
    reason = case.said("reason")
    await letters.to_candidates(
        session, case.vote, case.edition, "vote_cancelled", after, reason=reason
    )
    return after


async def _invalidate(session: AsyncSession, case: VoteCase) -> VoteSituation:
    await vote_bursts.put_aside(session, case.vote, case.request, case.at)
    return await _counted_again(session, case)


async def _settle_tie(session: AsyncSession, case: VoteCase) -> VoteSituation:
    await check_may_settle(session, case.edition.id, case.request)
    await vote_count.choose(session, case.vote, case.said("candidate"), case.said("reason"))
    return await _counted_again(session, case)


async def _counted_again(session: AsyncSession, case: VoteCase) -> VoteSituation:
    is_tied = await vote_count.count(session, case.vote, case.at)
    after = votes.counted(case.situation, case.at, is_tied=is_tied)
    if is_tied:
        await letters.to_chair(session, case.vote, case.edition)
    return after


def _window_in(case: VoteCase) -> Window:
    try:
        opens, closes, publishes = (
            datetime.fromisoformat(case.said(name))
            for name in ("opens_at", "closes_at", "publishes_at")
        )
    except ValueError:
        raise Mistake(NO_SUCH_DATES) from None
    if None in {opens.tzinfo, closes.tzinfo, publishes.tzinfo}:
        raise Mistake(NO_SUCH_DATES)
    return Window(opens, closes, publishes)


ACTS: dict[VoteAct, Act] = {
    VoteAct.OPEN: _open,
    VoteAct.MOVE: _move,
    VoteAct.CANCEL: _cancel,
    VoteAct.INVALIDATE: _invalidate,
    VoteAct.SETTLE: _settle_tie,
}
