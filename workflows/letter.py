"""One letter that somebody waits for: a link to sign in, a receipt."""

from temporalio import workflow
from temporalio.common import Priority

with workflow.unsafe.imports_passed_through():
    from activities.letters.post import Post
    from domain.wire import names
    from domain.wire.letters import Posted, SendLetter
    from workflows.calling import PATIENT, POST


@workflow.defn
class LetterWorkflow:
    """Sends one letter of the ledger, ahead of any mailing."""

    @workflow.run
    async def run(self, letter: SendLetter) -> Posted:
        """Send it, patiently when the post is away."""
        return await workflow.execute_activity_method(
            Post.send_letter,
            letter,
            task_queue=names.POST,
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            priority=Priority(priority_key=1),
            summary="Envoyer une lettre attendue",
        )
