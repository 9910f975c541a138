"""Who is behind a program: the person in whose name it asks."""

import hmac
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.dependencies import Db, Now, SettingsDep
from api.errors import Forbidden, TokenRefused
from api.identity.current import viewer_from
from api.identity.viewer import Viewer
from api.security import fingerprint
from domain.refusals import N_
from settings import Settings
from storage.api_tokens import Program as KnownProgram
from storage.api_tokens import person_of_development, program_of_token

SAFE = frozenset({"GET", "HEAD"})
READS_ONLY = N_("Cette clé ne permet que de lire.")

bearer = HTTPBearer(auto_error=False, description="A token of this installation.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


async def _program(
    request: Request, credentials: Credentials, settings: SettingsDep, db: Db, now: Now
) -> Viewer:
    if credentials is None:
        raise TokenRefused
    mark = fingerprint(credentials.credentials)
    async with db.transaction() as session:
        program = (
            KnownProgram(await person_of_development(session))
            if _is_of_development(settings, credentials.credentials)
            else await program_of_token(session, mark, now)
        )
    if program is None:
        raise TokenRefused
    request.state.viewer = viewer_from(program.known, mark)
    if program.reads_only and request.method not in SAFE:
        raise Forbidden(READS_ONLY)
    return request.state.viewer


Program = Annotated[Viewer, Depends(_program)]


def _is_of_development(settings: Settings, token: str) -> bool:
    if not settings.is_development or settings.api_token is None:
        return False
    return hmac.compare_digest(settings.api_token.get_secret_value().encode(), token.encode())
