"""The links of a vote: how they are signed, and the letters that carry them."""

from uuid import UUID

import structlog
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.ext.asyncio import AsyncSession

from api.engine import Engine
from domain.refusals import Refusal
from domain.votes_mailbox import Voter
from settings import Settings
from storage.acts.voices import ask_for_link
from storage.acts.vote_letters import CONFIRMATION, link_key
from storage.identity import person_called
from storage.ledger import Intent, plan
from storage.tables.cycles import Edition
from storage.tables.votes import VoiceLink, Vote

log = structlog.get_logger()

PATH = "/vote/confirmation/"


def path_of(settings: Settings, link: VoiceLink) -> str:
    """The address of a link, which nobody else can make."""
    return f"{PATH}{_signer(settings).dumps(link.id.hex)}"


def link_id_in(settings: Settings, token: str) -> UUID | None:
    """The link that a token names, if we signed it."""
    try:
        return UUID(_signer(settings).loads(token))
    except (BadData, ValueError, AttributeError, TypeError):
        return None


async def write_link(  # noqa: PLR0913, PLR0917  (who votes for whom, in which vote, and is written to how)
    session: AsyncSession,
    settings: Settings,
    vote: Vote,
    edition: Edition,
    voter: Voter,
    candidate: UUID | None,
    address: str,
    language: str,
) -> str | None:
    """Write a link down with its letter, and give the letter's key; none after too many."""
    link = await ask_for_link(session, vote, voter, candidate)
    if link is None:
        return None
    person = await person_called(session, address, language=language)
    key = link_key(link.id)
    # The letter does not say for whom: the page does, to whoever opens the link.
    facts: dict[str, object] = {
        "token_path": path_of(settings, link),
        "closes_at": vote.closes_at.isoformat(),
        "edition": edition.name,
        "withdraws": link.withdraws,
    }
    await plan(session, [Intent(key, CONFIRMATION, key, person.id, facts)])
    return key


async def send_now(engine: Engine, key: str) -> None:
    """Have the letter sent; when the engine is away it stays planned, and is swept up later."""
    try:
        await engine.send_letter(key)
    except Refusal:
        log.warning("vote_letter_waits", key=key)


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), "vote-link")
