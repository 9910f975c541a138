"""The schedule that has the engine sweep every minute, kept by every worker that starts."""

from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from domain.wire import names

EVERY = timedelta(minutes=1)


async def keep_the_sweep(client: Client) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""
    try:
        await client.create_schedule(names.SWEEP, _schedule())
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(names.SWEEP).update(_brought_up_to_date)


def _brought_up_to_date(known: ScheduleUpdateInput) -> ScheduleUpdate:
    return ScheduleUpdate(replace(_schedule(), state=known.description.schedule.state))


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
