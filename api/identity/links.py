"""Links by which people come in: how they are signed, written to people, and opened."""

from datetime import datetime
from uuid import UUID

import structlog
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.ext.asyncio import AsyncSession

from api.engine import Engine
from domain.refusals import Refusal
from settings import Settings
from storage.ledger import Intent, plan
from storage.login_links import LinkWanted, ask_for_link
from storage.tables.people import LoginLink

log = structlog.get_logger()


def path_of(settings: Settings, link: LoginLink) -> str:
    """The address of a link, which nobody else can make."""
    return f"/connexion/{_signer(settings).dumps(link.id.hex)}"


def link_id_in(settings: Settings, token: str) -> UUID | None:
    """The link that a token names, if we signed it."""
    try:
        return UUID(_signer(settings).loads(token))
    except (BadData, ValueError, AttributeError, TypeError):
        return None


async def write_link(
    session: AsyncSession, settings: Settings, wanted: LinkWanted, now: datetime
) -> str | None:
    """Write a link down with its letter, and give the letter's key; none after too many."""
    link = await ask_for_link(session, wanted, now)
    if link is None:
        return None
    key = f"login:{link.id}"
    await plan(
        session,
        [
            Intent(
                key=key,
                kind="login_link",
                subject=key,
                person_id=link.person_id,
                facts={
                    "token_path": path_of(settings, link),
                    "expires_at": link.expires_at.isoformat(),
                },
            )
        ],
    )
    return key


async def send_now(engine: Engine, key: str) -> None:
    """Have the letter sent; when the engine is away it stays planned, and the log says so."""
    try:
        await engine.send_letter(key)
    except Refusal:
        log.warning("login_letter_waits", key=key)


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), "login-link")
