"""Doubting a file that was admitted: say why, let its company answer, then keep it or take it out."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.dependencies import Asking, Db, Form, Screen, SettingsDep
from api.errors import NotFound
from api.pages.applications.files import HEADERS
from api.pages.doubt_pieces import FIELD, keep_piece, let_pieces_go
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.applications import Act, Status
from domain.attachments import TooHeavy
from domain.edition import EditionTemplate
from domain.final_files import Entry
from domain.ineligibility import STEP_NAMES, USUAL_DAYS, DoubtStep, may_be_doubted, reply_until
from domain.refusals import N_, Refusal
from domain.wire.application import AskOfApplication
from storage.database import Database
from storage.drafts.attachments import path_of
from storage.drafts.doubt_pieces import Joining
from storage.reads.doubts import DoubtShown, doubts_about, piece_of
from storage.reads.organiser.application import ApplicationFile, application_file
from storage.reads.organiser.tallies import forget
from storage.tables.applications import Application
from storage.templates import template_of

router = APIRouter()

PAGE = DESK + "/candidatures/{application_id}/recevabilite"
ACTS = {"ouvrir": Act.DOUBT, "lever": Act.DROP_DOUBT, "exclure": Act.EXCLUDE}
DONE = {
    Act.DOUBT: N_("Le doute est ouvert. La structure en est avertie, avec la date pour répondre."),
    Act.DROP_DOUBT: N_(
        "Le doute est levé : la candidature reste recevable. La structure l'apprend."
    ),
    Act.EXCLUDE: N_("La candidature n'est plus recevable. La structure reçoit votre motif."),
}
TONES = {
    DoubtStep.OPEN: "attention",
    DoubtStep.REPLIED: "attention",
    DoubtStep.DROPPED: "good",
    DoubtStep.CONFIRMED: "danger",
}
Complaints = dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A file, what was doubted about it, and the rules of its cycle."""

    file: ApplicationFile
    entry: Entry
    doubts: tuple[DoubtShown, ...]
    template: EditionTemplate

    @property
    def pending(self) -> DoubtShown | None:
        """The doubt that waits for somebody, unless the file left by itself meanwhile."""
        is_there = self.file.status is Status.ADMITTED
        return next((each for each in self.doubts if is_there and each.is_pending), None)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of the page held, and which form it was."""

    request_id: UUID
    act: Act | None = None
    form: PostedForm = field(default_factory=lambda: PostedForm(()))


@router.get(PAGE)
async def show(application_id: UUID, desk: AtDesk, db: Db, screen: Screen) -> Response:
    """What was doubted, what was answered, and what may be done now."""
    return _shown(screen, desk, await _read(db, desk, application_id), Typed(uuid4()))


@router.get(PAGE + "/pieces/{piece_id}")
async def open_piece(
    application_id: UUID, piece_id: UUID, desk: AtDesk, db: Db, settings: SettingsDep
) -> Response:
    """Hand over a piece that either side sent."""
    read = await _read(db, desk, application_id)
    async with db.transaction() as session:
        piece = await piece_of(session, read.file.id, piece_id)
    path = path_of(settings.uploads, piece_id)
    if piece is None or not path.exists():
        raise NotFound
    return FileResponse(path, media_type=piece.media_type, filename=piece.name, headers=HEADERS)


@router.post(PAGE + "/{wanted}")
async def act(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    application_id: UUID,
    wanted: str,
    desk: AtDesk,
    form: Form,
    db: Db,
    engine: Asking,
    screen: Screen,
    settings: SettingsDep,
) -> Response:
    """Open a doubt, lift it, or take the file out, with the words that the company will read."""
    asked = ACTS.get(wanted)
    if asked is None:
        raise NotFound
    read, typed = await _read(db, desk, application_id), Typed(request_id_in(form), asked, form)
    wrong = _complaints(screen, asked, form)
    if wrong:
        return _shown(screen, desk, read, typed, 422, wrong)
    joining = Joining(read.file.id, asked, typed.request_id, desk.viewer.person_id)
    try:
        pieces = await keep_piece(db, settings.uploads, joining, form)
    except Refusal as refusal:
        said = {FIELD: screen.say(refusal.sentence, **refusal.facts)}
        return _shown(screen, desk, read, typed, _status_of(refusal), said)
    payload = _payload(asked, form, read) | {"pieces": list(pieces)}
    try:
        wish = Wish(asked, f"application:{read.file.id}", typed.request_id, payload)
        written = await written_down(db, desk.viewer, wish)
        ask = AskOfApplication(asked, written.request, written.arrived_at)
        await engine.ask_application(str(read.file.id), ask)
    except Refusal as refusal:
        again = Typed(next_request_id(form, refusal), asked, form)
        if again.request_id != typed.request_id:
            await let_pieces_go(db, settings.uploads, joining)
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return _shown(screen, desk, await _read(db, desk, application_id), again, 409, said)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/candidatures/{read.file.id}/recevabilite", DONE[asked])


def _status_of(refusal: Refusal) -> int:
    return 413 if isinstance(refusal, TooHeavy) else 422


def _payload(asked: Act, form: PostedForm, read: Read) -> dict[str, object]:
    said: dict[str, object] = {"reason": reason_in(form)}
    if asked is Act.DOUBT:
        known = {rule.code for rule in read.template.rules}
        rules = [code for code in form.getlist("rules") if code in known]
        return said | {"rules": rules, "days": int(form.get("days"))}
    rules = list(read.pending.rules) if read.pending else []
    return said | ({"rules": rules} if asked is Act.EXCLUDE else {})


def _complaints(screen: Screen, asked: Act, form: PostedForm) -> Complaints:
    wrong: Complaints = {}
    try:
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = screen.say(refusal.sentence, **refusal.facts)
    if asked is not Act.DOUBT:
        return wrong
    days = form.get("days").strip()
    try:
        reply_until(screen.now, int(days) if days.isascii() and days.isdigit() else 0)
    except (Refusal, ValueError, OverflowError):
        wrong["days"] = screen.say(N_("Écrivez un nombre de jours, de 2 à 30."))
    return wrong


async def _read(db: Database, desk: Desk, application_id: UUID) -> Read:
    async with db.transaction() as session:
        file = await application_file(session, desk.cycle.id, application_id)
        if file is None:
            raise NotFound
        row = await session.get_one(Application, application_id)
        doubts = await doubts_about(session, application_id)
        return Read(file, Entry(row.entry), doubts, await template_of(session, desk.cycle))


def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    read: Read,
    typed: Typed,
    status: int = 200,
    complaints: Complaints | None = None,
) -> Response:
    is_admitted = read.file.status is Status.ADMITTED
    pending = read.pending
    return screen.show(
        "pages/organiser/doubting.html",
        status,
        desk=desk,
        file=read.file,
        here=f"{desk.base}/candidatures/{read.file.id}/recevabilite",
        doubts=read.doubts,
        pending=pending,
        may_doubt=is_admitted and not pending and may_be_doubted(desk.phase, read.entry),
        may_decide=pending is not None and pending.may_be_decided(screen.now),
        rules={rule.code: rule.name for rule in read.template.rules},
        rule_choices=[(rule.code, rule.name) for rule in read.template.rules],
        names=STEP_NAMES,
        tones=TONES,
        usual_days=USUAL_DAYS,
        request_id=typed.request_id,
        typed=typed.form,
        act=typed.act,
        complaints=complaints or {},
    )
