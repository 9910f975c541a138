"""Errors as programs read them: RFC 9457, in the same words as for people."""

from collections.abc import Mapping

from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.faults import Fault
from api.i18n import language_of, translate


class Problem(JSONResponse):
    """A problem document."""

    media_type = "application/problem+json"


def problem(
    request: Request,
    fault: Fault,
    facts: Mapping[str, object] | None = None,
    **more: object,
) -> Problem:
    """The problem document of an error, in the language that the program asks for."""
    language = language_of(request.headers.get("accept-language"), None)
    document: dict[str, object] = {
        "type": "about:blank",
        "title": translate(language, fault.title),
        "status": fault.status,
        "detail": translate(language, fault.happened, **(facts or {})),
        "instance": request.url.path,
    }
    return Problem(document | more, fault.status)
