"""What time does to a draft: reminders, its lapse at the closing, and its return when the call opens again."""

from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.applications import Applications
    from domain.wire.application import ApplicationState, LapseDraft, RemindDraft
    from workflows.calling import DATABASE, PATIENT


async def remind(application: str, closes_at: datetime, instant: datetime) -> int:
    """Remind of a closing, at an instant before it; how many letters that made."""
    planned = await workflow.execute_activity_method(
        Applications.remind_draft,
        RemindDraft(application, closes_at, int((closes_at - instant).total_seconds())),
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary="Rappeler le brouillon",
    )
    return planned.count


async def lapse(application: str) -> ApplicationState:
    """Let the draft lapse, unless something arrived in time."""
    return await workflow.execute_activity_method(
        Applications.lapse_draft,
        LapseDraft(application, workflow.now()),
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary="Clore le brouillon, ou régler ce qui est arrivé à temps",
    )


async def reopen(application: str) -> ApplicationState:
    """Make it a draft again, unless somebody took its place."""
    return await workflow.execute_activity_method(
        Applications.reopen_draft,
        LapseDraft(application, workflow.now()),
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary="Rouvrir le brouillon",
    )
