"""How these pages write a request down, and ask the workflow of an application."""

from dataclasses import dataclass
from uuid import UUID

from api.dependencies import Viewer
from api.engine import Engine
from api.errors import NotFound
from api.pages.applications.work import Work
from domain.applications import Act, Status
from domain.refusals import NotRunning, Refusal, Unanswered
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from storage.database import Database
from storage.requests import the_request, write_request


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of an application, in their words."""

    act: Act
    request_id: UUID
    payload: dict[str, object]


async def ask(db: Database, engine: Engine, viewer: Viewer, work: Work, wish: Wish) -> None:
    """Write the wish down, commit, then ask; refusals come back as such."""
    asked = await _written_down(db, viewer, work, wish)
    question = AskOfApplication(wish.act, asked.request, asked.arrived_at)
    try:
        if wish.act is Act.COME_BACK:  # it is over: it runs again to hear this
            await engine.run_application(run_of(work))
        await engine.ask_application(str(work.id), question)
    except NotRunning:
        # Temporal was away when the application was opened: start it now, and ask again.
        await engine.run_application(run_of(work))
        await engine.ask_application(str(work.id), question)


def run_of(work: Work) -> RunApplication:
    """The start of the workflow of an application."""
    return RunApplication(
        application=str(work.id),
        cycle=str(work.cycle_id),
        calendar=work.cycle_calendar,
        status=work.status,
        comes_back=work.status is Status.WITHDRAWN,
        entry=work.entry,
        extended_until=work.extended_until,
    )


def is_final(refusal: Refusal) -> bool:
    """Whether asking again needs a new request, rather than being the same that still waits."""
    return not isinstance(refusal, Unanswered | NotRunning)


async def _written_down(db: Database, viewer: Viewer, work: Work, wish: Wish) -> Asked:
    subject = f"application:{work.id}"
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
