"""Moving an application to another category: what it would lack first, then the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from api.reviving import ask_of_file
from api.rights import organised_application
from domain.applications import Act, Status, moved
from domain.category_change import Change, changed, due_at, lands_in
from domain.edition import EditionTemplate
from domain.extensions import closing_for
from domain.refusals import N_, Refusal
from storage.database import Database
from storage.reads.organiser.tallies import forget
from storage.tables.applications import Application
from storage.templates import template_of

router = APIRouter()

PAGE = DESK + "/candidatures/{application_id}/categorie"
CHOOSE = N_("Choisissez la nouvelle catégorie.")
DONE = N_("La candidature a changé de catégorie. La structure en est avertie.")


@dataclass(frozen=True, slots=True)
class Mover:
    """A file and the rules of its cycle."""

    file: Application
    template: EditionTemplate

    @property
    def others(self) -> list[tuple[str, object]]:
        """The categories to which it may go."""
        return [
            (each.code, each.name)
            for each in self.template.categories
            if each.code != self.file.category
        ]

    def tried(self, category: str) -> Change:
        """What the file would be in that category."""
        return changed(self.template, category, self.file.answers, self.file.set_aside)


@router.get(PAGE)
async def show(application_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """The categories to which a file may move."""
    return _shown(screen, desk, await _mover(db, desk, application_id), uuid4())


@router.post(PAGE + "/effets")
async def try_dry(
    application_id: UUID, desk: AtDesk, form: Form, db: Db, screen: Screen
) -> Response:
    """What the file would lack there, and what would be kept aside; nothing is written."""
    mover = await _mover(db, desk, application_id)
    wrong = _wrong(mover, form)
    wrong.pop("reason", None)
    status = 422 if wrong else 200
    return _shown(screen, desk, mover, request_id_in(form), status, form, wrong, tried=not wrong)


@router.post(PAGE)
async def change(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Move the file."""
    mover = await _mover(db, desk, application_id)
    if wrong := _wrong(mover, form):
        return _shown(screen, desk, mover, request_id_in(form), 422, form, wrong)
    payload = {"category": form.get("category"), "reason": reason_in(form)}
    wish = Wish(Act.CHANGE_CATEGORY, f"application:{application_id}", request_id_in(form), payload)
    try:
        asked = await written_down(db, desk.viewer, wish)
        await ask_of_file(db, engine, application_id, Act.CHANGE_CATEGORY, asked)
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _shown(screen, desk, mover, again, 409, form, {"": refusal})
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/candidatures/{application_id}", DONE)


async def _mover(db: Database, desk: Desk, application_id: UUID) -> Mover:
    async with db.transaction() as session:
        file = await organised_application(session, desk.viewer, application_id)
        if file.cycle_id != desk.cycle.id:
            raise NotFound
        return Mover(file, await template_of(session, desk.cycle))


def _wrong(mover: Mover, form: PostedForm) -> dict[str, Refusal]:
    wrong: dict[str, Refusal] = {}
    if form.get("category") not in {code for code, _ in mover.others}:
        wrong["category"] = Refusal(CHOOSE)
    try:
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
    return wrong


def _why_not(mover: Mover) -> Refusal | None:
    try:
        moved(Status(mover.file.status), Act.CHANGE_CATEGORY)
    except Refusal as refusal:
        return refusal
    return None


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    mover: Mover,
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    wrong: Mapping[str, Refusal] | None = None,
    *,
    tried: bool = False,
) -> Response:
    file, typed = mover.file, form or PostedForm(())
    change = mover.tried(typed.get("category")) if tried else None
    before, closed = Status(file.status), _why_not(mover)
    after = lands_in(before, file.version, lacks=bool(change and change.missing))
    is_asked = after is Status.COMPLEMENTS and before is not Status.COMPLEMENTS
    closes_at = closing_for(desk.calendar, file.extended_until)
    until = due_at(closes_at, screen.now, desk.calendar.complements_within)
    return screen.show(
        "pages/organiser/category.html",
        status,
        desk=desk,
        file=file,
        category=mover.template.category(file.category),
        choices=mover.others,
        change=change,
        until=until if change and is_asked else None,
        closed=screen.say(closed.sentence, **closed.facts) if closed else "",
        typed=typed,
        request_id=request_id,
        complaints={
            field: screen.say(refusal.sentence, **refusal.facts)
            for field, refusal in (wrong or {}).items()
        },
    )
