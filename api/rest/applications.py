"""Applications: read them, screen them, withdraw one."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.dependencies import Asking as Workflows
from api.dependencies import Db
from api.engine import Engine
from api.identity.programs import Program
from api.identity.viewer import Viewer
from api.rest.asking import check_reason_of, check_rules, written
from api.rest.reaching import organised, wrong_input
from api.rest.shapes import (
    Asking,
    ChangingCategory,
    Duplicating,
    EndingExtension,
    Extending,
    Items,
    Refusing,
)
from api.reviving import ask_of_file
from api.rights import organised_application
from domain.applications import Act, Status
from domain.wire.application import ApplicationState
from storage.database import Database
from storage.reads.rest.applications import (
    ApplicationLine,
    ApplicationShown,
    application_shown,
    applications,
)

router = APIRouter(prefix="/applications", tags=["Applications"])


@router.get("")
async def list_applications(
    program: Program,
    db: Db,
    *,
    cycle: Annotated[str, Query(description="The code or the id of the cycle.")],
    status: Status | None = None,
    after: str | None = None,
) -> Items[ApplicationLine]:
    """List the applications of a cycle, fifty at a time, by status and number."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        with wrong_input():
            found = await applications(session, row.id, status, after)
    return Items(found.items, found.after)


@router.get("/{application}")
async def show_application(application: UUID, program: Program, db: Db) -> ApplicationShown:
    """Show one application, with its answers."""
    async with db.transaction() as session:
        return application_shown(await organised_application(session, program, application))


@router.post("/{application}/withdraw")
async def withdraw(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Withdraw an application, in the name of its company."""
    return await _ask(db, workflows, program, application, (Act.WITHDRAW, asking))


@router.post("/{application}/admit")
async def admit(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Declare an application admissible."""
    return await _ask(db, workflows, program, application, (Act.ADMIT, asking))


@router.post("/{application}/refuse")
async def refuse(
    application: UUID, refusing: Refusing, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Declare an application not admissible: which rules it does not meet, and why."""
    check_reason_of(refusing)
    async with db.transaction() as session:
        row = await organised_application(session, program, application)
        await check_rules(session, row, refusing.rules)
    return await _ask(db, workflows, program, application, (Act.REFUSE, refusing))


@router.post("/{application}/ask-complements")
async def ask_complements(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Ask once for what is missing; the reason says what."""
    check_reason_of(asking)
    return await _ask(db, workflows, program, application, (Act.ASK_COMPLEMENTS, asking))


@router.post("/{application}/extend")
async def extend(
    application: UUID, extending: Extending, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Give one company more time: its draft closes later than the others, or is open again."""
    check_reason_of(extending)
    return await _ask(db, workflows, program, application, (Act.EXTEND, extending))


@router.post("/{application}/end-extension")
async def end_extension(
    application: UUID, ending: EndingExtension, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Take back the time that one company was given."""
    check_reason_of(ending)
    return await _ask(db, workflows, program, application, (Act.END_EXTENSION, ending))


@router.post("/{application}/mark-duplicate")
async def mark_duplicate(
    application: UUID, duplicating: Duplicating, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Close an application as the duplicate of another of the same company and category."""
    check_reason_of(duplicating)
    return await _ask(db, workflows, program, application, (Act.MARK_DUPLICATE, duplicating))


@router.post("/{application}/unmark-duplicate")
async def unmark_duplicate(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Let a duplicate live again, while no juror has received it."""
    check_reason_of(asking)
    return await _ask(db, workflows, program, application, (Act.UNMARK_DUPLICATE, asking))


@router.post("/{application}/change-category")
async def change_category(
    application: UUID, changing: ChangingCategory, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Move an application to another category; what it lacks there is asked as complements."""
    check_reason_of(changing)
    return await _ask(db, workflows, program, application, (Act.CHANGE_CATEGORY, changing))


async def _ask(
    db: Database, workflows: Engine, program: Viewer, application: UUID, act: tuple[Act, Asking]
) -> ApplicationState:
    kind, asking = act
    async with db.transaction() as session:
        row = await organised_application(session, program, application)
        asked = await written(session, program, asking, kind, f"application:{row.id}")
    return await ask_of_file(db, workflows, application, kind, asked)
