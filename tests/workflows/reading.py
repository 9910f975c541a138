"""What a test reads of a workflow's own history."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

DAY = timedelta(days=1)


async def began(handle: WorkflowHandle[object, object], activity: str) -> list[datetime]:
    """When each call of that activity was asked for, by the engine's virtual clock."""
    return [
        event.event_time.ToDatetime(UTC)
        async for event in handle.fetch_history_events()
        if event.activity_task_scheduled_event_attributes.activity_type.name == activity
    ]


async def in_days(
    handle: WorkflowHandle[object, object], activity: str, since: datetime
) -> list[float]:
    """The same, in days since an instant, to a hundredth of a day."""
    return [round((at - since) / DAY, 2) for at in await began(handle, activity)]


async def events(
    handle: WorkflowHandle[object, object], told: Callable[[HistoryEvent], bool]
) -> int:
    """How many events of the history answer."""
    return sum([told(event) async for event in handle.fetch_history_events()])


def sentence_of(refused: WorkflowUpdateFailedError) -> str:
    """The French sentence that an update carried back."""
    cause = refused.cause
    assert isinstance(cause, ApplicationError)
    return cause.message
