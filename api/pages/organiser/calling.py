"""Calling people to a jury, one by one or by a file: the rows first, then their services."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.engine import Engine
from api.pages.organiser.desk import Desk
from api.posted import PostedForm
from domain.refusals import Refusal
from domain.wire.juror import RunJuror
from storage.database import Database
from storage.drafts.jurors import Added, NewJuror, WrongLine, add_juror, juror_from, read_csv
from storage.tables.cycles import Cycle

FIELDS = ("email", "name", "organisation", "siren", "reserve_place", "expertise")
A_GOOD_ADDRESS = {"email": "personne@exemple.fr"}
AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Called:
    """What became of a list: how many of each, and the lines that were left out."""

    invited: int
    reserve: int
    known: int
    wrong: tuple[WrongLine, ...]


def cells_in(form: PostedForm) -> Mapping[str, str]:
    """What was typed about one person, by the columns of a file."""
    chair = "oui" if form.get("is_chair") == "yes" else ""
    return {name: form.get(name) for name in FIELDS} | {"is_chair": chair}


def complaints_in(cells: Mapping[str, str]) -> dict[str, Refusal]:
    """What is wrong, by field: each is tried alone, so that all are said at once."""
    wrong: dict[str, Refusal] = {}
    for name in FIELDS:
        try:
            juror_from(A_GOOD_ADDRESS | {name: cells[name]})
        except Refusal as refusal:
            wrong[name] = refusal
    return wrong


async def call(db: Database, engine: Engine, desk: Desk, wanted: NewJuror) -> Added:
    """Write somebody down, and start the service of whoever is to be invited."""
    added = await _written(db, desk, wanted)
    await _start(engine, desk, [added])
    return added


async def call_file(db: Database, engine: Engine, desk: Desk, content: bytes) -> Called:
    """The same for every line that can be used; the others say why not."""
    lines = read_csv(content)
    wrong = list(lines.wrong)
    added: list[Added] = []
    for number, wanted in lines.good:
        try:
            added.append(await _written(db, desk, wanted))
        except Refusal as refusal:
            wrong.append(WrongLine(number, refusal.sentence, refusal.facts))
    await _start(engine, desk, added)
    new = [each for each in added if each.is_new]
    invited = sum(each.is_to_invite for each in new)
    return Called(
        invited=invited,
        reserve=len(new) - invited,
        known=len(added) - len(new),
        wrong=tuple(sorted(wrong, key=lambda each: each.line)),
    )


async def _written(db: Database, desk: Desk, wanted: NewJuror) -> Added:
    async with db.transaction() as session:
        return await add_juror(session, await session.get_one(Cycle, desk.cycle.id), wanted)


async def _start(engine: Engine, desk: Desk, added: Iterable[Added]) -> None:
    """Start the services; one that runs already stays as it is."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def start(each: Added) -> None:
        cycle = str(desk.cycle.id)
        async with turn:
            await engine.run_juror(RunJuror(str(each.juror.id), cycle, desk.calendar, desk.phase))

    await asyncio.gather(*(start(each) for each in added if each.is_to_invite))
