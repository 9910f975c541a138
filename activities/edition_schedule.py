"""The schedule that prepares next year's edition each first of December, kept by every worker."""

from dataclasses import replace
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from domain.wire import names

DECEMBER, FIRST, NINE = ScheduleRange(12), ScheduleRange(1), ScheduleRange(9)
# The engine may have been away that morning: the edition is prepared when it comes back.
CATCH_UP = timedelta(days=60)


async def keep_the_preparation(client: Client) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""
    try:
        await client.create_schedule(names.PREPARE_EDITION, _schedule())
    except ScheduleAlreadyRunningError:
        handle = client.get_schedule_handle(names.PREPARE_EDITION)
        await handle.update(_brought_up_to_date)


def _brought_up_to_date(known: ScheduleUpdateInput) -> ScheduleUpdate:
    return ScheduleUpdate(replace(_schedule(), state=known.description.schedule.state))


def _schedule() -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(
            "PrepareEditionWorkflow",
            id=names.PREPARE_EDITION,
            task_queue=names.CYCLES,
            static_summary="Préparer l’édition de l’an prochain",
        ),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(month=[DECEMBER], day_of_month=[FIRST], hour=[NINE])],
            time_zone_name="Europe/Paris",
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
