"""How these pages write a request down, and ask the workflow of an adherence."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from api.engine import Engine
from api.errors import NotFound
from api.pages.charter.company.desk import Desk, File
from domain.charter.closed_files import check_may_ask
from domain.charter.states import Act
from domain.refusals import NotRunning, Refusal
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence
from domain.wire.asked import Asked
from storage.requests import the_request, write_request


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of an adherence, in their words."""

    act: Act
    request_id: UUID
    payload: dict[str, object]


async def ask(desk: Desk, file: File, wish: Wish) -> None:
    """Write the wish down, commit, then ask; refusals come back as such."""
    # An adherence that ended shares its workflow's name with the one that may have followed it.
    check_may_ask(file.situation, wish.act)
    asked = await _written_down(desk, file, wish)
    question = AskOfAdherence(wish.act, asked.request, asked.arrived_at)
    try:
        await desk.engine.ask_adherence(file.workflow, question)
    except NotRunning:
        # Temporal was away when the file was opened: start it now, and ask again.
        await desk.engine.run_adherence(file.workflow, run_of(file))
        await desk.engine.ask_adherence(file.workflow, question)


async def run(engine: Engine, file: File) -> None:
    """Start the workflow; when Temporal is away, the first request made of it does."""
    with suppress(Refusal):
        await engine.run_adherence(file.workflow, run_of(file))


async def send(engine: Engine, keys: Iterable[str]) -> None:
    """Have letters leave now; when Temporal is away they stay written down, and leave later."""
    with suppress(Refusal):
        for key in keys:
            await engine.send_letter(key)


def run_of(file: File) -> RunAdherence:
    """The start of the workflow of an adherence."""
    return RunAdherence(str(file.id), file.charter.periods, file.situation)


async def _written_down(desk: Desk, file: File, wish: Wish) -> Asked:
    subject, person = names.adherence_subject(str(file.id)), desk.viewer.person_id
    async with desk.db.transaction() as session:
        asked = await write_request(
            session,
            request_id=wish.request_id,
            kind=str(wish.act),
            subject=subject,
            by_person=person,
            payload=wish.payload,
        )
        kept = await the_request(session, asked.request)
        # An id that was used for something else, or by somebody else, asks for nothing here.
        if (kept.subject, kept.by_person, kept.kind) != (subject, person, str(wish.act)):
            raise NotFound
    return asked
