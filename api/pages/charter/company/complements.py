"""What the organiser asks for: answer without touching what was signed, or sign again."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.charter.company.asking import Wish, ask
from api.pages.charter.company.desk import Desk, File
from api.pages.charter.company.leaving import LONGEST_REASON
from api.pages.charter.company.paths import COMPLEMENTS, REVIEW, home_of, page_of
from api.pages.request_ids import next_request_id, request_id_in
from domain.charter.states import Act, State
from domain.refusals import N_, Refusal
from storage.reads.charter.company_trail import asked_of, signed_of

router = APIRouter()

EMPTY = N_("Écrivez votre réponse, en 2 000 caractères au plus.")


@router.get("/adhesions/{adherence_id}/complements")
async def show(adherence_id: UUID, desk: Desk) -> Response:
    """Show what is asked and until when; where the file stands when nothing is."""
    file = await desk.file(adherence_id)
    if file.state is not State.COMPLEMENTS:
        return desk.screen.go(home_of(file.id))
    return await _show(desk, file, uuid4())


@router.post("/adhesions/{adherence_id}/complements")
async def complete(adherence_id: UUID, form: Form, desk: Desk) -> Response:
    """Answer the organiser, when what was signed has not changed."""
    file, request_id = await desk.file(adherence_id), request_id_in(form)
    reason = form.get("reason").strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        wrong = {"reason": desk.screen.say(EMPTY)}
        return await _show(desk, file, request_id, reason, wrong, 422)
    try:
        await ask(desk, file, Wish(Act.COMPLETE, request_id, {"reason": reason}))
    except Refusal as refusal:
        again = next_request_id(form, refusal)
        return await _show(desk, file, again, reason, {"": desk.say(refusal)}, 409)
    return desk.screen.go(home_of(file.id), N_("Votre réponse est envoyée."))


async def _show(  # noqa: PLR0913, PLR0917  (what a page that failed shows again)
    desk: Desk,
    file: File,
    request_id: UUID,
    reason: str = "",
    complaints: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    async with desk.db.transaction() as session:
        asked = await asked_of(session, file.id, Act.ASK_COMPLEMENTS)
        signed = await signed_of(session, file.id)
    return desk.screen.show(
        "pages/charter/company/complements.html",
        status,
        file=file,
        home=home_of(file.id),
        url=page_of(file.id, COMPLEMENTS),
        review_url=page_of(file.id, REVIEW),
        asked=asked,
        is_changed=not signed or signed[0].fingerprint != file.fingerprint,
        closed=desk.closed(file),
        request_id=request_id,
        reason=reason,
        limit=LONGEST_REASON,
        complaints=dict(complaints or {}),
    )
