"""A file or a juror that comes while others already read: only what is missing is dealt."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.cycles import Cycles
    from activities.letters.post import Post
    from domain.wire import names
    from domain.wire.cycle import CycleRef
    from domain.wire.letters import SendMailing
    from workflows.calling import CURSOR, HEARTBEAT, PATIENT, POST


async def deal_again(cycle: str) -> None:
    """Deal what has too few readers, and write to those who receive a card."""
    await workflow.execute_activity_method(
        Cycles.deal,
        CycleRef(cycle, workflow.now()),
        start_to_close_timeout=CURSOR,
        heartbeat_timeout=HEARTBEAT,
        retry_policy=PATIENT,
        summary="Attribuer ce qui manque encore de lecteurs",
    )
    await workflow.execute_activity_method(
        Post.send_mailing,
        SendMailing(f"deal:{cycle}"),
        task_queue=names.POST,
        start_to_close_timeout=POST,
        retry_policy=PATIENT,
        summary="Écrire aux jurés qui reçoivent un dossier",
    )
