"""How these pages write a request down, and ask the workflow of a complaint."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from api.dependencies import Viewer
from api.engine import Engine
from api.pages.organiser.asking import Wish, written_down
from domain.charter.alerts import AlertAct, check_allowed
from domain.refusals import NotRunning, Refusal
from domain.wire import names
from domain.wire.alert import AskOfAlert, RunAlert
from storage.database import Database
from storage.reads.charter.alert_matter import Matter


@dataclass(frozen=True, slots=True)
class Typed:
    """An act as its form says it, and what is wrong in the form, by field."""

    act: AlertAct
    payload: Mapping[str, str]
    complaints: Mapping[str, Refusal] = field(default_factory=dict[str, Refusal])


async def ask(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    db: Database, engine: Engine, viewer: Viewer, matter: Matter, typed: Typed, request_id: UUID
) -> None:
    """Write the act down, commit, then ask; refusals come back as such."""
    check_allowed(matter.step, typed.act)
    wish = Wish(str(typed.act), names.alert_id(str(matter.id)), request_id, typed.payload)
    asked = await written_down(db, viewer, wish)
    question = AskOfAlert(typed.act, asked.request, asked.arrived_at)
    try:
        await engine.ask_alert(str(matter.id), question)
    except NotRunning:
        # Temporal was away when the complaint was filed: start it now, and ask again.
        await engine.run_alert(matter.run)
        await engine.ask_alert(str(matter.id), question)


async def run(engine: Engine, alert: RunAlert) -> None:
    """Start the workflow; when Temporal is away, the sweep does."""
    with suppress(Refusal):
        await engine.run_alert(alert)
