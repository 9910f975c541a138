"""The one sandbox that workers, tests and replays share."""

from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

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


def sandboxed() -> SandboxedWorkflowRunner:
    """The runner that keeps workflows deterministic without importing the world again."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )
