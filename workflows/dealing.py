"""A file or a juror that comes while others already read: only what is missing is dealt."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.cycles import Cycles
    from activities.editions import Editions
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


async def deal_late_file(cycle: str) -> None:
    """Deal a file that was admitted late, here or where its short category has gone."""
    if workflow.patched("late-files-follow-their-category"):
        await send_regrouped(cycle)
    await deal_again(cycle)


async def send_regrouped(cycle: str) -> None:
    """Give the files of short categories to their neighbours, and deal in those that already read."""
    sent = await workflow.execute_activity_method(
        Editions.send_regrouped,
        CycleRef(cycle, workflow.now()),
        start_to_close_timeout=POST,
        retry_policy=PATIENT,
        summary="Confier les catégories trop courtes à leurs voisins",
    )
    for other in sent.cycles:
        await deal_again(other)
