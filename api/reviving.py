"""Asking something of an application whose workflow may have ended: it runs again to hear it."""

from uuid import UUID

from activities.engine import Engine
from domain.applications import REVIVING, Act
from domain.wire.application import ApplicationState, AskOfApplication
from domain.wire.asked import Asked
from storage.acts.unstarted import application_again
from storage.database import Database


async def ask_of_file(
    db: Database, engine: Engine, application_id: UUID, act: Act, asked: Asked
) -> ApplicationState:
    """Ask for a move of an application, under the request that was written down."""
    if act in REVIVING:
        async with db.transaction() as session:
            again = await application_again(session, application_id)
        await engine.run_application(again)
    question = AskOfApplication(act, asked.request, asked.arrived_at)
    return await engine.ask_application(str(application_id), question)
