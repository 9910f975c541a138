"""How the pages of a jury write a request down before they ask a workflow."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.errors import NotFound
from api.pages.jury.visit import SeatVisit
from api.pages.request_ids import next_request_id, request_id_in, uuid_in
from api.posted import PostedForm
from domain.wire.asked import Asked
from storage.requests import the_request, write_request

__all__ = ["Wish", "next_request_id", "uuid_in", "written_down"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, of what, with what words."""

    kind: str
    subject: str
    payload: Mapping[str, object]


async def written_down(visit: SeatVisit, form: PostedForm, wish: Wish) -> Asked:
    """The request, committed with the instant of its arrival; the same form twice is one request."""
    async with visit.db.transaction() as session:
        asked = await write_request(
            session,
            request_id=request_id_in(form),
            kind=wish.kind,
            subject=wish.subject,
            by_person=visit.viewer.person_id,
            payload=dict(wish.payload),
        )
        kept = await the_request(session, asked.request)
        # An id that was used for something else, or by somebody else, asks for nothing here.
        mine = (wish.subject, visit.viewer.person_id, wish.kind)
        if (kept.subject, kept.by_person, kept.kind) != mine:
            raise NotFound
    return asked
