"""Every part of the service, in the order in which their start is told."""

from collections.abc import Awaitable, Callable, Sequence

from domain.wire import names
from embedded import postgres, temporal
from embedded.addresses import base_url
from embedded.mail import part as mail
from embedded.parts import Part, Port, python
from embedded.ports import HERE
from embedded.readiness import is_answering
from embedded.registry import part as registry
from embedded.state import StateFolder
from settings import Settings

SERVERS = ("postgres", "temporal", "mail", "registry")
EVERYTHING = (*SERVERS, "migrate", "worker", "post", "web")


def parts(settings: Settings, names: Sequence[str]) -> list[Part]:
    """The named parts, in the order in which their start is told."""
    return [_MAKERS[name](settings) for name in EVERYTHING if name in names]


def common_environment(settings: Settings, folder: StateFolder) -> dict[str, str]:
    """What every process of this installation is told."""
    told = {"TROPHEES_STATE_DIR": str(folder.path)}
    if settings.is_development:
        chosen = settings.api_token
        told["TROPHEES_API_TOKEN"] = chosen.get_secret_value() if chosen else folder.token()
    return told


def _postgres(settings: Settings) -> Part:
    return postgres.part(settings.state_dir)


def _migrate(_settings: Settings) -> Part:
    async def ready() -> bool:
        return True

    return Part(
        name="migrate",
        title="Migrations",
        command=python("-m", "cli", "migrate"),
        is_ready=ready,
        runs_once=True,
        needs=("postgres",),
    )


def _worker(settings: Settings) -> Part:
    return Part(
        name="worker",
        title="Worker",
        command=python("-m", "worker", "cycles"),
        is_ready=_has_worker(settings, names.CYCLES),
        needs=("temporal", "migrate"),
    )


def _post(settings: Settings) -> Part:
    return Part(
        name="post",
        title="Post",
        command=python("-m", "worker", "post"),
        is_ready=_has_worker(settings, names.POST),
        needs=("temporal", "mail", "migrate"),
    )


def _has_worker(settings: Settings, queue: str) -> Callable[[], Awaitable[bool]]:
    address = f"{HERE}:{settings.temporal_port}"

    async def ready() -> bool:
        return await temporal.has_worker(address, settings.temporal_namespace, queue)

    return ready


def _web(settings: Settings) -> Part:
    port = str(settings.web_port)

    async def ready() -> bool:
        return await is_answering(f"http://{HERE}:{port}/health")

    return Part(
        name="web",
        title="Web application",
        command=web_command(settings),
        is_ready=ready,
        needs=("registry", "migrate"),
        ports=(Port(settings.web_port, "the web application", "TROPHEES_WEB_PORT"),),
        offers={"TROPHEES_BASE_URL": base_url(settings), "TROPHEES_WEB_PORT": port},
    )


def web_command(settings: Settings) -> tuple[str, ...]:
    """The command line of the web application."""
    return python(
        *("-m", "uvicorn", "api.app:served", "--factory"),
        *("--host", settings.web_host, "--port", str(settings.web_port)),
        *("--no-access-log", "--no-server-header", "--timeout-graceful-shutdown", "5"),
    )


_MAKERS: dict[str, Callable[[Settings], Part]] = {
    "postgres": _postgres,
    "temporal": temporal.part,
    "mail": mail.part,
    "registry": registry.part,
    "migrate": _migrate,
    "worker": _worker,
    "post": _post,
    "web": _web,
}
