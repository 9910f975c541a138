"""What a cycle gave: its palmarès for everybody, its letters for who organises it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter

from api.dependencies import Db
from api.errors import NotFound
from api.identity.programs import Program
from api.rest.reaching import organised
from api.rest.shapes import Items, LetterCount
from storage.reads.organiser.letter_tally import count_letters
from storage.reads.public import PublishedCycle, palmares_of, published_cycles

router = APIRouter()


@router.get("/palmares", tags=["Palmarès"])
async def list_palmares(db: Db) -> Items[PublishedCycle]:
    """List the cycles whose palmarès is published; no token is needed."""
    async with db.transaction() as session:
        return Items(await published_cycles(session))


@router.get("/palmares/{cycle}", tags=["Palmarès"])
async def show_palmares(cycle: str, db: Db) -> Mapping[str, Any]:
    """Show the palmarès of a cycle, by its code, once it is published; no token is needed."""
    async with db.transaction() as session:
        document = await palmares_of(session, cycle)
    if document is None:
        raise NotFound
    return document


@router.get("/cycles/{cycle}/letters", tags=["Letters"])
async def count_cycle_letters(cycle: str, program: Program, db: Db) -> Items[LetterCount]:
    """Count the letters of a cycle by kind and state."""
    async with db.transaction() as session:
        row = await organised(session, program, cycle)
        tally = await count_letters(session, row.id)
    return Items(
        [
            LetterCount(kind, state, count)
            for (state, kind), count in sorted(
                tally.counts.items(), key=lambda each: (each[0][1], each[0][0])
            )
        ]
    )
