"""Ask the REST API of a running installation, and say its refusals in one line."""

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from commands.surroundings import settings_of_what_runs
from commands.terminal import stop

if TYPE_CHECKING:
    import httpx

Document = dict[str, Any]
PATIENCE = 30.0
NEEDS_TOKEN = (401, 403)
WHERE_IT_ASKS = (
    "Asks the service that runs from this folder, or at TROPHEES_BASE_URL, "
    "with the key of TROPHEES_TOKEN (see `trophees token`)."
)


def fetch_list(path: str) -> list[Document]:
    """The items of a collection, to its last page."""
    page = _one(_call("GET", path))
    items: list[Document] = page["items"]
    while page.get("next"):
        page = _one(_call("GET", f"{path}?{urlencode({'after': page['next']})}"))
        items += page["items"]
    return items


def fetch(path: str) -> Document:
    """One thing."""
    return _one(_call("GET", path))


def send(path: str, body: Document) -> Document:
    """Ask for an act, and return what it answers."""
    return _one(_call("POST", path, body))


def _one(answer: Document | list[Document]) -> Document:
    return answer if isinstance(answer, dict) else {"items": answer}


def _call(method: str, path: str, body: Document | None = None) -> Document | list[Document]:
    import httpx  # noqa: PLC0415  (`--help` must not wait)

    address, token = _where()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        response = httpx.request(
            method, f"{address}/api/v1{path}", json=body, headers=headers, timeout=PATIENCE
        )
    except httpx.HTTPError:
        return stop(
            f"Nothing answers at {address}: start it with `trophees up`, or set TROPHEES_BASE_URL."
        )
    if response.is_error:
        stop(_reason(response))
    answer: Document | list[Document] = response.json() if response.content else {}
    return answer


def _where() -> tuple[str, str]:
    settings = settings_of_what_runs()
    chosen = settings.api_token
    token = os.environ.get("TROPHEES_TOKEN") or (chosen.get_secret_value() if chosen else "")
    return settings.base_url.rstrip("/"), token


def _reason(response: "httpx.Response") -> str:
    from pydantic import BaseModel, ValidationError  # noqa: PLC0415  (`--help` must not wait)

    class Problem(BaseModel):
        detail: str = ""
        title: str = ""

    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = Problem()
    if response.status_code in NEEDS_TOKEN and not problem.detail:
        return "This token may not do that: set TROPHEES_TOKEN to a key of `trophees token issue`."
    plain = f"The service answered {response.status_code} {response.reason_phrase}."
    return problem.detail or problem.title or plain
