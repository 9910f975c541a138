"""How the pages of a partnership write a request down, and ask the workflow of its application."""

from dataclasses import dataclass
from uuid import UUID

from api.dependencies import Viewer
from api.engine import Engine, NotRunning
from api.errors import NotFound
from domain.partners import PartnerAct
from domain.wire.application import RunApplication
from domain.wire.asked import Asked
from domain.wire.partner import AskOfPartner
from storage.database import Database
from storage.requests import the_request, write_request


@dataclass(frozen=True, slots=True)
class PartnerWish:
    """What somebody asks about the partner of an application, in their words."""

    act: PartnerAct
    request_id: UUID
    payload: dict[str, object]


async def ask(
    db: Database, engine: Engine, viewer: Viewer, run: RunApplication, wish: PartnerWish
) -> None:
    """Write the wish down, commit, then ask; refusals come back as such."""
    asked = await _written_down(db, viewer, f"application:{run.application}", wish)
    question = AskOfPartner(wish.act, asked.request, asked.arrived_at)
    try:
        await engine.ask_partner(run.application, question)
    except NotRunning:
        # Temporal was away when the application was opened: start it now, and ask again.
        await engine.run_application(run)
        await engine.ask_partner(run.application, question)


async def _written_down(db: Database, viewer: Viewer, subject: str, wish: PartnerWish) -> Asked:
    async with db.transaction() as session:
        asked = await write_request(
            session,
            request_id=wish.request_id,
            kind=wish.act,
            subject=subject,
            by_person=viewer.person_id,
            payload=wish.payload,
        )
        kept = await the_request(session, asked.request)
        # An id that was used for something else, or by somebody else, asks for nothing here.
        if (kept.subject, kept.by_person, kept.kind) != (subject, viewer.person_id, wish.act):
            raise NotFound
    return asked
