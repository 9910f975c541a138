"""Many letters at once, behind those that somebody waits for."""

from temporalio import workflow
from temporalio.common import Priority

with workflow.unsafe.imports_passed_through():
    from activities.letters.post import Post
    from domain.wire import names
    from domain.wire.letters import Posted, SendMailing
    from workflows.calling import CURSOR, HEARTBEAT, PATIENT


@workflow.defn
class MailingWorkflow:
    """Sends every planned letter of a mailing, by a cursor in the ledger."""

    @workflow.run
    async def run(self, mailing: SendMailing) -> Posted:
        """Send them all; a worker that dies is followed by one that goes on from the ledger."""
        return await workflow.execute_activity_method(
            Post.send_mailing,
            mailing,
            task_queue=names.MAILINGS,
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            priority=Priority(priority_key=5),
            summary="Envoyer un courrier en nombre",
        )
