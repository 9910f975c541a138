"""The vote of a led edition: prepared when the edition is confirmed, moved when its dates move."""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.edition import EditionTemplate
from domain.edition_plan import EditionFrame
from domain.editions import EditionAct, EditionPhase
from domain.judging import PrizeKind
from domain.levels import Level
from domain.votes import VoteAct, VotePhase, Window
from domain.votes_dates import following, still_to_come
from domain.wire import names
from storage.acts.edition_opening import cycles_of, frame_of
from storage.acts.votes import prepare_vote, situation_of
from storage.edition_plans import frame_in
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import Request
from storage.tables.votes import Vote
from storage.templates import calendar_in, template_by_id

MOVES = frozenset({VotePhase.PREPARED, VotePhase.OPEN})


async def prepare_with_the_edition(session: AsyncSession, edition: Edition, by: UUID) -> None:
    """Prepare the vote of an edition whose rules have one, on dates that follow it."""
    template = await template_by_id(session, edition.template_id)
    has_vote = any(each.kind is PrizeKind.PUBLIC_VOTE for each in template.prizes)
    window = await window_of(session, edition, template) if has_vote else None
    if window is not None:
        await prepare_vote(session, edition, template, by, window)


async def window_of(
    session: AsyncSession, edition: Edition, template: EditionTemplate
) -> Window | None:
    """The window that follows the dates in force of a led edition; the usual one for the others."""
    usual = template.vote.window_in(edition.year)
    if edition.phase == EditionPhase.BY_HAND or template.national is None:
        return usual
    frame, cycles = frame_in(edition), await cycles_of(session, edition)
    final = next((each for each in cycles if each.level == Level.NATIONAL), None)
    if final is not None:
        frame = EditionFrame(frame.territorial, calendar_in(final))
    return following(usual, frame_of(template, edition.year), frame)


async def follow(
    session: AsyncSession, final: Cycle, at: datetime, request: Request | None
) -> None:
    """Ask the vote to follow the dates of the final, unless an organiser gave it dates of its own.

    The vote has a life of its own: what is asked of it is a request, which the sweep carries.
    """
    if final.level != Level.NATIONAL:
        return
    edition = await session.get_one(Edition, final.edition_id)
    vote = await session.scalar(select(Vote).where(col(Vote.edition_id) == edition.id))
    if vote is None or not vote.follows_edition or vote.phase not in MOVES:
        return
    template = await template_by_id(session, edition.template_id)
    window = await window_of(session, edition, template)
    wanted = still_to_come(window, situation_of(vote).window, at) if window else None
    by = request.by_person if request else await _who_confirmed(session, edition)
    if wanted is None or by is None:
        return
    its_id = uuid5(vote.id, f"{final.id}:{final.calendar_version}")
    await session.execute(
        insert(Request)
        .values(
            id=its_id,
            kind=VoteAct.MOVE,
            subject=names.vote_subject(str(vote.id)),
            by_person=by,
            payload={
                "opens_at": wanted.opens_at.isoformat(),
                "closes_at": wanted.closes_at.isoformat(),
                "publishes_at": wanted.publishes_at.isoformat(),
                "reason": "Les dates de la finale ont changé.",
                "follows": "yes",
            },
            settled=False,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )


async def _who_confirmed(session: AsyncSession, edition: Edition) -> UUID | None:
    return await session.scalar(
        select(col(Request.by_person))
        .where(
            col(Request.subject) == f"edition:{edition.id}",
            col(Request.kind) == EditionAct.CONFIRM,
            col(Request.settled).is_(True),
        )
        .order_by(col(Request.arrived_at).desc())
        .limit(1)
    )
