"""The five roles: who is named comes in, and is told so by letter."""

from collections.abc import Mapping

from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.parts import PartPage, View, routes_of
from api.pages.charter.company.paths import ROLES
from api.posted import PostedForm
from domain.charter.sheet import ROLE_BOXES, role_box
from storage.drafts.adherence_people import bring_in

SAME = "same"


def _boxes(file: File) -> tuple[str, ...]:
    return tuple(role_box(role.code, box) for role in file.charter.roles for box in ROLE_BOXES)


def _may_be_one(file: File) -> bool:
    return file.size in file.charter.one_person_may_hold_all


def _on_save(form: PostedForm, file: File, typed: dict[str, str]) -> dict[str, str]:
    """The head holds every role, where it may and says so."""
    if form.get(SAME) != "yes" or not _may_be_one(file):
        return typed
    head = file.charter.signatory.code
    return {
        role_box(role.code, box): typed[role_box(head, box)]
        for role in file.charter.roles
        for box in ROLE_BOXES
    }


async def _once_saved(desk: Desk, file: File) -> tuple[str, ...]:
    async with desk.db.transaction() as session:
        return await bring_in(session, desk.hand(file))


def _context(_: Desk, view: View) -> Mapping[str, object]:
    return {"may_be_one": _may_be_one(view.file), "same": SAME}


router = routes_of(
    PartPage(
        ROLES,
        "pages/charter/company/roles.html",
        _boxes,
        _context,
        on_save=_on_save,
        once_saved=_once_saved,
    )
)
