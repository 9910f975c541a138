"""The files that a company joins to an answer: kept before it is asked, let go when it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from starlette.datastructures import UploadFile

from api.pages.applications.files import chunks_of
from api.pages.charter.company.desk import Desk
from api.pages.charter.evidence_content import check_content
from domain.charter.alerts import AlertAct
from domain.charter.evidence import COMPLAINT_LIMITS
from storage.drafts.alert_evidence import Answer, join_to_answer, take_back
from storage.drafts.attachments import Stored, path_of, store


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the files come with: the complaint, the act, the request; and where bytes lie."""

    alert_id: UUID
    act: AlertAct
    request_id: UUID
    folder: Path

    def by(self, person_id: UUID) -> Answer:
        """The answer as its rows know it."""
        return Answer(self.alert_id, str(self.act), person_id, self.request_id)


async def keep(desk: Desk, parcel: Parcel, files: Sequence[UploadFile]) -> list[str]:
    """Keep the files, all of them or none; their fingerprints, by which the request tells them."""
    stored: list[Stored] = []
    joined: frozenset[UUID] = frozenset()
    try:
        for file in files:
            each = await store(
                parcel.folder, file.filename or "", chunks_of(file), COMPLAINT_LIMITS
            )
            stored.append(each)
            await check_content(path_of(parcel.folder, each.id), each.media_type)
        if stored:
            async with desk.db.transaction() as session:
                joined = await join_to_answer(session, parcel.by(desk.viewer.person_id), stored)
    finally:
        _erase(parcel.folder, [each.id for each in stored if each.id not in joined])
    return [each.sha256 for each in stored]


async def let_go(desk: Desk, parcel: Parcel) -> None:
    """Forget the files of an answer that was refused: its form asks for them again."""
    async with desk.db.transaction() as session:
        gone = await take_back(session, parcel.by(desk.viewer.person_id))
    _erase(parcel.folder, gone)


def _erase(folder: Path, ids: Sequence[UUID]) -> None:
    for each in ids:
        path_of(folder, each).unlink(missing_ok=True)
