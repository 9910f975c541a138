"""The deal of files to jurors: tried before evaluation opens, told and explained afterwards."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.organiser.outlook import uncovered
from domain.assignment.explaining import Why
from domain.assignment.link import COMFORTABLE
from domain.dealing import EASED_NAMES, KIND_NAMES, RULE_NAMES
from domain.phases import Phase
from domain.refusals import N_
from storage.database import Database
from storage.reads.organiser.board import board_of
from storage.reads.organiser.dealing import (
    Question,
    deal_preview,
    deal_records,
    people_and_files,
    why_this_pair,
)

router = APIRouter()

PAGE = DESK + "/attribution"
BEFORE = frozenset({Phase.PREPARED, Phase.OPEN, Phase.SCREENING})
WHY = {
    Why.LOCKED: N_("Cette fiche est déjà donnée : une attribution ne reprend jamais une fiche."),
    Why.CONFLICT: N_("Un lien attache cette personne à ce dossier : elle ne peut pas le lire."),
    Why.FULL: N_("Cette personne lit déjà tout ce qu'elle a accepté de lire."),
    Why.SUITS: N_("Cette personne connaît le sujet de ce dossier."),
    Why.EVENS: N_("Elle lisait moins que les autres : ce dossier égalise les charges."),
    Why.DRAWN: N_("Rien ne la distingue des autres : la graine publiée a choisi."),
    Why.WORSE: N_(
        "Elle connaît d'autres sujets ; les lecteurs de ce dossier le connaissent mieux."
    ),
    Why.AS_GOOD: N_(
        "Elle conviendrait aussi bien : les charges égales et la graine publiée ont choisi."
    ),
}


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What the deal would give now, or what it gave."""
    is_before = desk.phase in BEFORE
    async with db.transaction() as session:
        board = await board_of(session, desk.cycle)
        preview = await deal_preview(session, desk.cycle) if is_before else None
        records = await deal_records(session, desk.cycle.id)
    return screen.show(
        "pages/organiser/dealing.html",
        desk=desk,
        board=board,
        preview=preview,
        uncovered=uncovered(board),
        dealt_at=desk.cycle.dealt_at,
        records=records,
        comfortable=COMFORTABLE,
        rules=RULE_NAMES,
        eased=EASED_NAMES,
        kinds=KIND_NAMES,
    )


@router.get(PAGE + "/pourquoi")
async def why(desk: AtDesk, db: Db, screen: Screen, dossier: str = "", jure: str = "") -> Response:
    """Why this pair, and why not that one."""
    async with db.transaction() as session:
        jurors, files = await people_and_files(session, desk.cycle)
    question = await _asked(db, desk, dossier, jure) if dossier and jure else None
    return screen.show(
        "pages/organiser/dealing/why.html",
        404 if dossier and jure and question is None else 200,
        desk=desk,
        jurors=sorted(jurors.items(), key=lambda each: each[1]),
        files=sorted(files.items(), key=lambda each: each[1]),
        question=question,
        is_unknown=bool(dossier and jure) and question is None,
        file=dossier,
        juror=jure,
        words=WHY,
    )


async def _asked(db: Database, desk: Desk, file: str, juror: str) -> Question | None:
    try:
        ids = UUID(file), UUID(juror)
    except ValueError:
        return None
    async with db.transaction() as session:
        return await why_this_pair(session, desk.cycle, *ids)
