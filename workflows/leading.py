"""A cycle tells the edition that leads it where it stands; one opened alone tells nobody."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.telling import Telling
    from domain.phases import Phase
    from domain.wire.edition import TellEdition
    from workflows.calling import DATABASE, PATIENT


async def tell_the_edition(cycle: str, phase: Phase) -> None:
    """Say which phase has begun; cycles that ran before editions were led say nothing."""
    if workflow.patched("the-edition-hears-of-every-phase"):
        await workflow.execute_activity_method(
            Telling.tell_edition,
            TellEdition(cycle, phase),
            start_to_close_timeout=DATABASE,
            retry_policy=PATIENT,
            summary="Prévenir l’édition",
        )
