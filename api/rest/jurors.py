"""The jury of a cycle: read it, invite one, import a file."""

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.dependencies import Asking as Workflows
from api.dependencies import Db
from api.engine import Engine
from api.identity.programs import Program
from api.rest.reaching import organised, wrong_input
from api.rest.shapes import Imported, ImportedLine, Items, JurorWanted
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.juror import RunJuror
from storage.drafts.jurors import Added, NewJuror, WrongLine, add_juror, juror_from, read_csv
from storage.reads.rest.jurors import JurorShown, juror_shown, jurors
from storage.tables.cycles import Cycle
from storage.templates import calendar_in
from wording.translations import language_of, translate

router = APIRouter(prefix="/cycles/{cycle}/jurors", tags=["Jurors"])
CSV = {
    "requestBody": {
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("")
async def list_jurors(
    cycle: str, program: Program, db: Db, after: str | None = None
) -> Items[JurorShown]:
    """List the jurors of a cycle, reserve included."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        with wrong_input():
            found = await jurors(session, row.id, after)
    return Items(found.items, found.after)


@router.post("", status_code=201)
async def invite_juror(  # noqa: PLR0913  (what a handler needs, by dependency)
    cycle: str,
    wanted: JurorWanted,
    program: Program,
    db: Db,
    workflows: Workflows,
    *,
    response: Response,
) -> JurorShown:
    """Invite somebody, or keep them in reserve with a `reserve_place`; twice is once."""
    with wrong_input():
        juror = juror_from(_cells(wanted))
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        added = await add_juror(session, row, juror)
        shown = await juror_shown(session, added.juror.id)
    response.status_code = 201 if added.is_new else 200
    await _start(workflows, row, [added])
    return shown


@router.post("/import", openapi_extra=CSV)
async def import_jurors(
    cycle: str, program: Program, db: Db, workflows: Workflows, request: Request
) -> Imported:
    """Invite the people of a CSV file; its good lines are kept, the others named with the reason."""
    with wrong_input():
        read = read_csv(await request.body())
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        added, wrong = await _add_all(session, row, read.good)
    await _start(workflows, row, added)
    return Imported(
        added=sum(each.is_new for each in added),
        already_there=sum(not each.is_new for each in added),
        errors=_said(request, [*read.wrong, *wrong]),
    )


async def _add_all(
    session: AsyncSession, cycle: Cycle, lines: Sequence[tuple[int, NewJuror]]
) -> tuple[list[Added], list[WrongLine]]:
    added: list[Added] = []
    wrong: list[WrongLine] = []
    for number, juror in lines:
        try:
            async with session.begin_nested():
                added.append(await add_juror(session, cycle, juror))
        except Refusal as refusal:
            wrong.append(WrongLine(number, refusal.sentence, refusal.facts))
    return added, wrong


async def _start(workflows: Engine, cycle: Cycle, added: Sequence[Added]) -> None:
    """Start the service of those who are invited; whoever's runs already is left alone."""
    for each in added:
        if each.is_to_invite:
            await workflows.run_juror(
                RunJuror(
                    juror=str(each.juror.id),
                    cycle=str(cycle.id),
                    calendar=calendar_in(cycle),
                    phase=Phase(cycle.phase),
                )
            )


def _said(request: Request, wrong: Sequence[WrongLine]) -> list[ImportedLine]:
    language = language_of(request.headers.get("accept-language"), None)
    return [
        ImportedLine(each.line, translate(language, each.sentence, **each.facts))
        for each in sorted(wrong, key=lambda each: each.line)
    ]


def _cells(wanted: JurorWanted) -> dict[str, str]:
    given = wanted.model_dump(exclude_none=True)
    return {name: str(value) for name, value in given.items()}
