"""The conflicts of a jury: those to decide, those that stand, those put aside, each with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.pages.organiser.asking import (
    Wish,
    next_request_id,
    reason_in,
    request_id_in,
    uuid_in,
    written_down,
)
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.posted import PostedForm
from domain.conflicts import (
    SIGN_NAMES,
    SOURCE_NAMES,
    STANDING_NAMES,
    TIE_NAMES,
    Sign,
    Source,
    Standing,
    TieKind,
)
from domain.phases import ACTS_IN, CycleAct
from domain.refusals import N_, Refusal
from domain.wire.cycle import AskOfCycle
from storage.acts.detecting import detect_conflicts
from storage.database import Database
from storage.reads.organiser.conflicts import (
    ConflictLine,
    conflict_page,
    file_numbered,
    jurors_who_sit,
)
from storage.reads.organiser.tallies import forget

router = APIRouter()

PAGE = DESK + "/conflits"
DECISIONS = {"confirmer": Standing.CONFIRMED, "ecarter": Standing.DISMISSED}
FINAL = frozenset({Source.JUROR, Source.BELOW})
DONE = {
    Standing.CONFIRMED: N_("Le lien est confirmé : cette personne ne lit pas ce dossier."),
    Standing.DISMISSED: N_("Le lien est écarté. Il reste au journal, avec votre motif."),
}
LOOKED = N_("Recherche faite. Liens nouveaux : %(count)s.")
CHOOSE_JUROR = N_("Choisissez la personne concernée.")
CHOOSE_FILE = N_("Aucun dossier du cycle ne porte ce numéro ou ce SIRET seul.")
CHOOSE_TIE = N_("Dites de quel lien il s'agit.")
CHOOSE_DECISION = N_("Dites si le lien est confirmé ou écarté.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows again after a form that was refused, and beside which conflict."""

    request_id: UUID
    standing: Standing | None = None
    page: int = 1
    form: PostedForm = field(default_factory=lambda: PostedForm(()))
    about: UUID | None = None
    wrong: Mapping[str, Refusal] = field(default_factory=dict[str, Refusal])


@router.get(PAGE)
async def show(desk: AtDesk, db: Db, screen: Screen, etat: str = "", page: int = 1) -> Response:
    """Those of one standing, or all, those to decide first."""
    return await _shown(screen, desk, db, Shown(uuid4(), _standing(etat), page))


@router.post(PAGE)
async def add(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Write down a conflict that the organiser learnt of: it closes the file to that juror."""
    juror = uuid_in(form.get("juror"))
    async with db.transaction() as session:
        seats = {each for each, _, _ in await jurors_who_sit(session, desk.cycle.id)}
        file = await file_numbered(session, desk.cycle.id, form.get("file"))
    wrong: dict[str, Refusal] = {}
    if juror not in seats:
        wrong["juror"] = Refusal(CHOOSE_JUROR)
    if file is None:
        wrong["file"] = Refusal(CHOOSE_FILE)
    if form.get("tie") not in set(TieKind):
        wrong["tie"] = Refusal(CHOOSE_TIE)
    payload: dict[str, object] = {
        "juror": str(juror),
        "application": str(file),
        "tie": form.get("tie"),
        "standing": Standing.CONFIRMED,
    }
    return await _decided(screen, desk, (db, engine), form, payload, wrong)


@router.post(PAGE + "/recherche")
async def look(
    desk: AtDesk,
    form: Form,  # noqa: ARG001  (the form is checked)
    db: Db,
    screen: Screen,
) -> Response:
    """Look for what nobody declared, now."""
    async with db.transaction() as session:
        count = await detect_conflicts(session, desk.cycle)
    return screen.go(f"{desk.base}/conflits", LOOKED, count=count)


@router.post(PAGE + "/{conflict_id}")
async def decide(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    conflict_id: UUID, desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen
) -> Response:
    """Confirm it, or put it aside; the other decision undoes it."""
    standing = DECISIONS.get(form.get("decision"))
    wrong = {} if standing else {"decision": Refusal(CHOOSE_DECISION)}
    payload: dict[str, object] = {"conflict": str(conflict_id), "standing": standing}
    return await _decided(screen, desk, (db, engine), form, payload, wrong)


async def _decided(  # noqa: PLR0913, PLR0917  (who, what, and the parts that take part)
    screen: Screen,
    desk: Desk,
    parts: tuple[Database, Asking],
    form: PostedForm,
    payload: Mapping[str, object],
    wrong: dict[str, Refusal],
) -> Response:
    db, engine = parts
    about = uuid_in(str(payload.get("conflict", "")))
    etat = _standing(form.get("etat"))
    try:
        reason = reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
        reason = ""
    if wrong:
        again = Shown(request_id_in(form), etat, 1, form, about, wrong)
        return await _shown(screen, desk, db, again, 422)
    act = CycleAct.JUDGE_CONFLICT
    wish = Wish(act, f"cycle:{desk.cycle.id}", request_id_in(form), {**payload, "reason": reason})
    try:
        asked = await written_down(db, desk.viewer, wish)
        await engine.ask_cycle(desk.cycle.code, AskOfCycle(act, asked.request, asked.arrived_at))
    except Refusal as refusal:
        again = Shown(next_request_id(form, refusal), etat, 1, form, about, {"": refusal})
        return await _shown(screen, desk, db, again, 409)
    forget(desk.cycle.id)
    return screen.go(f"{desk.base}/conflits", DONE[Standing(str(payload["standing"]))])


def _standing(typed: str) -> Standing | None:
    return Standing(typed) if typed in set(Standing) else None


def _is_certain(line: ConflictLine) -> bool:
    return line.source in FINAL or line.sign == Sign.SAME_SIREN


async def _shown(
    screen: Screen, desk: Desk, db: Database, shown: Shown, status: int = 200
) -> Response:
    async with db.transaction() as session:
        page = await conflict_page(session, desk.cycle.id, shown.standing, shown.page)
        jurors = await jurors_who_sit(session, desk.cycle.id)
    said = {
        name: screen.say(refusal.sentence, **refusal.facts) for name, refusal in shown.wrong.items()
    }
    return screen.show(
        "pages/organiser/conflicts.html",
        status,
        desk=desk,
        page=page,
        standing=shown.standing,
        standings=STANDING_NAMES,
        sources=SOURCE_NAMES,
        ties=TIE_NAMES,
        signs=SIGN_NAMES,
        is_certain=_is_certain,
        may_decide=desk.phase in ACTS_IN[CycleAct.JUDGE_CONFLICT],
        jurors=[(str(each), f"{name} ({at})" if at else name) for each, name, at in jurors],
        tie_choices=[(each.value, screen.say(name)) for each, name in TIE_NAMES.items()],
        request_id=shown.request_id,
        fresh_id=uuid4,
        about=shown.about,
        typed=shown.form,
        complaints=said,
    )
