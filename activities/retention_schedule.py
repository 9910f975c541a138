"""The schedule of the retention of data, each night, kept by every worker that starts."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)

from activities.keeping import keep
from domain.wire import names

THREE, QUARTER_PAST = ScheduleRange(3), ScheduleRange(15)
# What one night missed, the next one finds.
CATCH_UP = timedelta(hours=12)


async def keep_the_retention(client: Client) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""
    await keep(client, names.RETENTION, _schedule())


def _schedule() -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            "RetentionWorkflow",
            id=names.RETENTION,
            task_queue=names.CYCLES,
            static_summary="Effacer ce qui a été gardé assez longtemps",
        ),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[THREE], minute=[QUARTER_PAST])],
            time_zone_name="Europe/Paris",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
