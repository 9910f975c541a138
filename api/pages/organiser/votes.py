"""The favourite votes on the national organiser's desk: which editions have one."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SignedInViewer
from api.errors import NotFound
from api.rights import check_organises_everything
from domain.refusals import N_, Refusal
from domain.votes import NAMES
from domain.wire.vote import RunVote
from storage.acts.vote_following import window_of
from storage.acts.votes import prepare_vote, situation_of
from storage.reads.organiser.editions import (
    edition_called,
    known_editions,
    template_of_edition,
)
from storage.reads.votes import votes_listed

router = APIRouter()

LIST = "/organisation/vote"
PREPARED = N_("Le vote est préparé, aux dates de l'édition. Il s'ouvrira de lui-même.")


@router.get(LIST)
async def index(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Every edition, with its vote or the way to prepare it."""
    check_organises_everything(viewer)
    async with db.transaction() as session:
        editions = await known_editions(session)
        votes = {each.edition: each.situation for each in await votes_listed(session)}
    return screen.show("pages/organiser/votes.html", editions=editions, votes=votes, phases=NAMES)


@router.post(LIST + "/{edition}/preparer")
async def prepare(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str,
    viewer: SignedInViewer,
    form: Form,  # noqa: ARG001  (asked for its check: the form is one that we gave)
    db: Db,
    engine: Asking,
    screen: Screen,
) -> Response:
    """Write the vote of an edition down, then start it; the same form twice prepares one vote."""
    check_organises_everything(viewer)
    async with db.transaction() as session:
        found = await edition_called(session, edition)
        if found is None:
            raise NotFound
        template = await template_of_edition(session, found)
        window = await window_of(session, found, template)
        vote = await prepare_vote(session, found, template, viewer.person_id, window)
    base = f"{LIST}/{found.code}"
    if vote is None:
        return screen.go(base)
    try:
        await engine.run_vote(found.code, RunVote(str(vote.id), situation_of(vote)))
    except Refusal as refusal:
        return screen.go(base, refusal.sentence, "info", **refusal.facts)
    return screen.go(base, PREPARED)
