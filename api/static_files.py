"""Style sheets and scripts, kept by browsers for as long as their address holds."""

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

FOR_A_YEAR = "public, max-age=31536000, immutable"


class LongLivedFiles(StaticFiles):
    """Files whose address says their content: ``?v=<fingerprint>``."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give the file, to be kept for a year when its address will change with it."""
        response = await super().get_response(path, scope)
        is_versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = FOR_A_YEAR if is_versioned else "no-cache"
        return response
