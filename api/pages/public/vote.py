"""The public favourite: among whom one votes, a choice with an address, and later the results."""

from uuid import UUID

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.public.vote_links import send_now, write_link
from api.pages.request_ids import uuid_in
from api.posted import PostedForm
from api.screen import Screen as TheScreen
from domain.addresses import parse_address
from domain.refusals import N_, Refusal
from domain.votes import takes_a_voice
from domain.votes_mailbox import Voter, voter_of
from domain.votes_order import shuffled
from settings import Settings
from storage.acts.voices import SHUT, now_in
from storage.reads.votes import Candidate, VoteShown, public_vote, vote_of, votes_listed

router = APIRouter()

CHOOSE = N_("Choisissez un lauréat.")
TOO_OFTEN = 429


@router.get("/vote")
async def index(db: Db, screen: Screen) -> Response:
    """The votes of the editions; the only one that is open is shown at once."""
    async with db.transaction() as session:
        listed = await votes_listed(session)
    return screen.show("pages/public/votes_index.html", votes=listed)


@router.get("/vote/{edition}")
async def show(edition: str, db: Db, screen: Screen) -> Response:
    """The candidates of a vote, in the visitor's own order; before or after it, its dates."""
    async with db.transaction() as session:
        vote = await _vote(session, edition)
    return _shown(screen, vote)


@router.post("/vote/{edition}")
async def choose(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str, form: Form, db: Db, engine: Asking, screen: Screen, settings: SettingsDep
) -> Response:
    """Send a link that confirms a choice; the same answer whatever the address has done before."""
    async with db.transaction() as session:
        vote = await _vote(session, edition)
    candidate = uuid_in(form.get("candidate"))
    wrong = {} if candidate in _ids(vote) else {"candidate": CHOOSE}
    return await _ask(db, engine, screen, settings, vote, form, candidate, wrong)


@router.get("/vote/{edition}/retrait")
async def show_withdrawal(edition: str, db: Db, screen: Screen) -> Response:
    """Take one's voice back: an address, and a link by letter."""
    async with db.transaction() as session:
        vote = await _vote(session, edition)
    return _shown(screen, vote, page="vote_withdrawal")


@router.post("/vote/{edition}/retrait")
async def withdraw(  # noqa: PLR0913, PLR0917  (what a handler needs, by dependency)
    edition: str, form: Form, db: Db, engine: Asking, screen: Screen, settings: SettingsDep
) -> Response:
    """Send a link that takes a voice back, whether there is one or not."""
    async with db.transaction() as session:
        vote = await _vote(session, edition)
    return await _ask(db, engine, screen, settings, vote, form, None, {}, "vote_withdrawal")


async def _ask(  # noqa: PLR0913, PLR0917  (who answers, of which vote, what was typed, what is wrong)
    db: Db,
    engine: Asking,
    screen: TheScreen,
    settings: Settings,
    vote: VoteShown,
    form: PostedForm,
    candidate: UUID | None,
    wrong: dict[str, str],
    page: str = "vote",
) -> Response:
    try:
        address = parse_address(form.get("email"))
    except Refusal as refusal:
        wrong, address = wrong | {"email": refusal.sentence}, ""
    if wrong:
        return _shown(screen, vote, form, wrong, 422, page)
    try:
        key = await _written(db, screen, settings, vote, address, candidate)
    except Refusal as refusal:
        status = 409 if refusal.sentence == SHUT else TOO_OFTEN
        return _shown(screen, vote, form, {"": refusal.sentence}, status, page)
    sent = screen.show(
        "pages/public/vote_sent.html",
        vote=vote,
        email=address,
        withdraws=candidate is None,
        mailbox=settings.mailbox_port if settings.is_development else None,
    )
    sent.background = BackgroundTask(send_now, engine, key) if key else None
    return sent


async def _written(  # noqa: PLR0913, PLR0917  (who votes for whom, in which vote)
    db: Db,
    screen: TheScreen,
    settings: Settings,
    shown: VoteShown,
    address: str,
    candidate: UUID | None,
) -> str | None:
    async with db.transaction() as session:
        found = await vote_of(session, shown.id)
        if found is None:
            raise NotFound
        vote, edition = found
        # A link that could not be used any more would only mislead.
        if not takes_a_voice(shown.situation, await now_in(session)):
            raise Refusal(SHUT)
        voter = _voter(screen, settings, shown, address)
        return await write_link(
            session, settings, vote, edition, voter, candidate, address, screen.language
        )


def _voter(screen: TheScreen, settings: Settings, vote: VoteShown, address: str) -> Voter:
    client = screen.request.client
    key = settings.secret_key.get_secret_value()
    return voter_of(key, str(vote.id), address, client.host if client else "")


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: TheScreen,
    vote: VoteShown,
    form: PostedForm | None = None,
    wrong: dict[str, str] | None = None,
    status: int = 200,
    page: str = "vote",
) -> Response:
    return screen.show(
        f"pages/public/{page}.html",
        status,
        vote=vote,
        candidates=_in_order(screen, vote),
        is_open=takes_a_voice(vote.situation, screen.now),
        chosen=form.get("candidate") if form else "",
        email=form.get("email") if form else "",
        complaints={name: screen.say(sentence) for name, sentence in (wrong or {}).items()},
    )


def _in_order(screen: TheScreen, vote: VoteShown) -> tuple[Candidate, ...]:
    known = {each.id: each for each in vote.standing}
    return tuple(known[each] for each in shuffled(known, screen.visitor))


def _ids(vote: VoteShown) -> set[UUID | None]:
    return {UUID(each.id) for each in vote.standing}


async def _vote(session: AsyncSession, edition: str) -> VoteShown:
    vote = await public_vote(session, edition)
    if vote is None:
        raise NotFound
    return vote
