"""What every handler of these pages asks for, under one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from api.dependencies import Asking, Db, Now, Screen, SignedInViewer
from api.errors import NotFound
from domain.charter.gaps import Gap
from domain.charter.writing import check_writable
from domain.refusals import Refusal
from storage.drafts.adherence_entry import Hand
from storage.reads.charter.company import File, file_on

__all__ = ["Desk", "File"]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Somebody signed in, and what answers them."""

    viewer: SignedInViewer
    db: Db
    screen: Screen
    engine: Asking
    now: Now

    async def file(self, adherence_id: UUID) -> File:
        """The adherence, if the person has a role in it; it is not found by anybody else."""
        async with self.db.transaction() as session:
            file = await file_on(session, adherence_id, self.viewer.person_id)
        if file is None:
            raise NotFound
        return file

    def hand(self, file: File) -> Hand:
        """The person's hand on the file, at this instant."""
        return Hand(file.id, self.viewer.person_id, self.now)

    def today(self, file: File) -> date:
        """The civil day, where the company is."""
        return file.situation.day_of(self.now)

    def closed(self, file: File) -> str:
        """Why the file may not be written now; nothing when it may."""
        try:
            check_writable(file.situation, file.charter.periods, self.now)
        except Refusal as refusal:
            return self.say(refusal)
        return ""

    def say(self, refusal: Refusal) -> str:
        """A refusal in the language of the reader."""
        return self.screen.say(refusal.sentence, **refusal.facts)

    def said(self, complaints: Mapping[str, Refusal]) -> dict[str, str]:
        """Complaints by field, in the language of the reader."""
        return {field: self.say(refusal) for field, refusal in complaints.items()}

    def say_gap(self, gap: Gap) -> str:
        """A gap in the language of the reader."""
        return self.screen.say(gap.sentence, **gap.facts)


# A coroutine, since FastAPI makes the objects of a plain class in a thread.
async def _desk(viewer: SignedInViewer, db: Db, screen: Screen, engine: Asking, now: Now) -> _Desk:
    return _Desk(viewer, db, screen, engine, now)


Desk = Annotated[_Desk, Depends(_desk)]
