"""An entry file that was given up is erased some months later."""

from contextlib import suppress

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.adherences import Adherences
    from domain.wire.adherence import RunPurge
    from workflows.calling import DATABASE, PATIENT


@workflow.defn
class PurgeWorkflow:
    """Waits for the day, then erases."""

    def __init__(self) -> None:
        self._is_needed = False

    @workflow.signal
    def keep(self) -> None:
        """An organiser needs the file: it is not erased."""
        self._is_needed = True

    @workflow.run
    async def run(self, given_up: RunPurge) -> None:
        """Erase the file at its instant, unless it is told that the file is needed again."""
        with suppress(TimeoutError):
            await workflow.wait_condition(
                lambda: self._is_needed,
                timeout=given_up.at - workflow.now(),
                timeout_summary="Jour de l’effacement",
            )
        if self._is_needed:
            return
        await workflow.execute_activity_method(
            Adherences.purge,
            given_up,
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Effacer un dossier abandonné",
        )
