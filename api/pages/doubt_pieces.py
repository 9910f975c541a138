"""The piece that comes with a doubt or with its answer: kept before it is asked, let go if refused."""

from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import UploadFile

from activities.documents.reading import check_inert
from api.pages.applications.files import chunks_of
from api.posted import PostedForm
from domain.ineligibility import PIECES
from storage.database import Database
from storage.drafts.attachments import path_of, store
from storage.drafts.doubt_pieces import Joining, forget_pieces, join_piece

FIELD = "piece"


async def keep_piece(
    db: Database, folder: Path, joining: Joining, form: PostedForm
) -> Sequence[str]:
    """Keep the file of the form, if one was chosen; its print, by which the request tells it."""
    file = form.file(FIELD)
    return [await _kept(db, folder, joining, file)] if file else []


async def let_pieces_go(db: Database, folder: Path, joining: Joining) -> None:
    """Forget what came with words that were refused: their form asks for it again."""
    async with db.transaction() as session:
        gone = await forget_pieces(session, joining)
    for each in gone:
        path_of(folder, each).unlink(missing_ok=True)


async def _kept(db: Database, folder: Path, joining: Joining, file: UploadFile) -> str:
    is_new = False
    stored = await store(folder, file.filename or "", chunks_of(file), PIECES)
    try:
        await check_inert(path_of(folder, stored.id), stored.media_type)
        async with db.transaction() as session:
            is_new = await join_piece(session, joining, stored)
    finally:
        if not is_new:
            path_of(folder, stored.id).unlink(missing_ok=True)
    return stored.sha256
