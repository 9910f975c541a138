"""The letters of a favourite vote: to its candidates, its organisers, and the chair who parts equals."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.votes import VoteSituation
from domain.wire import names
from storage.acts.votes_chair import chair_of_the_final, national_organisers
from storage.ledger import Intent, LetterState, plan
from storage.tables.applications import Application, Member
from storage.tables.cycles import Edition
from storage.tables.letters import Letter
from storage.tables.votes import VoiceLink, Vote, VoteCandidate

CONFIRMATION = "vote_confirmation"


def link_key(link: UUID) -> str:
    """The business key of the letter that carries a link."""
    return f"voice:{link}"


async def cancel_links(session: AsyncSession, vote: Vote) -> None:
    """A link that can no longer give a voice would only mislead: its letter does not leave."""
    links = select(col(VoiceLink.id)).where(
        col(VoiceLink.vote_id) == vote.id, col(VoiceLink.used_at).is_(None)
    )
    keys = [link_key(each) for each in await session.scalars(links)]
    await session.execute(
        update(Letter)
        .where(col(Letter.key).in_(keys), col(Letter.state) == LetterState.PLANNED)
        .values(state=LetterState.CANCELLED)
    )


async def to_candidates(  # noqa: PLR0913, PLR0917  (which letter, of which vote, with what it says)
    session: AsyncSession,
    vote: Vote,
    edition: Edition,
    kind: str,
    after: VoteSituation,
    reason: str = "",
) -> None:
    """One letter for each person and candidate."""
    facts: dict[str, object] = {"closes_at": after.closes_at.isoformat(), "reason": reason}
    await _write(session, vote, edition, kind, await _people_of(session, vote), facts)


async def to_winner(session: AsyncSession, vote: Vote, edition: Edition) -> None:
    """One letter for each person of the favourite, if there is one."""
    results = vote.results or {}
    people = [each for each in await _people_of(session, vote) if each[1] == results.get("winner")]
    facts: dict[str, object] = {"kept": results.get("kept", 0)}
    await _write(session, vote, edition, "vote_won", people, facts)


async def to_organisers(session: AsyncSession, vote: Vote, edition: Edition, kind: str) -> None:
    """One letter for each national organiser."""
    facts: dict[str, object] = {
        "link": f"/organisation/vote/{edition.code}",
        "closes_at": vote.closes_at.isoformat(),
    }
    await plan(
        session,
        [
            _intent(vote, edition, kind, person, facts)
            for person in await national_organisers(session)
        ],
    )


async def to_chair(session: AsyncSession, vote: Vote, edition: Edition) -> None:
    """Ask the chair of the national jury to part the first; without one, the national organisers."""
    chair = await chair_of_the_final(session, edition.id)
    people = [chair.person_id] if chair else await national_organisers(session)
    link: dict[str, object] = {"link": f"/vote/{edition.code}/departage"}
    await plan(session, [_intent(vote, edition, "vote_tied", person, link) for person in people])


async def _people_of(session: AsyncSession, vote: Vote) -> list[tuple[UUID, str, str]]:
    """Who works on each candidate that still stands: the person, the candidate and its title."""
    rows = await session.execute(
        select(col(Member.person_id), col(VoteCandidate.id), col(Application.title))
        .join(Application, col(Application.id) == col(Member.application_id))
        .join(VoteCandidate, col(VoteCandidate.application_id) == col(Application.id))
        .where(col(VoteCandidate.vote_id) == vote.id, col(Application.status) == Status.ADMITTED)
        .order_by(col(VoteCandidate.id), col(Member.person_id))
    )
    return [(row.person_id, str(row.id), row.title) for row in rows]


async def _write(  # noqa: PLR0913, PLR0917  (which letter, of which vote, to whom, with what it says)
    session: AsyncSession,
    vote: Vote,
    edition: Edition,
    kind: str,
    people: Iterable[tuple[UUID, str, str]],
    facts: dict[str, object],
) -> None:
    link = {"link": f"/vote/{edition.code}"}
    await plan(
        session,
        [
            _intent(vote, edition, kind, person, facts | link | {"title": title}, candidate)
            for person, candidate, title in people
        ],
    )


def _intent(  # noqa: PLR0913, PLR0917  (which letter, of which vote, to whom, with what it says)
    vote: Vote,
    edition: Edition,
    kind: str,
    person: UUID,
    facts: dict[str, object],
    candidate: str = "",
) -> Intent:
    return Intent(
        key=f"{kind}:{vote.id}:{candidate or vote.window_version}:{person}",
        kind=kind,
        subject=names.vote_subject(str(vote.id)),
        mailing=names.vote_subject(str(vote.id)),
        person_id=person,
        facts={"edition": edition.name} | facts,
    )
