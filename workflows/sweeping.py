"""Once a minute: what was written while the engine was away reaches its workflow."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.sweeping import Sweeping
    from domain.wire.sweep import Swept
    from workflows.calling import CURSOR, HEARTBEAT, PATIENT


@workflow.defn
class SweepWorkflow:
    """Goes on where the sweep before it ended; a sweep of nothing is one short activity."""

    @workflow.run
    async def run(self) -> Swept:
        """Sweep once."""
        before = workflow.get_last_completion_result(Swept)
        return await workflow.execute_activity_method(
            Sweeping.sweep,
            before or Swept(),
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Porter à leur destinataire les demandes restées en attente",
        )
