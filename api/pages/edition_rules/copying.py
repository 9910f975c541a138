"""Copying the rules of an edition to another year."""

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Db, Form, Screen
from api.pages.edition_rules.desk import BASE, AtRules, RulesDesk
from domain.mistakes import Mistake
from domain.refusals import N_, Refusal
from storage.acts.edition_rules import copy_edition

router = APIRouter()
PAGE = BASE + "/copier"
NO_YEAR = N_("Indiquez une année en quatre chiffres, par exemple 2027.")


@router.get(PAGE)
async def show(desk: AtRules, screen: Screen) -> Response:
    """To which year."""
    return _page(desk, screen, str(desk.rules.edition.year + 1))


@router.post(PAGE)
async def copy(desk: AtRules, form: Form, db: Db, screen: Screen) -> Response:
    """Open that year on the same rules, then change them there."""
    typed = form.get("year").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) == len("2027")):
        return _page(desk, screen, typed, Refusal(NO_YEAR), 422)
    try:
        async with db.transaction() as session:
            edition = await copy_edition(session, desk.rules, int(typed), desk.viewer.person_id)
            code = edition.code
    except Refusal as refusal:
        return _page(desk, screen, typed, refusal, 422 if isinstance(refusal, Mistake) else 409)
    return screen.go(
        f"/organisation/editions/{code}/reglement/modifier",
        N_("Le règlement est copié. Changez ici ce qui change cette année-là."),
    )


def _page(
    desk: RulesDesk, screen: Screen, typed: str, wrong: Refusal | None = None, status: int = 200
) -> Response:
    complaints = {"year": screen.say(wrong.sentence, **wrong.facts)} if wrong else {}
    return screen.show(
        "pages/edition_rules/copy.html", status, desk=desk, year=typed, complaints=complaints
    )
