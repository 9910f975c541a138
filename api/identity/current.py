"""Who is behind a request, looked up once."""

from fastapi import Request

from api.identity.viewer import Viewer
from api.security import SESSION_COOKIE, fingerprint
from storage.identity import Known, person_of_session


async def viewer_of(request: Request) -> Viewer | None:
    """The person signed in with this browser, if any; one query, however often it is asked."""
    if not hasattr(request.state, "viewer"):
        request.state.viewer = await _looked_up(request)
    return request.state.viewer


async def _looked_up(request: Request) -> Viewer | None:
    secret = request.cookies.get(SESSION_COOKIE)
    if not secret:
        return None
    session_fingerprint = fingerprint(secret)
    async with request.app.state.database.statement() as connection:
        known = await person_of_session(connection, session_fingerprint, request.app.state.clock())
    return viewer_from(known, session_fingerprint) if known else None


def viewer_from(known: Known, session_fingerprint: str) -> Viewer:
    """The viewer that a person is, in one session or by one key."""
    return Viewer(
        person_id=known.person_id,
        email=known.email,
        name=known.name,
        language=known.language,
        session=session_fingerprint,
        organises=frozenset(cycle for cycle in known.organises if cycle is not None),
        organises_everything=None in known.organises,
    )
