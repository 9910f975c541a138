"""The schedule that prepares next year's edition each first of December, kept by every worker."""

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

DECEMBER, FIRST, NINE = ScheduleRange(12), ScheduleRange(1), ScheduleRange(9)
# The engine may have been away that morning: the edition is prepared when it comes back.
CATCH_UP = timedelta(days=60)


async def keep_the_preparation(client: Client) -> None:
    """Create the schedule, or bring it up to date; one that an operator paused stays paused."""
    await keep(client, names.PREPARE_EDITION, _schedule())


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
