"""Keeping a schedule of the engine as the code says it."""

from dataclasses import replace

from temporalio.client import (
    Client,
    Schedule,
    ScheduleAlreadyRunningError,
    ScheduleUpdate,
    ScheduleUpdateInput,
)


async def keep(client: Client, name: str, schedule: Schedule) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""

    def up_to_date(known: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(replace(schedule, state=known.description.schedule.state))

    try:
        await client.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(name).update(up_to_date)
