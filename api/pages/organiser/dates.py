"""Moving the dates of a cycle: the form, what it would do, then the act, by one and the same request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.public.steps import NAMES
from api.posted import PostedForm
from domain.applications import NAMES as STATUS_NAMES
from domain.calendar_effects import FATE_NAMES, GROUP_NAMES, Effects, Group, effects_of
from domain.calendar_moves import CUT_OFF, OUT_OF_DATE, Move, check_move, with_dates
from domain.edition_moves import check_stays_in_frame
from domain.edition_plan import EditionFrame
from domain.phases import NAMES as PHASES
from domain.refusals import N_, Refusal
from domain.typed_dates import as_typed, read_dates
from storage.database import Database
from storage.edition_plans import frame_over
from storage.reads.extensions import extensions_in
from storage.reads.organiser.dates import Concerned, concerned_by_dates, versions_of
from storage.reads.organiser.tallies import forget

router = APIRouter()

PAGE = DESK + "/dates"
# What was tried, as instants: the act does not read the typed hours again by a calendar that has moved.
TO = "to."
A_VERSION = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was typed, what it would do, and what is wrong with it, by field."""

    dates: Mapping[str, datetime]
    concerned: Concerned
    move: Move
    effects: Effects
    wrong: Mapping[str, tuple[Refusal, ...]]


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The dates in force, ready to be changed, and who has others."""
    typed = as_typed(desk.calendar, desk.cycle.zone)
    return await _form(screen, desk, db, typed, uuid4())


@router.get(PAGE + "/versions")
async def versions(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """Every calendar that was in force: since when, by whom, why, and what it changed."""
    async with db.transaction() as session:
        found = await versions_of(session, desk.cycle.id)
    return screen.show(
        "pages/organiser/dates/versions.html", desk=desk, versions=found, names=NAMES
    )


@router.post(PAGE + "/effets")
async def try_dry(desk: AtDesk, form: Form, db: Db, screen: Screen) -> Response:
    """What the move would do; nothing is written."""
    proposal = await _proposed(db, desk, form, screen.now)
    said = _said(screen, proposal.wrong)
    try:
        reason_in(form)
    except Refusal as refusal:
        said["reason"] = screen.say(refusal.sentence, **refusal.facts)
    if said:
        return await _form(screen, desk, db, dict(form.fields), uuid4(), 422, said)
    return _effects(screen, desk, form, proposal, request_id_in(form))


@router.post(PAGE)
async def move(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Move the dates; who is concerned is told by the cycle itself."""
    proposal = await _proposed(db, desk, form, screen.now)
    try:
        reason = reason_in(form)
        payload = {
            "dates": {name: at for name in NAMES if (at := form.get(TO + name))},
            "version": _version_in(form),
            "force": form.get("force") == "yes",
            "reason": reason,
        }
        wish = Wish("move_dates", f"cycle:{desk.cycle.id}", request_id_in(form), payload)
        asked = await written_down(db, desk.viewer, wish)
        state = await engine.move_dates(desk.cycle.code, asked)
    except Refusal as refusal:
        request_id = next_request_id(form, refusal)
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        if refusal.sentence == CUT_OFF:
            return _effects(screen, desk, form, proposal, request_id, 409, {"force": said[""]})
        return await _form(screen, desk, db, dict(form.fields), request_id, 409, said)
    forget(desk.cycle.id)
    return screen.go(
        desk.base,
        N_("Les dates sont déplacées. Le cycle est à l'étape « %(phase)s ». Les lettres partent."),
        phase=screen.say(PHASES[state.phase]),
    )


async def _proposed(db: Database, desk: Desk, form: PostedForm, now: datetime) -> Proposal:
    dates, unread = read_dates(dict(form.fields), desk.calendar, desk.cycle.zone)
    wrong = {name: (refusal,) for name, refusal in unread.items()}
    async with db.transaction() as session:
        concerned = await concerned_by_dates(session, desk.cycle.id)
        frame = await frame_over(session, desk.cycle)
    move = Move(
        desk.calendar,
        with_dates(desk.calendar, dates),
        desk.phase,
        now,
        drafts=concerned.counts[Group.DRAFTS],
        is_forced=True,  # the page asks for that tick beside the effects
    )
    effects = effects_of(move, concerned.counts)
    if not wrong:
        wrong = _refusals(desk, form, move, effects, frame)
    return Proposal(dates, concerned, move, effects, wrong)


def _refusals(
    desk: Desk, form: PostedForm, move: Move, effects: Effects, frame: EditionFrame | None
) -> dict[str, tuple[Refusal, ...]]:
    if _version_in(form) != desk.cycle.calendar_version:
        return {"": (Refusal(OUT_OF_DATE),)}
    if effects.collisions:
        return {"": effects.collisions}
    try:
        check_move(move)
        if frame is not None:
            check_stays_in_frame(move, frame, desk.cycle.zone)
    except Refusal as refusal:
        return {"": (refusal,)}
    return {}


def _version_in(form: PostedForm) -> int:
    """The version that the page showed; one that nobody would write is out of date."""
    typed = form.get("version")
    return int(typed) if A_VERSION.fullmatch(typed) else 0


def _said(screen: Screen, wrong: Mapping[str, tuple[Refusal, ...]]) -> dict[str, str]:
    return {
        field: " ".join(screen.say(each.sentence, **each.facts) for each in refusals)
        for field, refusals in wrong.items()
    }


async def _form(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    typed: Mapping[str, str],
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    async with db.transaction() as session:
        extended = await extensions_in(session, desk.cycle.id)
    return screen.show(
        "pages/organiser/dates/form.html",
        status,
        desk=desk,
        typed=typed,
        names=NAMES,
        extended=extended,
        statuses=STATUS_NAMES,
        version=desk.cycle.calendar_version,
        request_id=request_id,
        complaints=complaints or {},
    )


def _effects(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    form: PostedForm,
    proposal: Proposal,
    request_id: UUID,
    status: int = 200,
    complaints: Mapping[str, str] | None = None,
) -> Response:
    carried = {name: form.get(name) for name in (*NAMES, "reason", "version")}
    carried |= {TO + name: at.isoformat() for name, at in proposal.dates.items()}
    return screen.show(
        "pages/organiser/dates/effects.html",
        status,
        desk=desk,
        effects=proposal.effects,
        groups=GROUP_NAMES,
        fates=FATE_NAMES,
        people=proposal.concerned.names,
        names=NAMES,
        phases=PHASES,
        carried=carried,
        request_id=request_id,
        complaints=complaints or {},
    )
