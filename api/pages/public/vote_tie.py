"""Candidates equal in voices and in score: the chair of the national jury says who is the favourite."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer, Viewer
from api.errors import NotFound
from api.pages.organiser.asking import Wish, next_request_id, reason_in, request_id_in, written_down
from api.posted import PostedForm
from api.screen import Screen as TheScreen
from domain.refusals import N_, Refusal
from domain.votes import VoteAct, check_allowed
from domain.wire import names
from domain.wire.vote import AskOfVote
from storage.acts.votes_chair import chair_of_the_final, national_organisers
from storage.database import Database
from storage.reads.votes import VoteShown, counted_vote

router = APIRouter()

PAGE = "/vote/{edition}/departage"
DONE = N_("Votre choix est enregistré. Les résultats paraîtront à leur date.")


@router.get(PAGE)
async def show(edition: str, viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Those who are equal, for the chair alone."""
    return _shown(screen, await _tied(db, viewer, edition), Typed(uuid4()))


@router.post(PAGE)
async def decide(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str, viewer: SignedInViewer, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Choose one, with a reason that is published with the totals."""
    vote = await _tied(db, viewer, edition)
    chosen, typed = form.get("candidate"), typed_in(form)
    if chosen not in {each.id for each in vote.results.tied} if vote.results else True:
        wrong = {"candidate": screen.say(N_("Choisissez l'un des lauréats à égalité."))}
        return _shown(screen, vote, typed, 422, wrong)
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        said = {"reason": screen.say(refusal.sentence, **refusal.facts)}
        return _shown(screen, vote, typed, 422, said)
    try:
        check_allowed(vote.situation, VoteAct.SETTLE)
        payload = {"candidate": chosen, "reason": reason}
        subject = names.vote_subject(str(vote.id))
        wish = Wish(VoteAct.SETTLE, subject, request_id_in(form), payload)
        asked = await written_down(db, viewer, wish)
        ask = AskOfVote(VoteAct.SETTLE, asked.request, asked.arrived_at)
        await engine.ask_vote(edition, ask)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = Typed(next_request_id(form, refusal), typed.candidate, typed.reason)
        return _shown(screen, vote, again, 409, said)
    return screen.go(f"/vote/{edition}/departage", DONE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says, and the id of its request."""

    request_id: UUID
    candidate: str = ""
    reason: str = ""


def typed_in(form: PostedForm) -> Typed:
    """What was typed, to be shown again."""
    return Typed(request_id_in(form), form.get("candidate"), form.get("reason"))


async def _tied(db: Database, viewer: Viewer, edition: str) -> VoteShown:
    """The vote, for who may part equals; nobody else finds this page."""
    async with db.transaction() as session:
        vote = await counted_vote(session, edition)
        if vote is None:
            raise NotFound
        chair = await chair_of_the_final(session, vote.edition_id)
        allowed = [chair.person_id] if chair else await national_organisers(session)
    if viewer.person_id not in allowed:
        raise NotFound
    return vote


def _shown(
    screen: TheScreen,
    vote: VoteShown,
    typed: Typed,
    status: int = 200,
    complaints: dict[str, str] | None = None,
) -> Response:
    return screen.show(
        "pages/public/vote_tie.html",
        status,
        vote=vote,
        tied=vote.results.tied if vote.results and vote.situation.is_tied else (),
        typed=typed,
        complaints=complaints or {},
    )
