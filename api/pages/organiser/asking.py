"""How the organiser's pages write a request down before they ask a workflow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from api.dependencies import Viewer
from api.errors import NotFound
from api.pages.request_ids import next_request_id, request_id_in, uuid_in
from api.posted import PostedForm
from domain.phases import check_reason
from domain.refusals import N_, Refusal
from domain.wire.asked import Asked
from storage.database import Database
from storage.requests import the_request, write_request

__all__ = [
    "Wish",
    "next_request_id",
    "reason_in",
    "request_id_in",
    "short_enough",
    "uuid_in",
    "written_down",
]

LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks, of what, in their words."""

    kind: str
    subject: str
    request_id: UUID
    payload: Mapping[str, object] = field(default_factory=dict[str, object])


async def written_down(db: Database, viewer: Viewer, wish: Wish) -> Asked:
    """The request, committed with the instant of its arrival; the same form twice is one request."""
    async with db.transaction() as session:
        asked = await write_request(
            session,
            request_id=wish.request_id,
            kind=wish.kind,
            subject=wish.subject,
            by_person=viewer.person_id,
            payload=dict(wish.payload),
        )
        kept = await the_request(session, asked.request)
        # An id that was used for something else, or by somebody else, asks for nothing here.
        if (kept.subject, kept.by_person, kept.kind) != (wish.subject, viewer.person_id, wish.kind):
            raise NotFound
    return asked


def reason_in(form: PostedForm, name: str = "reason") -> str:
    """The reason that was typed; refuses none, and one that nobody would read."""
    reason = form.get(name).strip()
    check_reason(reason)
    return short_enough(reason)


def short_enough(words: str) -> str:
    """The words, unless they are too long for a letter."""
    if len(words) > LONGEST_REASON:
        raise Refusal(
            N_("%(count)s caractères, pour %(limit)s au plus."),
            count=len(words),
            limit=LONGEST_REASON,
        )
    return words
