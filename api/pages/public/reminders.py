"""Doing without reminders, by the link in the header of a letter, and having them again."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from activities.letters.unsubscribing import PATH, path_for, person_in
from api.dependencies import Db, Form, Screen, SettingsDep, SignedInViewer
from api.errors import NotFound
from domain.refusals import N_
from storage.drafts.reminders import do_without, has_none, have_again

router = APIRouter()

BACK = N_("Vous recevez de nouveau les rappels.")


@router.get(PATH.rstrip("/"))
async def mine(viewer: SignedInViewer, settings: SettingsDep) -> Response:
    """The page of whoever is signed in, whose letter is not at hand."""
    return RedirectResponse(path_for(settings, viewer.person_id), 303)


@router.get(PATH + "{token}")
async def show(token: str, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Where this person stands; looking changes nothing, as mail programs look too."""
    person = _person(settings, token)
    async with db.transaction() as session:
        is_off = await has_none(session, person)
    if is_off is None:
        raise NotFound
    return screen.show("pages/public/reminders.html", is_off=is_off)


@router.post(PATH + "{token}")
async def stop(token: str, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Stop them at once, as a mail program asks without a form of ours: the token is the right to."""
    person = _person(settings, token)
    async with db.transaction() as session:
        if not await do_without(session, person, person):
            raise NotFound
    return screen.show("pages/public/reminders.html", is_off=True)


@router.post(PATH + "{token}/reprendre")
async def again(token: str, _form: Form, db: Db, screen: Screen, settings: SettingsDep) -> Response:
    """Have them again."""
    person = _person(settings, token)
    async with db.transaction() as session:
        if not await have_again(session, person, person):
            raise NotFound
    return screen.go(PATH + token, BACK)


def _person(settings: SettingsDep, token: str) -> UUID:
    person = person_in(settings, token)
    if person is None:
        raise NotFound
    return person
