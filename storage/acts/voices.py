"""One voice for each mailbox: a link asked, then a voice given, changed or taken back by it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.applications import Status
from domain.refusals import N_, Refusal
from domain.votes import takes_a_voice
from domain.votes_mailbox import Voter
from storage.acts.votes import situation_of
from storage.tables.applications import Application
from storage.tables.votes import Voice, VoiceLink, Vote, VoteCandidate

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# A mailbox is not flooded by somebody else's wish; a whole company may vote from one office.
LINKS_PER_MAILBOX = ((AN_HOUR, 5), (A_DAY, 12))
LINKS_PER_ORIGIN = ((AN_HOUR, 60), (A_DAY, 400))
TOO_MANY = N_(
    "Beaucoup de demandes viennent de votre connexion à Internet. Réessayez dans une heure."
)
_TAKE_TURNS = text("select pg_advisory_xact_lock(7345203, hashtext(:of))")
SHUT = N_("Le vote n'est pas ouvert : cette voix n'a pas été comptée.")
GONE = N_("Ce lauréat n'est plus en lice : choisissez-en un autre.")


class Given(StrEnum):
    """What a link did."""

    GIVEN = "given"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"


async def now_in(session: AsyncSession) -> datetime:
    """The instant that counts, by the clock of the database."""
    return (await session.execute(select(func.clock_timestamp()))).scalar_one()


async def ask_for_link(
    session: AsyncSession, vote: Vote, voter: Voter, candidate_id: UUID | None
) -> VoiceLink | None:
    """A new link for that mailbox, none when it has received too many; a choice of None takes a voice back."""
    for turn in sorted({voter.origin, voter.mailbox}):
        await session.execute(_TAKE_TURNS, {"of": turn})
    if await _exceeds(session, vote, col(VoiceLink.origin), voter.origin, LINKS_PER_ORIGIN):
        raise Refusal(TOO_MANY)
    if await _exceeds(session, vote, col(VoiceLink.mailbox), voter.mailbox, LINKS_PER_MAILBOX):
        return None
    link = VoiceLink(
        vote_id=vote.id,
        mailbox=voter.mailbox,
        domain=voter.domain,
        origin=voter.origin,
        withdraws=candidate_id is None,
        candidate_id=candidate_id,
    )
    session.add(link)
    await session.flush()
    return link


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a link that was used: what it did, and for whom."""

    given: Given
    candidate_id: UUID | None


async def use_link(session: AsyncSession, link_id: UUID) -> Heard | None:
    """Give, change or take back the voice of a link that was still good; None when it was not.

    The arrival is stamped before the vote is looked at, and the dates in force decide.
    """
    arrived_at = await now_in(session)
    found = await session.execute(
        select(VoiceLink, Vote)
        .join(Vote, col(Vote.id) == col(VoiceLink.vote_id))
        .where(col(VoiceLink.id) == link_id)
        .with_for_update(of=Vote, read=True)
        .execution_options(populate_existing=True)
    )
    row = found.one_or_none()
    if row is None:
        return None
    link, vote = row
    if not takes_a_voice(situation_of(vote), arrived_at):
        raise Refusal(SHUT)
    await _check_standing(session, link)
    candidate = link.candidate_id  # the row forgets it below
    used = await session.execute(
        update(VoiceLink)
        .where(col(VoiceLink.id) == link_id, col(VoiceLink.used_at).is_(None))
        # Which candidate it was is then known to the voice alone, and no longer to the letter.
        .values(used_at=arrived_at, candidate_id=None)
        .returning(col(VoiceLink.id))
    )
    if used.one_or_none() is None:
        return None
    if candidate is None:
        await _take_back(session, link)
        return Heard(Given.TAKEN_BACK, None)
    return Heard(await _give(session, link, candidate, arrived_at), candidate)


async def _give(
    session: AsyncSession, link: VoiceLink, candidate: UUID, arrived_at: datetime
) -> Given:
    written = {
        "candidate_id": candidate,
        "domain": link.domain,
        "origin": link.origin,
        "arrived_at": arrived_at,
    }
    given = Given.CHANGED if await _take_back(session, link) else Given.GIVEN
    await session.execute(
        insert(Voice)
        .values(vote_id=link.vote_id, mailbox=link.mailbox, **written)
        # Two links of one mailbox used in the same instant: the last one heard is its voice.
        .on_conflict_do_update(index_elements=["vote_id", "mailbox"], set_=written)
    )
    return given


async def _take_back(session: AsyncSession, link: VoiceLink) -> bool:
    """Take the voice of a mailbox back; tells whether there was one."""
    removed = await session.execute(
        delete(Voice)
        .where(col(Voice.vote_id) == link.vote_id, col(Voice.mailbox) == link.mailbox)
        .returning(col(Voice.id))
    )
    return removed.one_or_none() is not None


async def _check_standing(session: AsyncSession, link: VoiceLink) -> None:
    if link.candidate_id is None:
        return
    status = await session.execute(
        select(col(Application.status))
        .join(VoteCandidate, col(VoteCandidate.application_id) == col(Application.id))
        .where(col(VoteCandidate.id) == link.candidate_id)
    )
    if status.scalar_one() != Status.ADMITTED:
        raise Refusal(GONE)


async def _exceeds(
    session: AsyncSession,
    vote: Vote,
    column: Mapped[str],
    value: str,
    limits: tuple[tuple[timedelta, int], ...],
) -> bool:
    """Whether as many links as one may have were asked lately, by the clock of the database."""
    for period, most in limits:
        asked = await session.execute(
            select(func.count())
            .select_from(VoiceLink)
            .where(
                col(VoiceLink.vote_id) == vote.id,
                column == value,
                col(VoiceLink.created_at) > func.clock_timestamp() - period,
            )
        )
        if asked.scalar_one() >= most:
            return True
    return False
