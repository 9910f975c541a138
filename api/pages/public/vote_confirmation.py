"""The link of a vote: it shows what it would do, and one press does it, once."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.dependencies import Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.public.vote_links import PATH, link_id_in
from api.screen import Screen as TheScreen
from domain.refusals import Refusal
from domain.votes import takes_a_voice
from storage.acts.voices import SHUT, use_link
from storage.acts.votes import situation_of
from storage.reads.votes import Candidate, candidate_in, vote_of
from storage.tables.cycles import Edition
from storage.tables.votes import VoiceLink, Vote

router = APIRouter()

GONE = 410


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that we sent, its vote, and whom it is for."""

    link: VoiceLink
    vote: Vote
    edition: Edition
    candidate: Candidate | None

    @property
    def is_used(self) -> bool:
        """Whether it has served already."""
        return self.link.used_at is not None


@router.get(PATH + "{token}")
async def show(token: str, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Show a button: what reads our letters before their reader opens links, and presses nothing."""
    async with db.transaction() as session:
        opened = await _opened(session, link_id_in(settings, token))
    if opened.is_used or not takes_a_voice(situation_of(opened.vote), screen.now):
        return _worthless(screen, opened)
    return _shown(screen, opened)


@router.post(PATH + "{token}")
async def use(
    token: str,
    form: Form,  # noqa: ARG001  (asked for its check: the form is one that we gave)
    db: Db,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Give, change or take back a voice, which is counted by the instant of this press."""
    link_id = link_id_in(settings, token)
    async with db.transaction() as session:
        opened = await _opened(session, link_id)
    try:
        async with db.transaction() as session:
            heard = await use_link(session, opened.link.id)
    except Refusal as refusal:
        if refusal.sentence == SHUT:
            return _worthless(screen, opened)
        return _shown(screen, opened, 409, {"": screen.say(refusal.sentence)})
    if heard is None:
        return _worthless(screen, opened)
    return screen.show(
        "pages/public/vote_done.html",
        opened=opened,
        given=heard.given,
    )


async def _opened(session: AsyncSession, link_id: UUID | None) -> Opened:
    link = await session.get(VoiceLink, link_id) if link_id else None
    found = await vote_of(session, link.vote_id) if link else None
    if link is None or found is None:
        raise NotFound
    vote, edition = found
    chosen = link.candidate_id
    candidate = await candidate_in(session, vote.id, chosen) if chosen else None
    return Opened(link, vote, edition, candidate)


def _shown(
    screen: TheScreen,
    opened: Opened,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    return screen.show(
        "pages/public/vote_confirm.html", status, opened=opened, complaints=complaints or {}
    )


def _worthless(screen: TheScreen, opened: Opened) -> Response:
    return screen.show(
        "pages/public/vote_link_over.html",
        GONE,
        opened=opened,
        is_open=takes_a_voice(situation_of(opened.vote), screen.now),
    )
