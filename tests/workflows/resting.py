"""Whether a workflow has done all that was brought to it, and waits for people or dates."""

from typing import Any

from temporalio.client import WorkflowHandle


async def is_at_work(handle: WorkflowHandle[Any, Any]) -> bool:
    """Whether a step waits for its worker, or a worker for an activity; no worker need be there."""
    described = (await handle.describe()).raw_description
    return bool(described.pending_activities) or described.HasField("pending_workflow_task")
