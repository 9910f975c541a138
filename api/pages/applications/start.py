"""Open an application: a call, a category, a SIRET, and the company that the register knows."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.responses import Response

from activities.registry import Registry, registry_at
from api.dependencies import Form, SettingsDep
from api.engine import Engine
from api.errors import NotFound
from api.pages.applications.asking import run_of
from api.pages.applications.desk import Desk, Work
from api.pages.applications.entry import Entry, check_open, entry_in, first_answers
from api.pages.applications.paths import NEW, home_of
from api.posted import PostedForm
from api.rights import knower_of
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from storage.drafts.applications import Start, Started, find_or_check, start_application
from storage.reads.calls import Call, call_of, open_calls

router = APIRouter()

Complaints = dict[str, Refusal]


def _registry(settings: SettingsDep) -> Registry:
    return registry_at(settings.registry_url)


Register = Annotated[Registry, Depends(_registry)]


@router.get(NEW)
async def ask(desk: Desk, cycle: str = "") -> Response:
    """Ask for a category and a SIRET, or for a call when none is named."""
    if not cycle:
        async with desk.db.transaction() as session:
            calls = await open_calls(session, knower_of(desk.viewer))
        return desk.screen.show("pages/applications/choose_call.html", calls=calls, url=NEW)
    call = await _call(desk, cycle)
    try:
        check_open(call, desk.now)
    except Refusal as refusal:
        return _not_open(desk, call, refusal, 200)
    return _ask(desk, call, {}, {})


@router.post(NEW)
async def start(form: Form, desk: Desk, register: Register) -> Response:
    """Show what the register knows, then open the application once it is confirmed."""
    call = await _call(desk, form.get("cycle"))
    try:
        check_open(call, desk.now)
    except Refusal as refusal:
        return _not_open(desk, call, refusal, 409)
    entry, complaints = entry_in(form, call.template)
    if entry is None:
        return await _ask_again(desk, call, form, complaints, register)
    facts = await register.facts_about(entry.siret)
    try:
        started = await _started(desk, call, entry, facts)
    except Refusal as refusal:
        return _ask(desk, call, dict(form.items()), {"": refusal}, 409)
    if started is None:
        return _confirm(desk, call, entry, facts)
    return await _welcome(desk, started)


async def _call(desk: Desk, code: str) -> Call:
    async with desk.db.transaction() as session:
        call = await call_of(session, code, knower_of(desk.viewer))
    if call is None:
        raise NotFound
    return call


async def _started(desk: Desk, call: Call, entry: Entry, facts: RegistryFacts) -> Started | None:
    """The application, new or found; None while the company is still to be confirmed."""
    viewer = desk.viewer
    begun = Start(
        person_id=viewer.person_id,
        siret=entry.siret,
        category=entry.category,
        company=entry.company,
        facts=facts,
        answers=first_answers(call.template, entry, facts, (viewer.name, viewer.email)),
    )
    async with desk.db.transaction() as session:
        if entry.is_confirmed:
            return await start_application(session, call.id, call.template, begun)
        return await find_or_check(session, call.id, call.template, begun)


async def _welcome(desk: Desk, started: Started) -> Response:
    if not started.is_mine:
        return desk.screen.show("pages/applications/taken.html", 409)
    home = home_of(started.id)
    if not started.is_new:
        already = N_("Vous aviez déjà commencé cette candidature : la voici.")
        return desk.screen.go(home, already, "info")
    response = desk.screen.go(home, N_("Votre candidature est ouverte."))
    response.background = BackgroundTask(_run, desk.engine, await desk.work(started.id))
    return response


async def _run(engine: Engine, work: Work) -> None:
    """Start the workflow; when Temporal is away, the first request made of it does."""
    with suppress(Refusal):
        await engine.run_application(run_of(work))


async def _ask_again(
    desk: Desk, call: Call, form: PostedForm, complaints: Complaints, register: Registry
) -> Response:
    """The same page with everything typed: the first step, or the name when only that is wrong."""
    if complaints.keys() == {"company"}:
        entry, _ = entry_in(_unconfirmed(form), call.template)
        if entry:
            facts = await register.facts_about(entry.siret)
            return _confirm(desk, call, entry, facts, complaints)
    return _ask(desk, call, dict(form.items()), complaints, 422)


def _unconfirmed(form: PostedForm) -> PostedForm:
    return PostedForm(tuple(field for field in form.fields if field[0] != "confirmed"))


def _ask(
    desk: Desk, call: Call, typed: dict[str, str], complaints: Complaints, status: int = 200
) -> Response:
    return desk.screen.show(
        "pages/applications/start.html",
        status,
        call=call,
        url=NEW,
        typed=typed,
        complaints=desk.said(complaints),
    )


def _confirm(
    desk: Desk,
    call: Call,
    entry: Entry,
    facts: RegistryFacts,
    complaints: Complaints | None = None,
) -> Response:
    return desk.screen.show(
        "pages/applications/confirm.html",
        422 if complaints else 200,
        call=call,
        url=NEW,
        entry=entry,
        facts=facts,
        category=call.template.category(entry.category),
        complaints=desk.said(complaints or {}),
    )


def _not_open(desk: Desk, call: Call, refusal: Refusal, status: int) -> Response:
    return desk.screen.show(
        "pages/applications/not_open.html", status, call=call, sentence=desk.say(refusal)
    )
