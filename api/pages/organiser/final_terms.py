"""The quorum and the cut-off of a final: tried first, in a sentence, then changed with a reason."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.posted import PostedForm
from api.rights import check_organises_everything
from domain.edition_plan import PARIS, check_quorum
from domain.editions import EditionAct, EditionPhase, check_edition
from domain.final_terms import outlook
from domain.levels import Level
from domain.mistakes import Mistake
from domain.phases import Phase
from domain.refusals import N_, Refusal
from domain.typed_dates import local_of, read_instant
from domain.wire.edition import AskOfEdition
from storage.acts.edition_opening import cycles_of
from storage.database import Database
from storage.edition_plans import LedEdition, led
from storage.reads.organiser.editions import edition_called
from storage.tables.cycles import Edition

router = APIRouter()

PAGE = "/organisation/editions/{edition_code}/conduite/termes"
DONE = N_("Le quorum et la date limite de la finale sont changés.")
NUMBER = re.compile(r"[0-9]{1,3}")
NOT_A_NUMBER = N_("Écrivez un nombre de territoires.")


@dataclass(frozen=True, slots=True)
class Read:
    """An edition that is led, its plan, and where its territories stand."""

    edition: Edition
    plan: LedEdition
    territories: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the form said, and what can be understood of it."""

    request_id: UUID
    quorum: str
    cutoff: str
    reason: str = ""
    known: tuple[int, datetime] | None = None


@router.get(PAGE)
async def show(edition_code: str, viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """The terms in force, and what they do now."""
    check_organises_everything(viewer)
    read = await _read(db, edition_code)
    plan = read.plan
    terms = Terms(
        uuid4(),
        str(plan.quorum),
        local_of(plan.cutoff_at, PARIS),
        known=(plan.quorum, plan.cutoff_at),
    )
    return _shown(screen, read, terms)


@router.post(PAGE)
async def change(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    edition_code: str, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Try the terms, or put them in force."""
    check_organises_everything(viewer)
    read = await _read(db, edition_code)
    terms, wrong = _typed(form, read)
    is_trial = form.get("essai") == "yes"
    if not is_trial:
        try:
            reason_in(form)
        except Refusal as refusal:
            wrong["reason"] = refusal
    if wrong or is_trial:
        return _shown(screen, read, terms, 422 if wrong else 200, wrong)
    quorum, cutoff = terms.known or (0, screen.now)
    payload: dict[str, object] = {
        "quorum": quorum,
        "cutoff_at": cutoff.isoformat(),
        "reason": reason_in(form),
    }
    try:
        subject = f"edition:{read.edition.id}"
        wish = Wish(EditionAct.SET_TERMS, subject, terms.request_id, payload)
        asked = await written_down(db, viewer, wish)
        ask = AskOfEdition(EditionAct.SET_TERMS, asked.request, asked.arrived_at)
        await engine.ask_edition(read.edition.code, ask)
    except Refusal as refusal:
        again = Terms(
            next_request_id(form, refusal), terms.quorum, terms.cutoff, terms.reason, terms.known
        )
        return _shown(screen, await _read(db, edition_code), again, 409, {"": refusal})
    return screen.go(f"/organisation/editions/{read.edition.code}/conduite", DONE)


def _typed(form: PostedForm, read: Read) -> tuple[Terms, dict[str, Refusal]]:
    wrong: dict[str, Refusal] = {}
    cutoff = read.plan.cutoff_at
    said = form.get("quorum").strip()
    quorum = int(said) if NUMBER.fullmatch(said) else None
    if quorum is None:
        wrong["quorum"] = Refusal(NOT_A_NUMBER)
    else:
        try:
            check_quorum(quorum, len(read.plan.territories))
        except Mistake as mistake:
            wrong["quorum"] = mistake
    try:
        if form.get("cutoff").strip() != local_of(cutoff, PARIS):
            cutoff = read_instant("cutoff_at", form.get("cutoff").strip(), PARIS)
    except Refusal as refusal:
        wrong["cutoff"] = refusal
    known = (quorum, cutoff) if quorum is not None and not wrong else None
    terms = Terms(request_id_in(form), said, form.get("cutoff"), form.get("reason"), known)
    return terms, wrong


async def _read(db: Database, code: str) -> Read:
    async with db.transaction() as session:
        edition = await edition_called(session, code)
        if edition is None or edition.phase == EditionPhase.BY_HAND:
            raise NotFound
        cycles = await cycles_of(session, edition)
        phases = tuple(Phase(each.phase) for each in cycles if each.level == Level.TERRITORIAL)
        return Read(edition, led(edition), phases)


def _shown(
    screen: Screen,
    read: Read,
    terms: Terms,
    status: int = 200,
    complaints: dict[str, Refusal] | None = None,
) -> Response:
    try:
        check_edition(EditionPhase(read.edition.phase), EditionAct.SET_TERMS)
        why = ""
    except Refusal as refusal:
        why = screen.say(refusal.sentence, **refusal.facts)
    told = outlook(read.territories, *terms.known, screen.now) if terms.known else None
    said = (complaints or {}).items()
    return screen.show(
        "pages/organiser/final_terms.html",
        status,
        edition=read.edition,
        page=PAGE.format(edition_code=read.edition.code),
        count=len(read.plan.territories),
        why=why,
        outlook=screen.say(told.sentence, **told.facts) if told else "",
        begins=told.begins if told else False,
        terms=terms,
        complaints={name: screen.say(each.sentence, **each.facts) for name, each in said},
    )
