"""Second readings: how many, what they are expected to bring, then one act that deals them."""

from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import Wish, next_request_id, reason_in, request_id_in, written_down
from api.pages.organiser.desk import DESK, AtDesk, Desk
from domain.dealing import check_repair
from domain.refusals import N_, Refusal
from storage.acts.second_readings import Undecided, proposed
from storage.database import Database
from storage.reads.organiser.repairing import repair_preview
from storage.reads.organiser.tallies import forget
from storage.templates import template_of

router = APIRouter()

PAGE = DESK + "/attribution/secondes-lectures"
ORDERED = N_("Les secondes lectures sont attribuées. Les jurés concernés reçoivent une lettre.")
NOTHING = N_("Choisissez au moins une catégorie.")


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The undecided files by category, without a mark: nobody sees one before the ranking is frozen."""
    return await _tried(screen, db, desk, uuid4())


@router.post(PAGE)
async def order(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Order them for the categories that were ticked, as the repair deals them now."""
    try:
        check_repair(desk.phase)
        reason = reason_in(form)
        ticked = set(form.getlist("category"))
        async with db.transaction() as session:
            found = await proposed(session, desk.cycle)
            files = _chosen(found, ticked)
            key = (await repair_preview(session, desk.cycle, [], files)).key
        payload = {"leaving": [], "key": key, "reserve": False, "reason": reason, "second": files}
        wish = Wish("repair_deal", f"cycle:{desk.cycle.id}", request_id_in(form), payload)
        asked = await written_down(db, desk.viewer, wish)
        await engine.repair_deal(desk.cycle.code, asked)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        again = next_request_id(form, refusal)
        return await _tried(screen, db, desk, again, form.get("reason"), said)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/attribution", ORDERED)


def _chosen(found: Iterable[Undecided], ticked: Collection[str]) -> list[str]:
    files = sorted(file for each in found if each.category in ticked for file in each.files)
    if not files:
        raise Refusal(NOTHING)
    return files


async def _tried(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    db: Database,
    desk: Desk,
    request_id: UUID,
    reason: str = "",
    complaints: dict[str, str] | None = None,
) -> Response:
    said = complaints or {}
    found: tuple[Undecided, ...] = ()
    preview = None
    async with db.transaction() as session:
        template = await template_of(session, desk.cycle)
        try:
            check_repair(desk.phase)
            found = await proposed(session, desk.cycle)
            files = [file for each in found for file in each.files]
            preview = await repair_preview(session, desk.cycle, [], files) if files else None
        except Refusal as refusal:
            said = said or {"": screen.say(refusal.sentence, **refusal.facts)}
    return screen.show(
        "pages/organiser/dealing/second.html",
        409 if said else 200,
        desk=desk,
        found=found,
        preview=preview,
        names={each.code: each.name for each in template.categories},
        request_id=request_id,
        reason=reason,
        complaints=said,
    )
