"""An entry file that was given up is erased some months later."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.adherences import Adherences
    from domain.wire.adherence import RunPurge
    from workflows.calling import DATABASE, PATIENT


@workflow.defn
class PurgeWorkflow:
    """Waits for the day, then erases."""

    @workflow.run
    async def run(self, given_up: RunPurge) -> None:
        """Erase the file at its instant, if nobody took it up again."""
        await workflow.sleep(max(given_up.at - workflow.now(), PATIENT.initial_interval))
        await workflow.execute_activity_method(
            Adherences.purge,
            given_up,
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Effacer un dossier abandonné",
        )
