"""Two editions side by side."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Screen
from api.errors import NotFound
from api.pages.compared import said_changes
from api.pages.edition_rules.desk import BASE, AtRules
from domain.edition_parsing import edition_from
from domain.template_compare import compare
from storage.acts.edition_rules import rules_to_edit
from storage.reads.organiser.editions import known_editions

router = APIRouter()


@router.get(BASE + "/comparer")
async def show(desk: AtRules, db: Db, screen: Screen, avec: str = "") -> Response:
    """What this edition says otherwise than another one: the one before, unless chosen."""
    edition = desk.rules.edition
    async with db.transaction() as session:
        known = [each for each in await known_editions(session) if each.code != edition.code]
        earlier = (each.code for each in known if each.year <= edition.year)
        chosen = avec or next(earlier, "")
        other = await rules_to_edit(session, chosen) if chosen else None
    if avec and other is None:
        raise NotFound
    changes = (
        compare(edition_from(other.template.document), edition_from(desk.document), edition.year)
        if other
        else ()
    )
    return screen.show(
        "pages/edition_rules/compare.html",
        desk=desk,
        known=[(each.code, f"{each.name} ({each.code})") for each in known],
        other=other,
        changes=said_changes(changes, screen.language),
    )
