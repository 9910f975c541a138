"""One favourite vote on the national organiser's desk: its dates, and what may be done to it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep, SignedInViewer, Viewer
from api.errors import NotFound
from api.pages.organiser.asking import Wish, next_request_id, reason_in, request_id_in, written_down
from api.pages.organiser.vote_dates import DATES, as_typed, instants_in
from api.pages.organiser.vote_providers import named_domains
from api.pages.organiser.votes import LIST
from api.posted import PostedForm
from api.rights import check_organises_everything
from api.screen import Screen as TheScreen
from domain.refusals import N_, Refusal
from domain.votes import ALLOWED, NAMES, VoteAct, VotePhase, check_allowed
from domain.wire import names
from domain.wire.vote import AskOfVote
from settings import Settings
from storage.acts.vote_candidates import laureates_for
from storage.database import Database
from storage.reads.organiser.journal import journal_of
from storage.reads.vote_bursts import bursts_in
from storage.reads.votes import VoteShown, counted_vote, vote_of

router = APIRouter()

PAGE = LIST + "/{edition}"
ACTS = {
    "ouvrir": VoteAct.OPEN,
    "dates": VoteAct.MOVE,
    "annuler": VoteAct.CANCEL,
    "ecarter": VoteAct.INVALIDATE,
}
DONE = {
    VoteAct.OPEN: N_("Le vote est ouvert."),
    VoteAct.MOVE: N_("Les dates du vote sont changées."),
    VoteAct.CANCEL: N_("Le vote est annulé."),
    VoteAct.INVALIDATE: N_("Ces voix sont écartées ; les deux totaux sont gardés."),
}


@router.get(PAGE)
async def show(
    edition: str, viewer: SignedInViewer, db: Db, screen: Screen, settings: SettingsDep
) -> Response:
    """Where the vote stands; its totals only once it is counted."""
    check_organises_everything(viewer)
    return await _shown(screen, db, settings, await _vote(db, edition))


@router.post(PAGE + "/{act}")
async def act(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str,
    act: str,
    viewer: SignedInViewer,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Open it now, move its dates, cancel it or put a burst of voices aside, with a reason."""
    check_organises_everything(viewer)
    if act not in ACTS:
        raise NotFound
    asked, vote = ACTS[act], await _vote(db, edition)
    wrong, payload = _read(form, asked, vote, screen)
    if wrong:
        return await _shown(screen, db, settings, vote, form, asked, wrong, 422)
    try:
        check_allowed(vote.situation, asked)
        await _ask(db, engine, viewer, vote, asked, form, payload)
    except Refusal as refusal:
        said = {_field(asked, ""): screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return await _shown(screen, db, settings, vote, form, asked, said, 409, again)
    return screen.go(f"{LIST}/{edition}", DONE[asked])


async def _ask(  # noqa: PLR0913, PLR0917  (who asks what of which vote, in what words)
    db: Database,
    engine: Asking,
    viewer: Viewer,
    vote: VoteShown,
    asked: VoteAct,
    form: PostedForm,
    payload: Mapping[str, object],
) -> None:
    subject = names.vote_subject(str(vote.id))
    written = await written_down(db, viewer, Wish(asked, subject, request_id_in(form), payload))
    await engine.ask_vote(vote.edition, AskOfVote(asked, written.request, written.arrived_at))


def _read(
    form: PostedForm, asked: VoteAct, vote: VoteShown, screen: TheScreen
) -> tuple[dict[str, str], dict[str, object]]:
    """What was typed for an act, and what is wrong with it, field by field."""
    wrong: dict[str, str] = {}
    payload: dict[str, object] = {}
    try:
        payload["reason"] = reason_in(form)
    except Refusal as refusal:
        wrong[_field(asked, "reason")] = screen.say(refusal.sentence, **refusal.facts)
    if asked is VoteAct.MOVE:
        found, complaints = instants_in(form, _now(vote))
        payload |= {name: at.isoformat() for name, at in found.items()}
        wrong |= {
            name: screen.say(each.sentence, **each.facts) for name, each in complaints.items()
        }
    if asked is VoteAct.INVALIDATE:
        shared, _, fingerprint = form.get("burst").partition(":")
        payload |= {"shared": shared, "fingerprint": fingerprint}
        if not fingerprint:
            wrong["burst"] = screen.say(N_("Choisissez un ensemble de voix à écarter."))
    return wrong, payload


def _field(asked: VoteAct, name: str) -> str:
    """The field of one of the forms of the page, which all ask for a reason."""
    return f"{asked}.{name}" if name else ""


async def _vote(db: Database, edition: str) -> VoteShown:
    async with db.transaction() as session:
        vote = await counted_vote(session, edition)
    if vote is None:
        raise NotFound
    return vote


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: TheScreen,
    db: Database,
    settings: Settings,
    vote: VoteShown,
    form: PostedForm | None = None,
    asked: VoteAct | None = None,
    complaints: dict[str, str] | None = None,
    status: int = 200,
    request_id: UUID | None = None,
) -> Response:
    is_counted = vote.situation.phase is VotePhase.COUNTED
    async with db.transaction() as session:
        found = await vote_of(session, vote.id)
        laureates = await laureates_for(session, found[0]) if found else ()
        bursts = await bursts_in(session, vote.id) if is_counted else ()
        journal = await journal_of(session, names.vote_subject(str(vote.id)))
    return screen.show(
        "pages/organiser/vote.html",
        status,
        vote=vote,
        base=f"{LIST}/{vote.edition}",
        phase_name=NAMES[vote.situation.phase],
        may={str(each): vote.situation.phase in phases for each, phases in ALLOWED.items()},
        laureates=len(laureates),
        bursts=bursts,
        providers=named_domains(settings, str(vote.id)) if bursts else {},
        journal=journal,
        dates=_dates(vote, form if asked is VoteAct.MOVE else None),
        reasons={str(asked): form.get("reason")} if form and asked else {},
        burst=form.get("burst") if form else "",
        request_ids={str(each): uuid4() for each in VoteAct}
        | ({str(asked): request_id or request_id_in(form)} if form and asked else {}),
        complaints=complaints or {},
    )


def _dates(vote: VoteShown, form: PostedForm | None) -> dict[str, str]:
    """The dates as the form shows them, as typed when they were."""
    return {name: form.get(name) if form else as_typed(at) for name, at in _now(vote).items()}


def _now(vote: VoteShown) -> Mapping[str, datetime]:
    return {name: getattr(vote.situation, name) for name in DATES}
