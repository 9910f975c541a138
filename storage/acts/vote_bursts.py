"""Voices that came in a burst from one place: put aside with a reason, and still told in the totals."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.refusals import N_, Refusal
from storage.tables.records import Request
from storage.tables.votes import Voice, Vote, VoteBurst


class Shared(StrEnum):
    """What the voices of a burst have in common."""

    DOMAIN = "domain"
    ORIGIN = "origin"


COLUMNS: dict[Shared, Mapped[str]] = {
    Shared.DOMAIN: col(Voice.domain),
    Shared.ORIGIN: col(Voice.origin),
}


async def put_aside(
    session: AsyncSession, vote: Vote, request: Request | None, at: datetime
) -> None:
    """Put aside every voice of that place which is not aside yet."""
    if request is None:
        raise Refusal(N_("Cet envoi n’a pas de demande écrite."))
    said = request.payload
    try:
        shared = Shared(str(said.get("shared", "")))
    except ValueError:
        raise Refusal(N_("Choisissez un ensemble de voix à écarter.")) from None
    fingerprint = str(said.get("fingerprint", ""))
    of_it = _of(vote, shared, fingerprint)
    found = (await session.execute(select(func.count()).select_from(Voice).where(*of_it))).scalar()
    if not found:
        raise Refusal(N_("Ces voix sont déjà écartées."))
    burst = VoteBurst(
        vote_id=vote.id,
        shared=shared,
        fingerprint=fingerprint,
        reason=str(said.get("reason", "")),
        voices=found,
        by_person=request.by_person,
        at=at,
        request_id=request.id,
    )
    session.add(burst)
    await session.flush()
    await session.execute(update(Voice).where(*of_it).values(burst_id=burst.id))


def _of(vote: Vote, shared: Shared, fingerprint: str) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Voice.vote_id) == vote.id,
        COLUMNS[shared] == fingerprint,
        col(Voice.burst_id).is_(None),
    )
