"""Read the whole file again, as it will be signed, and ask the head to sign it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import send
from api.pages.charter.company.boxes import amount, day
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.lacks import lacks_of
from api.pages.charter.company.paths import (
    CHOICE,
    DIAGNOSIS,
    REVIEW,
    ROLES,
    SIGNATURE,
    TARGETS,
    home_of,
    page_of,
)
from api.pages.charter.company.words import SIZES
from api.pages.request_ids import request_id_in
from domain.charter.document import Commitment
from domain.charter.entry import NO_TARGET, NOBODY, chosen, followed
from domain.charter.states import State
from domain.charter.writing import is_renewing, term_to_sign
from domain.refusals import N_, Refusal
from storage.drafts.adherence_people import SIGNATURE as ASKED
from storage.drafts.adherence_people import ask_to_sign, bring_in
from storage.reads.charter.company_trail import last_asked

router = APIRouter()

ASKED_NOW = N_(
    "La demande de signature part à %(address)s. Vous serez prévenus quand la lettre sera signée."
)
INCOMPLETE = N_("Le dossier n'est pas complet : voici ce qu'il reste à faire.")
TO_RENEW = N_("L'adhésion se renouvelle sur sa propre page.")


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with its indicators, from where to where and by when, in words."""

    commitment: Commitment
    rows: tuple[tuple[str, str, str, str], ...]


@router.get("/adhesions/{adherence_id}/relecture")
async def read_again(adherence_id: UUID, desk: Desk) -> Response:
    """Show everything that would be signed, and what is missing."""
    return await _show(desk, await desk.file(adherence_id), uuid4())


@router.post("/adhesions/{adherence_id}/relecture")
async def ask_for_signature(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Write to the head of the company, or say what keeps the file from being signed."""
    file, request_id = await desk.file(adherence_id), request_id_in(form)
    closed = desk.closed(file)
    if closed or is_renewing(file.situation, file.charter.periods, desk.now):
        return await _show(desk, file, request_id, closed or desk.screen.say(TO_RENEW), 409)
    if lacks_of(desk, file):
        return await _show(desk, file, request_id, desk.screen.say(INCOMPLETE), 422)
    try:
        async with desk.db.transaction() as session:
            told = await bring_in(session, desk.hand(file))
            key = await ask_to_sign(session, desk.hand(file), request_id)
    except Refusal as refusal:
        return await _show(desk, file, request_id, desk.say(refusal), 409)
    head = file.entry.roles.get(file.charter.signatory.code, NOBODY)
    response = desk.screen.go(home_of(file.id), ASKED_NOW, address=head.email)
    response.background = BackgroundTask(send, desk.engine, (*told, key))
    return response


async def _show(
    desk: Desk, file: File, request_id: UUID, refused: str = "", status: int = 200
) -> Response:
    async with desk.db.transaction() as session:
        asked_at = await last_asked(session, file.id, ASKED)
    return desk.screen.show(
        "pages/charter/company/review.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, REVIEW),
        signature_url=page_of(file.id, SIGNATURE),
        choice_url=page_of(file.id, CHOICE),
        targets_url=page_of(file.id, TARGETS),
        roles_url=page_of(file.id, ROLES),
        diagnosis_url=page_of(file.id, DIAGNOSIS),
        size_name=SIZES[file.size] if file.size else "",
        promises=promises_of(desk, file),
        head=file.entry.roles.get(file.charter.signatory.code, NOBODY),
        nobody=NOBODY,
        term=term_to_sign(file.situation, file.charter.periods, desk.now),
        lacks=lacks_of(desk, file) if not desk.closed(file) else (),
        closed=desk.closed(file),
        is_renewing=is_renewing(file.situation, file.charter.periods, desk.now),
        is_head=file.charter.signatory.code in file.roles,
        may_ask=file.state in {State.DRAFT, State.COMPLEMENTS},
        asked_at=asked_at,
        refused=refused,
        request_id=request_id,
    )


def promises_of(desk: Desk, file: File) -> tuple[Promise, ...]:
    """What the company takes on, as it will be signed."""
    return tuple(_promise(desk, file, each) for each in chosen(file.charter, file.entry))


def _promise(desk: Desk, file: File, commitment: Commitment) -> Promise:
    language = desk.screen.language
    found = [(each, file.entry.targets[each.code]) for each in followed(commitment, file.entry)]
    return Promise(
        commitment,
        tuple(
            (
                indicator.name.in_(language),
                amount(desk, indicator, target.baseline),
                amount(desk, indicator, target.target),
                day(target.by),
            )
            for indicator, target in found
            if target != NO_TARGET
        ),
    )
