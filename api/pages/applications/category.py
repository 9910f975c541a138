"""Another category for a draft: what that would ask first, then the change, as often as one likes."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.desk import Desk, Work
from api.pages.applications.paths import home_of, page_of
from api.pages.applications.work import pen_refusal
from domain.category_change import SENT_ALREADY, UNKNOWN, more_asked
from domain.refusals import N_, Refusal
from storage.drafts.own_category import change_own_category
from storage.drafts.pen import Pen
from storage.tables.applications import Application

router = APIRouter()

PAGE = "/candidatures/{application_id}/categorie"
DONE = N_("Votre brouillon a changé de catégorie. Relisez ce qu'elle demande, puis envoyez.")


@router.get(PAGE)
async def show(application_id: UUID, desk: Desk) -> Response:
    """The categories to which the draft may move."""
    return await _show(desk, await desk.work(application_id))


@router.post(PAGE + "/effets")
async def try_dry(application_id: UUID, form: Form, desk: Desk) -> Response:
    """What the draft would lack there, and what would be kept aside; nothing is written."""
    work, wanted = await desk.work(application_id), form.get("category")
    if wanted not in {code for code, _ in _choices(work)}:
        return await _show(desk, work, wanted, {"category": Refusal(UNKNOWN)}, 422)
    return await _show(desk, work, wanted, tried=True)


@router.post(PAGE)
async def change(application_id: UUID, form: Form, desk: Desk) -> Response:
    """Move the draft."""
    work, wanted = await desk.work(application_id), form.get("category")
    try:
        async with desk.db.transaction() as session:
            pen = Pen(work.id, desk.viewer.person_id, desk.now)
            await change_own_category(session, pen, wanted)
    except Refusal as refusal:
        is_unknown = refusal.sentence == UNKNOWN
        where = "category" if is_unknown else ""
        return await _show(desk, work, wanted, {where: refusal}, 422 if is_unknown else 409)
    return desk.screen.go(home_of(work.id), DONE)


def _choices(work: Work) -> list[tuple[str, object]]:
    return [
        (each.code, each.name)
        for each in work.template.categories
        if each.code != work.category.code
    ]


def _why_not(desk: Desk, work: Work) -> Refusal | None:
    return Refusal(SENT_ALREADY) if work.version else pen_refusal(work, desk.now)


async def _show(  # noqa: PLR0913  (what a page that failed shows again)
    desk: Desk,
    work: Work,
    wanted: str = "",
    complaints: dict[str, Refusal] | None = None,
    status: int = 200,
    *,
    tried: bool = False,
) -> Response:
    refused = _why_not(desk, work)
    change = None
    if tried:
        async with desk.db.transaction() as session:
            row = await session.get_one(Application, work.id)
            change = more_asked(
                work.template, work.category.code, wanted, row.answers, row.set_aside
            )
    return desk.screen.show(
        "pages/applications/category.html",
        status,
        work=work,
        home=home_of(work.id),
        url=page_of(work.id, "categorie"),
        choices=_choices(work),
        change=change,
        wanted=wanted,
        refused=desk.say(refused) if refused else "",
        complaints=desk.said(complaints or {}),
    )
