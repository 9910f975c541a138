"""The palmarès goes out: page, documents and letters, at once."""

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.publication import Publication
    from domain.mailings import results_of
    from domain.wire import names
    from domain.wire.cycle import CycleRef
    from domain.wire.letters import SendMailing
    from workflows.calling import CURSOR, HEARTBEAT, PATIENT

from workflows.mailing import MailingWorkflow


@workflow.defn
class PublicationWorkflow:
    """Switches a cycle to « published » in one transaction, then sends the results."""

    @workflow.run
    async def run(self, cycle: CycleRef) -> None:
        """Publish, then write to everyone who applied."""
        published = await workflow.execute_activity_method(
            Publication.publish,
            cycle,
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Publier le palmarès",
        )
        mailing = results_of(cycle.cycle)
        # Nothing is said of a cycle that was published before mailings had a row.
        letters = SendMailing(mailing, published.mailing, published.step) if published else None
        await workflow.start_child_workflow(
            MailingWorkflow.run,
            letters or SendMailing(mailing),
            id=names.mailing_id(mailing),
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary="Envoyer les résultats",
        )
