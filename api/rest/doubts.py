"""Late ineligibility and declined prizes: doubt an admitted file, conclude, or keep that it declines."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter

from api.dependencies import Asking as Workflows
from api.dependencies import Db
from api.engine import Engine
from api.identity.programs import Program
from api.identity.viewer import Viewer
from api.rest.asking import check_reason_of, check_rules, written_as
from api.rest.shapes import Asking, Doubting
from api.reviving import ask_of_file
from api.rights import organised_application
from domain.applications import Act
from domain.wire.application import ApplicationState
from storage.database import Database
from storage.reads.doubts import DoubtShown, doubts_about

router = APIRouter(prefix="/applications/{application}", tags=["Applications"])


@router.get("/doubts")
async def list_doubts(application: UUID, program: Program, db: Db) -> Sequence[DoubtShown]:
    """List what was doubted about an admitted file, the latest first, with what its company said."""
    async with db.transaction() as session:
        row = await organised_application(session, program, application)
        return await doubts_about(session, row.id)


@router.post("/doubt")
async def doubt(
    application: UUID, doubting: Doubting, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Doubt an admitted file: its company reads the reason and may answer for so many days."""
    async with db.transaction() as session:
        row = await organised_application(session, program, application)
        await check_rules(session, row, doubting.rules)
    return await _ask(db, workflows, program, application, (Act.DOUBT, doubting))


@router.post("/drop-doubt")
async def drop_doubt(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Leave a doubted file where it is; its company is told why."""
    return await _ask(db, workflows, program, application, (Act.DROP_DOUBT, asking))


@router.post("/exclude")
async def exclude(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Take a doubted file out, once its company has answered or could have."""
    return await _ask(db, workflows, program, application, (Act.EXCLUDE, asking))


@router.post("/renounce")
async def renounce(
    application: UUID, asking: Asking, program: Program, db: Db, workflows: Workflows
) -> ApplicationState:
    """Keep that a company declines its prize under embargo; the reason says who told it, and when."""
    return await _ask(db, workflows, program, application, (Act.RENOUNCE, asking))


async def _ask(
    db: Database, workflows: Engine, program: Viewer, application: UUID, act: tuple[Act, Asking]
) -> ApplicationState:
    kind, asking = act
    check_reason_of(asking)
    payload = asking.model_dump(mode="json", exclude={"request_id"})
    async with db.transaction() as session:
        row = await organised_application(session, program, application)
        if kind is Act.EXCLUDE:
            payload["rules"] = _rules(await doubts_about(session, row.id))
        subject = f"application:{row.id}"
        asked = await written_as(session, program, asking.request_id, kind, subject, payload)
    return await ask_of_file(db, workflows, application, kind, asked)


def _rules(doubts: Sequence[DoubtShown]) -> list[str]:
    """The rules that the pending doubt names; the file goes out by these."""
    pending = next((each for each in doubts if each.is_pending), None)
    return list(pending.rules) if pending else []
