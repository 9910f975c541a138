"""Come in by a link received by letter, and leave."""

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import (
    Asking,
    Db,
    Form,
    MaybeViewer,
    Screen,
    SettingsDep,
    form_of,
)
from api.identity.links import link_id_in, send_now, write_link
from api.identity.paths import local_path
from api.identity.sessions import forget_browser, welcome
from api.posted import PostedForm
from api.screen import Screen as TheScreen
from domain.addresses import parse_address
from domain.refusals import N_, Refusal
from settings import Settings
from storage.login_links import LINK_LASTS, KnownLink, LinkState, LinkWanted, look_at_link

router = APIRouter()

MINE = "/mon-espace"
MINUTES = LINK_LASTS.seconds // 60
# What a link that does not open answers: gone, or never was.
STATUS = {LinkState.USED: 410, LinkState.EXPIRED: 410, LinkState.UNKNOWN: 404}


@router.get("/connexion")
async def ask(screen: Screen, viewer: MaybeViewer, next: str = MINE) -> Response:  # noqa: A002  (the name in the address)
    """Ask for an address, unless somebody is signed in already."""
    target = local_path(next, MINE)
    if viewer:
        return screen.go(target)
    return screen.show("pages/sign_in/ask.html", next=target, email="")


@router.post("/connexion")
async def send(
    form: Form, screen: Screen, db: Db, engine: Asking, settings: SettingsDep
) -> Response:
    """Send a link, with the same answer whether the address is known or not."""
    target = local_path(form.get("next"), MINE)
    try:
        address = parse_address(form.get("email"))
    except Refusal as refusal:
        return _ask_again(screen, form, target, refusal)
    async with db.transaction() as session:
        wanted = LinkWanted(address, target, screen.language)
        key = await write_link(session, settings, wanted, screen.now)
    page = _sent(screen, settings, address, target)
    page.background = BackgroundTask(send_now, engine, key) if key else None
    return page


@router.get("/connexion/{token}")
async def confirm(token: str, screen: Screen, db: Db, settings: SettingsDep) -> Response:
    """Show a button: what reads our letters before their reader opens links, and presses nothing."""
    async with db.transaction() as session:
        link = await look_at_link(session, link_id_in(settings, token), screen.now)
    if screen.viewer and screen.viewer.person_id == link.person_id:
        return screen.go(link.next_path)
    if link.state is not LinkState.GOOD:
        return _refused(screen, link)
    return screen.show("pages/sign_in/confirm.html", link=link)


@router.post("/connexion/{token}")
async def come_in(
    token: str, form: Form, screen: Screen, db: Db, settings: SettingsDep
) -> Response:
    """Open a session with a link, which then opens nothing more."""
    link_id = link_id_in(settings, token)
    async with db.transaction() as session:
        link = await look_at_link(session, link_id, screen.now)
        secret = await welcome(session, link_id, form.get("name"), screen)
    if secret is None:
        return _refused(screen, link)
    response = screen.go(link.next_path)
    screen.keep_session(response, secret)
    return response


@router.post("/deconnexion")
async def leave(screen: Screen, db: Db, settings: SettingsDep) -> Response:
    """Close the session of this browser; when it is over already, there is nothing to protect."""
    if screen.viewer:
        await form_of(screen.request, settings)
    async with db.transaction() as session:
        await forget_browser(session, screen.request)
    response = screen.go("/", N_("Votre session est fermée."))
    screen.forget_session(response)
    return response


def _ask_again(screen: TheScreen, form: PostedForm, target: str, refusal: Refusal) -> Response:
    return screen.show(
        "pages/sign_in/ask.html",
        422,
        next=target,
        email=form.get("email"),
        complaints={"email": screen.say(refusal.sentence)},
    )


def _sent(screen: TheScreen, settings: Settings, address: str, target: str) -> Response:
    return screen.show(
        "pages/sign_in/sent.html",
        email=address,
        next=target,
        minutes=MINUTES,
        mailbox=settings.mailbox_port if settings.is_development else None,
    )


def _refused(screen: TheScreen, link: KnownLink) -> Response:
    status = STATUS.get(link.state, 410)
    return screen.show("pages/sign_in/refused.html", status, link=link, minutes=MINUTES)
