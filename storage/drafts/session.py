"""What happens in the session of a jury: who is there, which file is called, and its votes.

All of it belongs to the deliberation, and is sealed with the minutes: nothing changes once they are signed.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.session.voting import (
    ALREADY_OPEN,
    NO_FILE,
    NOT_OPEN,
    NOT_PRESIDING,
    Choice,
    check_opening,
    check_voice,
    counted,
    presiding,
)
from storage.reads.sitting import adopted_in, is_voting, members_of, sitting_for, votes_of
from storage.tables.cycles import Cycle
from storage.tables.results import Standing
from storage.tables.sessions import Ballot, BallotVoice, Hearing, Presence

OVER = N_("La délibération est close : plus rien n'y change.")
NOT_RANKED = N_("Ce dossier n'est pas classé : il ne s'appelle pas en séance.")


async def mark_present(session: AsyncSession, cycle_id: UUID, who: Mapping[UUID, bool]) -> None:
    """Note who is there and who is not, among the jurors in service."""
    await _held(session, cycle_id)
    sitting = {each.juror_id for each in await members_of(session, cycle_id)}
    for juror in sorted(sitting & set(who)):
        said = {"is_present": who[juror], "at": func.clock_timestamp()}
        await session.execute(
            insert(Presence)
            .values(juror_id=juror, cycle_id=cycle_id, **said)
            .on_conflict_do_update(
                index_elements=["juror_id"],
                set_=said,
                where=col(Presence.is_present).is_distinct_from(who[juror]),
            )
        )


async def call_file(session: AsyncSession, cycle_id: UUID, file: UUID | None) -> None:
    """Call a file, or none; refused while a vote is open."""
    await _held(session, cycle_id)
    if await is_voting(session, cycle_id):
        raise Refusal(ALREADY_OPEN)
    if file is not None:
        await _standing(session, cycle_id, file)
    called = {"application_id": file, "at": func.clock_timestamp()}
    await session.execute(
        insert(Hearing)
        .values(cycle_id=cycle_id, **called)
        .on_conflict_do_update(index_elements=["cycle_id"], set_=called)
    )


async def open_vote(session: AsyncSession, cycle_id: UUID, juror: UUID, quorum: int) -> None:
    """Open the vote on the file that is heard; one that is open on it already stays so."""
    await _held(session, cycle_id)
    hearing = await session.get(Hearing, cycle_id, with_for_update=True, populate_existing=True)
    if hearing is None or hearing.application_id is None:
        raise Refusal(NO_FILE)
    file = hearing.application_id
    sitting = await sitting_for(session, cycle_id, file)
    if await is_voting(session, cycle_id):
        return
    category = (await _standing(session, cycle_id, file)).category
    votes = await votes_of(session, cycle_id)
    check_opening(sitting, quorum, adopted_in(votes, category), str(file))
    if presiding(sitting) != str(juror):
        raise Refusal(NOT_PRESIDING)
    session.add(
        Ballot(
            cycle_id=cycle_id,
            number=1 + max((each.number for each in votes), default=0),
            category=category,
            application_id=file,
        )
    )
    await session.flush()


async def give_voice(
    session: AsyncSession, cycle_id: UUID, juror: UUID, ballot_id: UUID, choice: Choice
) -> None:
    """Keep what a juror says while the vote is open; the last word holds."""
    await _held(session, cycle_id)
    ballot = await session.get(
        Ballot, ballot_id, with_for_update={"read": True}, populate_existing=True
    )
    if ballot is None or ballot.cycle_id != cycle_id or ballot.closed_at is not None:
        raise Refusal(NOT_OPEN)
    sitting = await sitting_for(session, cycle_id, ballot.application_id)
    check_voice(next((each for each in sitting if each.juror == str(juror)), None))
    said = {"choice": choice, "at": func.clock_timestamp()}
    await session.execute(
        insert(BallotVoice)
        .values(ballot_id=ballot_id, juror_id=juror, **said)
        .on_conflict_do_update(index_elements=["ballot_id", "juror_id"], set_=said)
    )


async def close_vote(session: AsyncSession, cycle_id: UUID, juror: UUID, ballot_id: UUID) -> None:
    """Count the voices and erase them; closing again changes nothing."""
    await _held(session, cycle_id)
    ballot = await session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)
    if ballot is None or ballot.cycle_id != cycle_id:
        raise Refusal(NOT_OPEN)
    if ballot.closed_at is not None:
        return
    sitting = await sitting_for(session, cycle_id, ballot.application_id)
    president = presiding(sitting)
    if president != str(juror):
        raise Refusal(NOT_PRESIDING)
    aside = {each.juror for each in sitting if each.is_aside}
    rows = await session.execute(
        select(col(BallotVoice.juror_id), col(BallotVoice.choice)).where(
            col(BallotVoice.ballot_id) == ballot_id
        )
    )
    voices = [(str(who), Choice(said)) for who, said in rows if str(who) not in aside]
    count = counted(voices, president)
    ballot.yes, ballot.no, ballot.abstained = count.yes, count.no, count.abstained
    ballot.cast, ballot.is_adopted = count.cast, count.is_adopted
    ballot.present = sum(each.is_present for each in sitting)
    ballot.aside = sum(each.is_aside and each.is_present for each in sitting)
    ballot.closed_at = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    await session.execute(delete(BallotVoice).where(col(BallotVoice.ballot_id) == ballot_id))
    await session.flush()


async def _held(session: AsyncSession, cycle_id: UUID) -> None:
    """Hold the cycle in its deliberation, so that nothing changes under a signature."""
    phase = await session.execute(
        select(col(Cycle.phase)).where(col(Cycle.id) == cycle_id).with_for_update(read=True)
    )
    if phase.scalar_one() != Phase.DELIBERATION:
        raise Refusal(OVER)


async def _standing(session: AsyncSession, cycle_id: UUID, file: UUID) -> Standing:
    found = await session.execute(
        select(Standing).where(
            col(Standing.cycle_id) == cycle_id,
            col(Standing.application_id) == file,
            col(Standing.rank).is_not(None),
        )
    )
    standing = found.scalar_one_or_none()
    if standing is None:
        raise Refusal(NOT_RANKED)
    return standing
