"""The ids of requests, as forms carry them: the same form sent twice asks once."""

from uuid import UUID, uuid4

from api.posted import PostedForm
from domain.refusals import NotRunning, Refusal, Unanswered


def request_id_in(form: PostedForm) -> UUID:
    """The id that the form carried, or a new one when it carried none that can be read."""
    return uuid_in(form.get("request_id")) or uuid4()


def next_request_id(form: PostedForm, refusal: Refusal) -> UUID:
    """A new id once the workflow has answered; the same while nobody knows whether it heard."""
    is_kept = isinstance(refusal, Unanswered | NotRunning)
    return request_id_in(form) if is_kept else uuid4()


def uuid_in(text: str) -> UUID | None:
    """The id that was written, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
