"""What every handler of these pages asks for, under one name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.responses import Response

from api.dependencies import Asking, Db, Now, Screen, SignedInViewer
from api.pages.applications.paths import home_of
from api.pages.applications.work import the_work
from domain.refusals import Refusal, Unanswered
from storage.drafts.pen import Pen
from storage.reads.company import Work

__all__ = ["Desk", "Work"]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Somebody signed in, and what answers them."""

    viewer: SignedInViewer
    db: Db
    screen: Screen
    engine: Asking
    now: Now

    async def work(self, application_id: UUID) -> Work:
        """The application, on which the person works."""
        async with self.db.statement() as connection:
            return await the_work(connection, self.viewer, application_id)

    def pen(self, work: Work) -> Pen:
        """The person's hand on the draft, at this instant."""
        return Pen(work.id, self.viewer.person_id, self.now)

    def say(self, refusal: Refusal) -> str:
        """A refusal in the language of the reader."""
        return self.screen.say(refusal.sentence, **refusal.facts)

    def go_home(self, work: Work, later: Unanswered) -> Response:
        """To the task list, which says what waits: what was asked has arrived, and is kept."""
        return self.screen.go(home_of(work.id), later.sentence, "info", **later.facts)

    def said(self, complaints: Mapping[str, Refusal]) -> dict[str, str]:
        """Complaints by field, in the language of the reader."""
        return {field: self.say(refusal) for field, refusal in complaints.items()}


# A coroutine, since FastAPI makes the objects of a plain class in a thread.
async def _desk(viewer: SignedInViewer, db: Db, screen: Screen, engine: Asking, now: Now) -> _Desk:
    return _Desk(viewer, db, screen, engine, now)


Desk = Annotated[_Desk, Depends(_desk)]
