"""The embedded Temporal: the real server in its development mode, tuned and kept in a file."""

import shutil
import sys
from datetime import timedelta
from pathlib import Path

from domain.wire.names import CYCLES
from embedded.parts import Part, Port
from embedded.ports import HERE
from embedded.refusals import EmbeddedError
from settings import Settings

# The server's own 24 hours would forget an application the day after it closes.
RETENTION = timedelta(days=90)

# Measured: two to ten times faster than the defaults, and nothing acknowledged is lost by a kill.
PRAGMAS = ("journal_mode=wal", "synchronous=normal")
DYNAMIC = (
    "history.transferProcessorMaxPollRPS=1000",
    "system.forceSearchAttributesCacheRefreshOnRead=false",
)
# For the demonstration and the benchmarks only. The second works round a bug of the server that
# silently gives wrong years after continue-as-new.
SKIPPING = (
    "frontend.WorkflowTimeSkippingEnabled=true",
    'history.workflowIdReuseMinimalInterval="0s"',
    'history.timerProcessorMaxTimeShift="1ms"',
    "history.timerProcessorMaxPollRPS=2000",
)


def part(settings: Settings) -> Part:
    """The engine as the supervisor sees it."""
    address = f"{HERE}:{settings.temporal_port}"
    namespace = settings.temporal_namespace

    async def ready() -> bool:
        return await is_ready(address, namespace)

    async def finish() -> None:
        await keep_closed_workflows(address, namespace)

    return Part(
        name="temporal",
        title="Temporal",
        command=command_line(settings),
        is_ready=ready,
        finish=finish,
        ports=(
            Port(settings.temporal_port, "Temporal", "TROPHEES_TEMPORAL_PORT"),
            Port(settings.temporal_ui_port, "the pages of Temporal", "TROPHEES_TEMPORAL_UI_PORT"),
        ),
        offers={
            "TROPHEES_TEMPORAL_ADDRESS": address,
            "TROPHEES_TEMPORAL_UI_PORT": str(settings.temporal_ui_port),
        },
    )


def program() -> Path:
    """The path of the server that came with the wheel, or of one found on the machine."""
    beside = Path(sys.executable).with_name("temporal")
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        message = (
            'The program `temporal` is missing: run `pip install -e ".[embedded]"` in this folder.'
        )
        raise EmbeddedError(message)
    return Path(found)


def command_line(settings: Settings) -> tuple[str, ...]:
    """The development server on its own ports, with its state in a file."""
    pragmas = [word for pragma in PRAGMAS for word in ("--sqlite-pragma", pragma)]
    tuned = (*DYNAMIC, *SKIPPING) if settings.temporal_skips_time else DYNAMIC
    dynamic = [word for value in tuned for word in ("--dynamic-config-value", value)]
    return (
        *(str(program()), "server", "start-dev", "--ip", HERE, "--log-level", "warn"),
        *("--port", str(settings.temporal_port), "--ui-port", str(settings.temporal_ui_port)),
        *("--db-filename", str(settings.state_dir.resolve() / "temporal.db")),
        *("--namespace", settings.temporal_namespace),
        *pragmas,
        *dynamic,
    )


async def is_ready(address: str, namespace: str) -> bool:
    """Whether the namespace answers."""
    from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest  # noqa: PLC0415  (slow)
    from temporalio.client import Client  # noqa: PLC0415  (slow)
    from temporalio.service import RPCError  # noqa: PLC0415  (slow)

    try:
        client = await Client.connect(address, namespace=namespace)
        await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=namespace)
        )
    except (RPCError, RuntimeError):
        return False
    return True


async def keep_closed_workflows(address: str, namespace: str) -> None:
    """Raise the time that closed workflows stay readable."""
    from temporalio.api.namespace.v1 import NamespaceConfig  # noqa: PLC0415  (slow)
    from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest  # noqa: PLC0415  (slow)
    from temporalio.client import Client  # noqa: PLC0415  (slow)

    request = UpdateNamespaceRequest(namespace=namespace, config=NamespaceConfig())
    request.config.workflow_execution_retention_ttl.FromTimedelta(RETENTION)
    client = await Client.connect(address, namespace=namespace)
    await client.workflow_service.update_namespace(request)


async def has_worker(address: str, namespace: str, queue: str = CYCLES) -> bool:
    """Whether a worker of ours asked for work of that queue lately."""
    from temporalio.api.enums.v1 import TaskQueueType  # noqa: PLC0415  (slow)
    from temporalio.api.taskqueue.v1 import TaskQueue  # noqa: PLC0415  (slow)
    from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest  # noqa: PLC0415  (slow)
    from temporalio.client import Client  # noqa: PLC0415  (slow)
    from temporalio.service import RPCError  # noqa: PLC0415  (slow)

    request = DescribeTaskQueueRequest(
        namespace=namespace,
        task_queue=TaskQueue(name=queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,  # every worker has some
    )
    try:
        client = await Client.connect(address, namespace=namespace)
        return bool((await client.workflow_service.describe_task_queue(request)).pollers)
    except (RPCError, RuntimeError):
        return False
