"""Preparing next year's edition, which then waits for its organiser."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.editions import Editions
    from workflows.calling import DATABASE, PATIENT


@workflow.defn
class PrepareEditionWorkflow:
    """Writes the edition of next year down and has it led; once is enough, twice is harmless."""

    @workflow.run
    async def run(self) -> None:
        """Prepare the edition."""
        await workflow.execute_activity_method(
            Editions.prepare,
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Préparer l’édition de l’an prochain",
        )
