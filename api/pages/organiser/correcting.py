"""Proposing a correction of a palmarès: what, in which category, which file, and the public reason."""

from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Asking, Db, Form, Screen
from api.errors import NotFound
from api.pages.organiser.asking import reason_in, request_id_in, short_enough, uuid_in
from api.pages.organiser.desk import DESK, AtDesk, Desk
from api.pages.public.documents import PublishedCategory, palmares_in
from api.posted import PostedForm
from domain.corrections import KIND_NAMES, CorrectionKind, check_correctable
from domain.refusals import N_, Refusal, Unanswered
from domain.wire.correction import RunCorrection
from storage.acts.corrections import TAKES_A_PLACE, latest_of
from storage.database import Database
from storage.drafts.corrections import propose
from storage.reads.organiser.corrections import candidates_in
from storage.tables.corrections import Correction

router = APIRouter()

PAGE = DESK + "/corrections/nouvelle"
# The words that are read as a name or a title, on one line.
LONGEST_NAME = 200
PROPOSED = N_(
    "La correction est proposée. Une seconde personne doit la confirmer : elle est avertie."
)
CHOOSE = N_("Choisissez ce qu'il faut corriger, et dans quelle catégorie.")

Choice = tuple[str, str]


@router.get(PAGE)
async def ask(
    desk: AtDesk, db: Db, screen: Screen, quoi: str = "", categorie: str = ""
) -> Response:
    """Ask for the file and the reason, once the kind and the category are chosen."""
    if quoi not in set(CorrectionKind) or not categorie:
        return screen.go(f"{desk.base}/corrections", CHOOSE, "info")
    return await _shown(screen, desk, db, (CorrectionKind(quoi), categorie), uuid4())


@router.post(PAGE)
async def send(desk: AtDesk, form: Form, db: Db, engine: Asking, screen: Screen) -> Response:
    """Propose the correction to a second person."""
    kind, code = _kind(form.get("quoi")), form.get("categorie")
    wrong = _complaints(form, kind)
    if wrong:
        said = {name: screen.say(each.sentence, **each.facts) for name, each in wrong.items()}
        return await _shown(screen, desk, db, (kind, code), request_id_in(form), 422, form, said)
    proposal = Correction(
        id=request_id_in(form),
        cycle_id=desk.cycle.id,
        kind=kind,
        category=code,
        application_id=uuid_in(form.get("dossier")),
        company=_line(form, "nom"),
        title=_line(form, "titre"),
        reason=reason_in(form),
        based_on=0,
        proposed_by=desk.viewer.person_id,
        until=screen.now,
    )
    try:
        async with db.transaction() as session:
            kept = await propose(session, proposal, screen.now)
    except Refusal as refusal:
        said = {"": screen.say(refusal.sentence, **refusal.facts)}
        return await _shown(screen, desk, db, (kind, code), uuid4(), 409, form, said)
    response = screen.go(f"{desk.base}/corrections", PROPOSED)
    response.background = BackgroundTask(_run, engine, RunCorrection(str(kept.id), kept.until))
    return response


async def _run(engine: Asking, correction: RunCorrection) -> None:
    """Start the workflow; when Temporal is away, the sweep does."""
    try:
        await engine.run_correction(correction)
    except Unanswered:
        return


def _kind(typed: str) -> CorrectionKind:
    if typed not in set(CorrectionKind):
        raise NotFound
    return CorrectionKind(typed)


def _complaints(form: PostedForm, kind: CorrectionKind) -> dict[str, Refusal]:
    wrong: dict[str, Refusal] = {}
    try:
        short_enough(form.get("reason").strip())
        reason_in(form)
    except Refusal as refusal:
        wrong["reason"] = refusal
    if uuid_in(form.get("dossier")) is None:
        wrong["dossier"] = Refusal(N_("Choisissez un dossier de la liste."))
    if kind is CorrectionKind.RENAMED:
        if not (_line(form, "nom") or _line(form, "titre")):
            wrong["nom"] = Refusal(N_("Écrivez le nom ou le titre, tel qu'il doit paraître."))
        for name in ("nom", "titre"):
            if len(_line(form, name)) > LONGEST_NAME:
                wrong[name] = Refusal(N_("Ce texte est trop long : 200 caractères au plus."))
    return wrong


def _line(form: PostedForm, name: str) -> str:
    return " ".join(form.get(name).split())


async def _shown(  # noqa: PLR0913, PLR0917  (what the page is made of)
    screen: Screen,
    desk: Desk,
    db: Database,
    chosen: tuple[CorrectionKind, str],
    request_id: UUID,
    status: int = 200,
    form: PostedForm | None = None,
    complaints: dict[str, str] | None = None,
) -> Response:
    kind, code = chosen
    try:
        check_correctable(desk.phase)
    except Refusal as refusal:
        return screen.go(f"{desk.base}/corrections", refusal.sentence, "info")
    async with db.transaction() as session:
        document = (await latest_of(session, desk.cycle.id)).document
        candidates = await candidates_in(session, desk.cycle.id, code)
    category = next((each for each in palmares_in(document).categories if each.code == code), None)
    if category is None:
        raise NotFound
    offered = [(str(each.id), f"{each.company} ({each.rank})") for each in candidates]
    return screen.show(
        "pages/organiser/correcting.html",
        status,
        desk=desk,
        kind=kind,
        what=KIND_NAMES[kind],
        category=category,
        choices=_choices(kind, category, offered),
        request_id=request_id,
        typed=form or PostedForm(()),
        complaints=complaints or {},
    )


def _choices(
    kind: CorrectionKind, category: PublishedCategory, candidates: list[Choice]
) -> list[Choice]:
    """The files that this correction may be about."""
    laureate = [category.laureate] if category.laureate else []
    named = {
        CorrectionKind.REMOVED: laureate,
        CorrectionKind.STRUCK: list(category.nominees),
    }.get(kind, [*laureate, *category.nominees])
    if kind not in TAKES_A_PLACE:
        return [(each.application, each.company) for each in named]
    taken = {each.application for each in (laureate if kind is CorrectionKind.REPLACED else named)}
    return [each for each in candidates if each[0] not in taken]
