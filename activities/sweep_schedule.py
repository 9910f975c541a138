"""The schedule that has the engine sweep every minute, kept by every worker that starts."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)

from activities.keeping import keep
from domain.wire import names

EVERY = timedelta(minutes=1)


async def keep_the_sweep(client: Client) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""
    await keep(client, names.SWEEP, _schedule())


def _schedule() -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            "SweepWorkflow",
            id=names.SWEEP,
            task_queue=names.CYCLES,
            static_summary="Porter ce qui est resté en attente",
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
        # One at a time, and one for all the minutes during which no engine was there.
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )
