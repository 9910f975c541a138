"""An application that was closed as a duplicate: its people may join the one that lives on."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Form
from api.pages.applications.desk import Desk
from api.pages.applications.paths import home_of
from domain.refusals import N_, Refusal
from storage.drafts.joining import Joining, join_the_kept

router = APIRouter()

JOINED = N_("Vous travaillez maintenant à ce dossier, avec son équipe.")


@router.post("/candidatures/{application_id}/rejoindre")
async def join(
    application_id: UUID,
    form: Form,  # noqa: ARG001  (the form is checked)
    desk: Desk,
) -> Response:
    """Join the team of the kept application; only somebody of the duplicate may."""
    work = await desk.work(application_id)
    try:
        async with desk.db.transaction() as session:
            kept = await join_the_kept(session, Joining(work.id, desk.viewer.person_id))
    except Refusal as refusal:
        return desk.screen.go(home_of(work.id), refusal.sentence, "danger", **refusal.facts)
    return desk.screen.go(home_of(kept), JOINED)
