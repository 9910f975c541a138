"""What the service keeps of the viewer: to read, to take away, to correct, to have erased."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Form, Screen, SignedInViewer, Viewer
from api.pages.my_data_words import MOST_SHOWN, shown
from api.screen import LANGUAGE_COOKIE
from api.screen import Screen as TheScreen
from domain.erasure import HOLDS
from domain.refusals import N_
from domain.texts import Language
from storage.acts.erasing import erase
from storage.acts.holding import holds_on
from storage.database import Database
from storage.identity import LONGEST_NAME, call_oneself, close_other_sessions
from storage.reads.my_data import my_data

router = APIRouter(prefix="/mes-donnees")

HOME, ERASING = "pages/my_data/home.html", "pages/my_data/erase.html"
CLOSED = N_("Les autres connexions sont fermées : %(count)s.")
NONE_OPEN = N_("Aucune autre connexion n’était ouverte.")
NO_STORE = {"Cache-Control": "no-store"}
TOO_LONG = N_("Ce nom est trop long : %(limit)s caractères au plus.")


@router.get("")
async def show(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """Everything that is kept of the viewer, on one page."""
    async with db.transaction() as session:
        kept = await my_data(session, viewer.person_id)
    return _page(screen, kept)


@router.get("/telecharger")
async def download(viewer: SignedInViewer, db: Db) -> Response:
    """The same, whole, as a JSON document."""
    async with db.transaction() as session:
        kept = await my_data(session, viewer.person_id)
    return Response(
        json.dumps(kept, ensure_ascii=False, indent=2, default=str),
        media_type="application/json",
        headers=NO_STORE | {"Content-Disposition": 'attachment; filename="mes-donnees.json"'},
    )


@router.post("")
async def correct(viewer: SignedInViewer, form: Form, db: Db, screen: Screen) -> Response:
    """Correct the name by which letters and colleagues call the viewer, and their language."""
    name = " ".join(form.get("name").split())
    language = form.get("language")
    if len(name) > LONGEST_NAME:
        async with db.transaction() as session:
            kept = await my_data(session, viewer.person_id)
        said = screen.say(TOO_LONG, limit=LONGEST_NAME)
        return _page(screen, kept, {"name": said}, name=name)
    async with db.transaction() as session:
        chosen = language if language in {*Language} else viewer.language
        await call_oneself(session, viewer.person_id, name=name, language=chosen)
    response = screen.go("/mes-donnees", N_("C’est corrigé."))
    # What was chosen for this browser alone would win over what was just chosen for everywhere.
    response.delete_cookie(LANGUAGE_COOKIE)
    return response


@router.post("/connexions")
async def close_others(viewer: SignedInViewer, form: Form, db: Db, screen: Screen) -> Response:  # noqa: ARG001  (asked for, so that its token is checked)
    """Sign the viewer out everywhere but here."""
    async with db.transaction() as session:
        count = await close_other_sessions(session, viewer.person_id, viewer.session)
    return screen.go("/mes-donnees", CLOSED if count else NONE_OPEN, count=count)


@router.get("/effacement")
async def ask(viewer: SignedInViewer, db: Db, screen: Screen) -> Response:
    """What is erased and what stays, or what is to be settled first."""
    return await _before_erasing(viewer, db, screen)


@router.post("/effacement")
async def erase_me(viewer: SignedInViewer, form: Form, db: Db, screen: Screen) -> Response:
    """Erase the viewer for good, if nobody counts on them."""
    typed = form.get("address").strip().casefold()
    if typed != viewer.email.casefold():
        said = screen.say(N_("Tapez l’adresse de ce compte, telle qu’elle est écrite ci-dessus."))
        return await _before_erasing(viewer, db, screen, typed=typed, error=said)
    async with db.transaction() as session:
        holds = await holds_on(session, viewer.person_id)
        if not holds:
            await erase(session, viewer.person_id)
    if holds:
        return await _before_erasing(viewer, db, screen, typed=typed)
    response = screen.go("/", N_("Vos données sont effacées, et votre session est fermée."))
    screen.forget_session(response)
    return response


def _page(
    screen: TheScreen,
    kept: Mapping[str, list[dict[str, Any]]],
    complaints: Mapping[str, str] | None = None,
    **typed: str,
) -> Response:
    (person,) = kept["person"]
    response = screen.show(
        HOME,
        422 if complaints else 200,
        person=person | typed,
        parts=tuple(shown(kept, screen.say)),
        most=MOST_SHOWN,
        complaints=complaints or {},
    )
    response.headers.update(NO_STORE)
    return response


async def _before_erasing(
    viewer: Viewer, db: Database, screen: TheScreen, *, typed: str = "", error: str = ""
) -> Response:
    async with db.transaction() as session:
        holds = await holds_on(session, viewer.person_id)
    return screen.show(
        ERASING,
        422 if error else 409 if typed else 200,
        email=viewer.email,
        holds=[HOLDS[each] for each in holds],
        typed=typed,
        complaints={"address": error} if error else {},
    )
