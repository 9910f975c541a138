"""Say which establishment goes on, once the register says that the company's own is closed."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.joining import Register
from api.pages.charter.company.paths import SUCCESSOR, home_of, page_of
from api.pages.charter.company.stages import until_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.states import Act, check_allowed
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.siret import Siret, parse_siret, siren_of
from storage.drafts.adherences import living_of

router = APIRouter()

NAMED = N_("Le successeur est désigné : l'organisateur doit le confirmer.")
ITSELF = N_("C'est le SIRET de l'établissement fermé : indiquez celui qui lui succède.")
CLOSED_TOO = N_(
    "Cet établissement est fermé lui aussi, selon le répertoire public. Vérifiez le SIRET."
)
TAKEN = N_("Ce successeur a déjà sa propre adhésion : elle suffit.")


@router.get("/adhesions/{adherence_id}/successeur")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Say what naming a successor does, and ask for a SIRET."""
    file = await desk.file(adherence_id)
    return _show(desk, file, file.successor_siret or "", uuid4())


@router.post("/adhesions/{adherence_id}/successeur")
async def name(adherence_id: UUID, form: Form, desk: Desk, register: Register) -> Response:
    """Show what the register knows of it, then name it once it is confirmed."""
    file, typed, request_id = (
        await desk.file(adherence_id),
        form.get("siret").strip(),
        request_id_in(form),
    )
    try:
        siret = parse_siret(typed) if typed else _nothing()
        await _check_may_follow(desk, file, siret)
        facts = _open_at(await register.facts_about(siret))
    except Refusal as refusal:
        return _show(desk, file, typed, request_id, {"siret": refusal}, 422)
    if form.get("confirmed") != "yes":
        return _confirm(desk, file, siret, facts, request_id)
    try:
        await ask(desk, file, Wish(Act.NAME_SUCCESSOR, request_id, {"siret": siret}))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return _show(desk, file, typed, again, {"": refusal}, 409)
    return desk.screen.go(home_of(file.id), NAMED)


def _nothing() -> Siret:
    raise Refusal(N_("Indiquez le SIRET du successeur."))


def _open_at(facts: RegistryFacts) -> RegistryFacts:
    if facts.active is False:
        raise Refusal(CLOSED_TOO)
    return facts


async def _check_may_follow(desk: Desk, file: File, siret: Siret) -> None:
    """Refuse the closed establishment itself, and a company that adheres already."""
    if siret == file.siret:
        raise Refusal(ITSELF)
    async with desk.db.transaction() as session:
        other = await living_of(session, siren_of(siret))
    if other is not None and other.id != file.id:
        raise Refusal(TAKEN)


def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    typed: str,
    request_id: UUID,
    complaints: Mapping[str, Refusal] | None = None,
    status: int = 200,
) -> Response:
    return desk.screen.show(
        "pages/charter/company/succession.html",
        status,
        **_base(desk, file, request_id),
        siret=typed,
        facts=None,
        complaints=desk.said(complaints or {}),
    )


def _confirm(
    desk: Desk, file: File, siret: Siret, facts: RegistryFacts, request_id: UUID
) -> Response:
    return desk.screen.show(
        "pages/charter/company/succession.html",
        200,
        **_base(desk, file, request_id),
        siret=siret,
        facts=facts,
        complaints={},
    )


def _base(desk: Desk, file: File, request_id: UUID) -> Mapping[str, object]:
    return {
        "file": file,
        "home": home_of(file.id),
        "url": page_of(file.id, SUCCESSOR),
        "request_id": request_id,
        "refused": _refused(desk, file),
        "until": until_of(file),
    }


def _refused(desk: Desk, file: File) -> str:
    """Why no successor may be named now, if none may."""
    try:
        check_allowed(file.state, Act.NAME_SUCCESSOR)
    except Refusal as refusal:
        return desk.say(refusal)
    return ""
