"""Every night: what was kept long enough goes, class by class, and a report stays."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.retaining import Retaining
    from domain.retention import Kept
    from workflows.calling import CURSOR, DATABASE, HEARTBEAT, PATIENT


@workflow.defn
class RetentionWorkflow:
    """Takes the classes in their order, all by the instant at which the night began."""

    @workflow.run
    async def run(self) -> dict[str, int]:
        """Carry everything out, then write the report."""
        now, found = workflow.now(), dict[str, int]()
        for kind in Kept:
            found[kind] = await workflow.execute_activity_method(
                Retaining.retain,
                args=[kind, now],
                start_to_close_timeout=CURSOR,
                heartbeat_timeout=HEARTBEAT,
                retry_policy=PATIENT,
                summary="Effacer ce qui a été gardé assez longtemps",
            )
        await workflow.execute_activity_method(
            Retaining.report,
            args=[workflow.info().run_id, found],
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Garder le rapport de la nuit",
        )
        return found
