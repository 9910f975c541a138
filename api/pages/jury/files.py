"""The files joined to an application, for the juror who reads it."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.dependencies import SettingsDep
from api.errors import NotFound
from api.pages.jury.desk import desk_of
from api.pages.jury.shut import Shut, shut_page
from api.pages.jury.visit import CARD, AtCard
from storage.drafts.attachments import path_of
from storage.reads.attachments import bytes_of

router = APIRouter()


@router.get(CARD + "/pieces/{file_id}")
async def read(visit: AtCard, file_id: UUID, settings: SettingsDep) -> Response:
    """One file of what was sent, opened beside the card; its kind was read in its first bytes."""
    desk = await desk_of(visit)
    if isinstance(desk, Shut):
        return shut_page(visit, desk)
    file = next((each for each in desk.sheet.files if each.id == file_id), None)
    async with visit.db.transaction() as session:
        path = path_of(settings.uploads, await bytes_of(session, file_id))
    if file is None or not path.is_file():
        raise NotFound
    return FileResponse(
        path,
        media_type=file.media_type,
        filename=file.name,
        content_disposition_type="inline",
    )
