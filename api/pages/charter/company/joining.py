"""Begin an adherence: a SIRET, the company that the register knows, and its size."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.responses import Response

from activities.registry import Registry, registry_at
from api.dependencies import Form, SettingsDep
from api.pages.charter.company.asking import run
from api.pages.charter.company.desk import Desk
from api.pages.charter.company.paths import JOIN, home_of
from api.pages.charter.company.words import SIZES
from api.posted import PostedForm
from domain.charter.sizes import Size, size_of
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.siret import Siret, parse_siret, siren_of
from storage.charters import charter_by_id, charter_in_force
from storage.drafts.adherences import Beginning, begin, check_may_enter, living_of
from storage.reads.charter.company import file_on

router = APIRouter()

LONGEST_NAME = 200
PARIS = ZoneInfo("Europe/Paris")

Complaints = dict[str, Refusal]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: a SIRET, then a name and a size once they were asked for."""

    siret: Siret
    company: str
    size: str
    is_confirmed: bool


def _registry(settings: SettingsDep) -> Registry:
    return registry_at(settings.registry_url)


Register = Annotated[Registry, Depends(_registry)]


@router.get(JOIN)
async def ask(desk: Desk) -> Response:
    """Say what adhering takes, and ask for a SIRET."""
    return await _ask(desk, "", {})


@router.post(JOIN)
async def join(form: Form, desk: Desk, register: Register) -> Response:
    """Show what the register knows, then open the file once it is confirmed."""
    try:
        siret = parse_siret(form.get("siret"))
    except Refusal as refusal:
        typed = form.get("siret").strip()
        wrong = refusal if typed else Refusal(N_("Indiquez votre SIRET."))
        return await _ask(desk, typed, {"siret": wrong}, 422)
    facts = await register.facts_about(siret)
    typed = Typed(siret, form.get("company").strip(), form.get("size"), _is_confirmed(form))
    complaints = _wrong(typed, facts) if typed.is_confirmed else {}
    try:
        opened = await _opened(desk, typed, facts, may_begin=not complaints)
    except Refusal as refusal:
        return await _ask(desk, form.get("siret"), {"": refusal}, 409)
    if opened is None:
        return _confirm(desk, typed, facts, complaints)
    return await _welcome(desk, opened)


@dataclass(frozen=True, slots=True)
class _Opened:
    id: UUID
    is_new: bool
    is_mine: bool


async def _opened(
    desk: Desk, typed: Typed, facts: RegistryFacts, *, may_begin: bool
) -> _Opened | None:
    """The adherence, new or found; None while the company is still to be confirmed."""
    siren, today, person = siren_of(typed.siret), _today(desk), desk.viewer.person_id
    async with desk.db.transaction() as session:
        living = await living_of(session, siren)
        if living is None:
            await check_may_enter(session, siren, today)
            if not (typed.is_confirmed and may_begin):
                return None
        begun = Beginning(person, typed.siret, typed.company, facts, typed.size)
        row = living or await begin(session, begun, today)
        is_mine = await file_on(session, row.id, person) is not None
        # Two colleagues may begin at the same instant: what is one's own and unwritten is new.
        return _Opened(row.id, is_new=living is None and is_mine, is_mine=is_mine)


async def _welcome(desk: Desk, opened: _Opened) -> Response:
    if not opened.is_mine:
        return desk.screen.show("pages/charter/company/taken.html", 409)
    if not opened.is_new:
        already = N_("Votre organisation a déjà son dossier : le voici.")
        return desk.screen.go(home_of(opened.id), already, "info")
    response = desk.screen.go(home_of(opened.id), N_("Votre dossier d'adhésion est ouvert."))
    response.background = BackgroundTask(run, desk.engine, await desk.file(opened.id))
    return response


def _is_confirmed(form: PostedForm) -> bool:
    return form.get("confirmed") == "yes"


def _wrong(typed: Typed, facts: RegistryFacts) -> Complaints:
    complaints: Complaints = {}
    if not 0 < len(typed.company) <= LONGEST_NAME:
        complaints["company"] = Refusal(
            N_("Indiquez le nom de votre structure, en 200 caractères au plus.")
        )
    if size_of(facts) is None and typed.size not in set(Size):
        complaints["size"] = Refusal(N_("Indiquez la taille de votre structure."))
    return complaints


def _today(desk: Desk) -> date:
    return desk.now.astimezone(PARIS).date()


async def _ask(desk: Desk, siret: str, complaints: Complaints, status: int = 200) -> Response:
    async with desk.db.transaction() as session:
        row = await charter_in_force(session, _today(desk))
        charter = await charter_by_id(session, row.id) if row else None
    return desk.screen.show(
        "pages/charter/company/join.html",
        status,
        url=JOIN,
        charter=charter,
        siret=siret,
        complaints=desk.said(complaints),
    )


def _confirm(desk: Desk, typed: Typed, facts: RegistryFacts, complaints: Complaints) -> Response:
    return desk.screen.show(
        "pages/charter/company/confirm.html",
        422 if complaints else 200,
        url=JOIN,
        typed=typed,
        facts=facts,
        size=size_of(facts),
        sizes=SIZES,
        complaints=desk.said(complaints),
    )
