"""The one place where what stopped a request becomes a page, or a problem document."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.errors import Forbidden, FormNotOurs, NotFound, SignInNeeded, TokenRefused, TooLarge
from api.faults import FAULTS, Fault, fault_of
from api.identity.current import viewer_of
from api.posted import typed_in
from api.problems import problem
from api.screen import Screen
from domain.refusals import N_, Refusal

PROGRAMS = "/api/"
SAFE = frozenset({"GET", "HEAD"})
# PostgreSQL's words for a character that it cannot keep.
UNKEEPABLE = frozenset({"22021", "22P05"})


def answer_errors(app: FastAPI) -> None:
    """Have every known error answered in words."""
    for known in (HTTPException, NotFound, Forbidden, Refusal, TokenRefused):
        app.add_exception_handler(known, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(SignInNeeded, _sign_in_needed)
    app.add_exception_handler(FormNotOurs, _form_not_ours)


async def said(
    request: Request, fault: Fault, facts: Mapping[str, object] | None = None
) -> Response:
    """The error as a page for people, as a problem document for programs."""
    if request.url.path.startswith(PROGRAMS):
        return problem(request, fault, facts)
    return await error_page(request, fault, facts or {})


async def error_page(
    request: Request, fault: Fault, facts: Mapping[str, object], reference: str = ""
) -> Response:
    """The page that says what happened and what to do; a reference means that we look nothing up."""
    viewer = None if reference else await viewer_of(request)
    screen = Screen(request, viewer, request.app.state.clock())
    happened = screen.say(fault.happened, **facts)
    if reference:
        happened += " " + screen.say(
            N_("Référence à nous donner : %(reference)s."), reference=reference
        )
    actions = [("/", screen.say(N_("Aller à l'accueil")))]
    if viewer:
        actions.append(("/mon-espace", screen.say(N_("Aller à mon espace"))))
    return screen.show(
        "pages/_error.html",
        fault.status,
        code=fault.status,
        title=screen.say(fault.title),
        happened=happened,
        next=screen.say(fault.next),
        actions=actions,
    )


async def _known(request: Request, error: Exception) -> Response:
    facts = error.facts if isinstance(error, Refusal | TooLarge) else None
    fault = fault_of(error)
    response = await said(request, fault, facts)
    if fault.retry_after:
        response.headers["Retry-After"] = str(fault.retry_after)
    if isinstance(error, TokenRefused):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    """An identifier that is none is a page that does not exist; to a program, say which field."""
    if not request.url.path.startswith(PROGRAMS) or not isinstance(error, RequestValidationError):
        return await said(request, FAULTS[404 if request.method in SAFE else 422])
    wrong = [
        {"field": ".".join(str(part) for part in each["loc"]), "problem": each["msg"]}
        for each in error.errors()
    ]
    if wrong and all(each["field"].startswith("path.") for each in wrong):
        return problem(request, FAULTS[404])
    return problem(request, FAULTS[422], errors=wrong)


async def _database(request: Request, error: Exception) -> Response:
    if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", "") in UNKEEPABLE:
        return await said(request, FAULTS[422])
    raise error


async def _sign_in_needed(request: Request, _error: Exception) -> Response:
    """Ask to sign in first; what was typed in a session that ended is shown to be copied."""
    if request.method in SAFE:
        query = f"?{request.url.query}" if request.url.query else ""
        next_page = urlencode({"next": request.url.path + query})
        return RedirectResponse(f"/connexion?{next_page}", 303)
    return _not_taken(request, (await typed_in(request)).items(), 403)


async def _form_not_ours(request: Request, error: Exception) -> Response:
    typed = error.typed if isinstance(error, FormNotOurs) else ()
    await viewer_of(request)
    return _not_taken(request, typed, 403)


def _not_taken(request: Request, typed: tuple[tuple[str, str], ...], status: int) -> Response:
    screen = Screen(request, request.state.viewer, request.app.state.clock())
    return screen.show("pages/plain/not_taken.html", status, typed=typed)
