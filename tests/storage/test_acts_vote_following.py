"""The vote of a led edition is prepared by it, and follows its final until somebody moves it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.editions import EditionAct
from domain.levels import Level
from domain.votes import VoteAct
from domain.wire.edition import SettleEdition
from domain.wire.vote import SettleVote
from storage.acts import editions, votes
from storage.acts.calendars import put_in_force
from storage.acts.edition_opening import cycles_of, prepare_edition
from storage.acts.vote_following import follow
from storage.database import Database
from storage.edition_plans import led
from storage.editions import shipped_template
from storage.tables.cycles import Cycle, Edition
from storage.tables.records import Request
from storage.tables.votes import Vote
from storage.templates import calendar_in, template_by_id
from tests.builders import NOON
from tests.storage.acts import a_request

DAY = timedelta(days=1)


async def confirmed(session: AsyncSession) -> tuple[Edition, Vote, Cycle]:
    """An edition that its organiser has confirmed, its vote and its final."""
    shipped = shipped_template("trophees-insertion")
    assert shipped is not None
    edition = await prepare_edition(session, shipped.document, 2031)
    request = await a_request(
        session, EditionAct.CONFIRM, f"edition:{edition.id}", {"seen": led(edition).seen}
    )
    await editions.settle(
        session, SettleEdition(str(edition.id), EditionAct.CONFIRM, str(request.id), NOON)
    )
    vote = (await session.scalars(select(Vote))).one()
    final = next(each for each in await cycles_of(session, edition) if each.level == Level.NATIONAL)
    return edition, vote, final


async def moves_the_ceremony(session: AsyncSession, final: Cycle, by: timedelta) -> Request | None:
    """The final is published later; what the vote is asked, if anything."""
    before = calendar_in(final)
    after = replace(before, publishes_at=before.publishes_at + by, ends_at=before.ends_at + by)
    request = await a_request(session, "move_dates", f"cycle:{final.id}")
    put_in_force(session, final, after, act="move_dates", at=NOON, request=request)
    await follow(session, final, NOON, request)
    return await session.scalar(
        select(Request).where(col(Request.kind) == VoteAct.MOVE, col(Request.settled).is_(False))
    )


async def carried(session: AsyncSession, vote: Vote, request: Request | None) -> None:
    assert request is not None
    await votes.settle(session, SettleVote(str(vote.id), VoteAct.MOVE, str(request.id), NOON))


async def test_confirming_an_edition_prepares_its_vote_on_the_usual_dates(
    database: Database,
) -> None:
    async with database.transaction() as session:
        edition, vote, _ = await confirmed(session)

        usual = (await template_by_id(session, edition.template_id)).vote.window_in(2031)
        assert votes.situation_of(vote).window == usual


async def test_the_vote_follows_the_ceremony_when_it_moves(database: Database) -> None:
    async with database.transaction() as session:
        _, vote, final = await confirmed(session)
        closes: datetime = vote.closes_at

        await carried(session, vote, await moves_the_ceremony(session, final, 7 * DAY))

        assert (vote.closes_at, vote.follows_edition) == (closes + 7 * DAY, True)
        assert vote.publishes_at == calendar_in(final).publishes_at


async def test_dates_chosen_by_hand_stay(database: Database) -> None:
    async with database.transaction() as session:
        _, vote, final = await confirmed(session)
        by_hand: dict[str, object] = {
            "opens_at": vote.opens_at.isoformat(),
            "closes_at": (vote.closes_at + DAY).isoformat(),
            "publishes_at": vote.publishes_at.isoformat(),
            "reason": "Un jour de plus.",
        }
        await carried(
            session, vote, await a_request(session, VoteAct.MOVE, f"vote:{vote.id}", by_hand)
        )

        assert await moves_the_ceremony(session, final, 7 * DAY) is None
