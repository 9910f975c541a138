"""How these pages write a request down, and ask the workflow of an adherence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from api.dependencies import Viewer
from api.engine import Engine
from api.pages.charter.organiser.desk import count_again
from api.pages.organiser.asking import LONGEST_REASON, Wish, written_down
from api.posted import PostedForm
from domain.charter.states import Act, check_allowed
from domain.refusals import N_, NotRunning
from domain.wire import names
from domain.wire.adherence import AskOfAdherence, RunAdherence
from storage.database import Database
from storage.reads.charter.organiser.done import was_done
from storage.reads.charter.organiser.file import Case

TOO_LONG = N_("Ce texte est trop long : 2 000 caractères au plus.")


@dataclass(frozen=True, slots=True)
class Typed:
    """An act of the organiser as its form says it, and what is wrong in the form, by field."""

    act: Act
    payload: Mapping[str, object]
    complaints: Mapping[str, str] = field(default_factory=dict[str, str])


def words_in(form: PostedForm, name: str, wanted: str = "") -> tuple[str, dict[str, str]]:
    """What was written in a field, and what is wrong with it; ``wanted`` says why it is needed."""
    words = form.get(name).strip()
    if not words and wanted:
        return words, {name: wanted}
    return words, {name: TOO_LONG} if len(words) > LONGEST_REASON else {}


async def ask(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    db: Database, engine: Engine, viewer: Viewer, case: Case, typed: Typed, request_id: UUID
) -> None:
    """Write the act down, commit, then ask; the same form again asks nothing more."""
    subject = names.adherence_subject(str(case.id))
    wish = Wish(str(typed.act), subject, request_id, typed.payload)
    async with db.transaction() as session:
        if await was_done(session, request_id, subject):
            return
    # An adherence that ended shares its workflow's name with the one that may have followed it.
    check_allowed(case.state, typed.act)
    asked = await written_down(db, viewer, wish)
    question = AskOfAdherence(typed.act, asked.request, asked.arrived_at)
    try:
        await engine.ask_adherence(case.workflow, question)
    except NotRunning:
        # Temporal was away when the file was opened: start it now, and ask again.
        await engine.run_adherence(case.workflow, run_of(case))
        await engine.ask_adherence(case.workflow, question)
    count_again()


def run_of(case: Case) -> RunAdherence:
    """The start of the workflow of an adherence."""
    return RunAdherence(str(case.id), case.charter.periods, case.situation)
