"""A cycle tells the edition that leads it where it stands; one opened alone tells nobody."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.promotions import Promotions
    from activities.telling import Telling
    from domain.phases import Phase
    from domain.wire.edition import TellEdition
    from domain.wire.promotion import BeginPromotions, PromotionRef
    from workflows.calling import DATABASE, PATIENT, POST

# While files may still go up, those that wait follow the dates of the final.
TAKES_PLACES = frozenset({Phase.PREPARED, Phase.OPEN})


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
    if phase in TAKES_PLACES and workflow.patched("places-follow-the-final"):
        await workflow.execute_activity_method(
            Promotions.follow_the_final,
            TellEdition(cycle, phase),
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Prévenir les places de la finale, si c’en est une",
        )


async def offer_places_in_the_final(cycle: str) -> None:
    """Have the places of each category offered; an edition without a final offers none."""
    if workflow.patched("laureates-go-up-to-the-final"):
        await workflow.execute_activity_method(
            Promotions.begin,
            BeginPromotions(cycle, workflow.now()),
            start_to_close_timeout=POST,
            retry_policy=PATIENT,
            summary="Proposer les places de la finale",
        )


async def offer_again(promotion: str) -> None:
    """Have a place that was taken back offered to the next in rank."""
    await workflow.execute_activity_method(
        Promotions.offer_again,
        PromotionRef(promotion, workflow.now()),
        start_to_close_timeout=POST,
        retry_policy=PATIENT,
        summary="Proposer de nouveau une place de la finale",
    )
