"""The one sandbox that workers, tests and replays share."""

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import Info

NOBODY = StorageDriverStoreContext(target=None)

# Imported once, outside the sandbox: importing the tables again for every workflow costs
# 676 ms and two gigabytes at sixty cached workflows.
PASSED_THROUGH = (
    "activities",
    "domain",
    "ortools",
    "numpy",
    "pydantic",
    "pydantic_core",
    "sqlalchemy",
    "sqlmodel",
    "storage",
    "structlog",
    "workflows.calling",
    "wording",
    "aiosmtplib",
    "asyncpg",
    "babel",
    "httpx",
    "jinja2",
    "settings",
    "yaml",
)


class _Unasked(WorkflowInstance):
    """A workflow that is not asked for whom each of its values is converted.

    Only codecs and storage outside the engine want to know; we have neither, and every question goes
    into the sandbox: together they took a tenth of a worker's time.
    """

    def __init__(self, workflow: WorkflowInstance) -> None:
        self._workflow = workflow

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        return self._workflow.activate(act)

    def get_info(self) -> Info:
        return self._workflow.get_info()

    def get_thread_id(self) -> int | None:
        return self._workflow.get_thread_id()

    def get_serialization_context(self, command_info: object) -> None:  # noqa: ARG002  (what the SDK hands over)
        return None

    def get_external_store_context(self, command_info: object) -> StorageDriverStoreContext:  # noqa: ARG002
        return NOBODY


class _Runner(SandboxedWorkflowRunner):
    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        return _Unasked(super().create_instance(det))


def sandboxed() -> SandboxedWorkflowRunner:
    """The runner that keeps workflows deterministic without importing the world again."""
    return _Runner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )
