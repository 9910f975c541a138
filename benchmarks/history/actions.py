"""What Temporal Cloud would bill for a history, so that costs can be compared.

The rule is that of https://docs.temporal.io/cloud/actions (read in November 2026). One action each:
a workflow started, a timer started, a signal received, an update accepted, search attributes upserted,
each start or retry of an activity, and all the local activities of one workflow task together. A
child workflow asked for is two, its own start included. Deduplicated starts and updates are free.
Queries, refused updates and heartbeats are billed too but leave no event: these lives have none of
the first two, and only the fan-out of a cycle, never an application, sends heartbeats.
"""

from collections import Counter
from collections.abc import Iterable

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

ONE_EACH = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED: "workflow started",
    EventType.EVENT_TYPE_TIMER_STARTED: "timers",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: "signals",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: "updates",
    EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: "search attributes",
}
ACTIVITIES = "activities"
LOCAL = "local activities"
CHILDREN = "child workflows"
KINDS = (*ONE_EACH.values(), ACTIVITIES, LOCAL, CHILDREN)


def billable_actions(events: Iterable[HistoryEvent]) -> Counter[str]:
    """The actions of one history, by kind."""
    actions: Counter[str] = Counter()
    tasks_with_markers: set[int] = set()
    for event in events:
        if kind := ONE_EACH.get(event.event_type):
            actions[kind] += 1
        elif event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED:
            # Attempts that failed leave no event of their own, only this number.
            actions[ACTIVITIES] += event.activity_task_started_event_attributes.attempt
        elif event.event_type == EventType.EVENT_TYPE_MARKER_RECORDED:
            marker = event.marker_recorded_event_attributes
            tasks_with_markers.add(marker.workflow_task_completed_event_id)
        elif event.event_type == EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
            actions[CHILDREN] += 2
    actions[LOCAL] = len(tasks_with_markers)
    return actions
