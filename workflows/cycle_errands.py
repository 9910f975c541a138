"""What a cycle has done for it on its way: dealing, ranking, telling, writing."""

from collections.abc import Awaitable, Callable

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.cycles import Cycles
    from activities.juries import Juries
    from activities.telling import Telling
    from domain.wire import names
    from domain.wire.cycle import (
        AskOfCycle,
        CycleMoved,
        CycleRef,
        CycleState,
        EndPhase,
        EnterPhase,
        MoveDates,
        RepairDeal,
        Repaired,
        SettleCycle,
        SignMinutes,
        TellEveryone,
        Told,
    )
    from domain.wire.juror import JurorRef
    from domain.wire.letters import SendMailing
    from workflows.calling import (
        BRIEF,
        CURSOR,
        DATABASE,
        HEARTBEAT,
        PATIENT,
        refusals_handed_on,
    )

from workflows.dealing import send_regrouped
from workflows.leading import offer_again
from workflows.mailing import MailingWorkflow
from workflows.publication import PublicationWorkflow

Tell = Callable[[Telling, TellEveryone], Awaitable[Told]]


async def enter_phase(entering: EnterPhase) -> CycleMoved:
    """Write the phase down, unless dates that moved in time put it off."""
    return await workflow.execute_activity_method(
        Cycles.enter_phase,
        entering,
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary=f"Passer à la phase : {entering.phase}",
    )


async def move_dates(asking: MoveDates) -> CycleMoved:
    """Move dates while somebody waits for the answer."""
    with refusals_handed_on():
        return await workflow.execute_local_activity_method(
            Cycles.move_dates,
            asking,
            start_to_close_timeout=DATABASE,
            retry_policy=BRIEF,
            summary="Déplacer des dates",
        )


async def sign_minutes(signing: SignMinutes) -> CycleState:
    """Seal the decisions while the chair waits for the answer."""
    with refusals_handed_on():
        return await workflow.execute_local_activity_method(
            Cycles.sign_minutes,
            signing,
            start_to_close_timeout=DATABASE,
            retry_policy=BRIEF,
            summary="Signer le procès-verbal",
        )


async def settle(cycle: str, asked: AskOfCycle) -> None:
    """Do what was asked while somebody waits for the answer, then what follows from it."""
    with refusals_handed_on():
        settled = await workflow.execute_local_activity_method(
            Cycles.settle,
            SettleCycle(cycle, asked.act, asked.request, asked.arrived_at),
            start_to_close_timeout=DATABASE,
            retry_policy=BRIEF,
            summary=f"Régler la demande : {asked.act}",
        )
    if settled.mailing:
        await mail(settled.mailing)
    for place in settled.offer_again:
        await offer_again(place)


async def deal(cycle: str) -> None:
    """Give every admitted file its readers, once those of short categories went to a neighbour."""
    if workflow.patched("short-categories-go-to-a-neighbour"):
        await send_regrouped(cycle)
    await workflow.execute_activity_method(
        Cycles.deal,
        CycleRef(cycle, workflow.now()),
        start_to_close_timeout=CURSOR,
        heartbeat_timeout=HEARTBEAT,
        retry_policy=PATIENT,
        summary="Attribuer les dossiers aux jurés",
    )


async def repair_deal(asking: RepairDeal) -> Repaired:
    """Repair the deal while an organiser waits for the answer."""
    with refusals_handed_on():
        return await workflow.execute_activity_method(
            Cycles.repair_deal,
            asking,
            start_to_close_timeout=CURSOR,
            heartbeat_timeout=HEARTBEAT,
            retry_policy=PATIENT,
            summary="Réparer l’attribution des dossiers",
        )


async def replace(juror: str) -> None:
    """Call the next of the reserve in the place of a juror who left."""
    await workflow.execute_activity_method(
        Juries.call_the_reserve,
        JurorRef(juror, workflow.now()),
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary="Appeler le juré suivant de la réserve",
    )


async def freeze_the_ranking(cycle: str) -> None:
    """Compute the standings and keep them."""
    await workflow.execute_activity_method(
        Cycles.freeze_ranking,
        CycleRef(cycle, workflow.now()),
        start_to_close_timeout=CURSOR,
        heartbeat_timeout=HEARTBEAT,
        retry_policy=PATIENT,
        summary="Arrêter le classement",
    )


async def publish(cycle: str, lifted: EndPhase | None) -> None:
    """Publish the palmarès, at its date or because somebody lifted the embargo."""
    await workflow.execute_child_workflow(
        PublicationWorkflow.run,
        CycleRef(
            cycle,
            at=lifted.arrived_at if lifted else workflow.now(),
            request=lifted.request if lifted else None,
        ),
        id=names.publication_id(cycle),
        static_summary="Publier le palmarès",
    )


async def remind_the_chair(cycle: str) -> None:
    """Say that the minutes are late."""
    await workflow.execute_activity_method(
        Cycles.remind_the_chair,
        CycleRef(cycle, workflow.now()),
        start_to_close_timeout=DATABASE,
        retry_policy=PATIENT,
        summary="Rappeler la délibération",
    )
    await mail(f"deliberation:{cycle}")


async def tell_drafts(cycle: str, moved: CycleMoved) -> None:
    """Tell those who had not sent anything yet."""
    await _tell(Telling.tell_drafts, cycle, moved, "Prévenir les brouillons")


async def tell_applications(cycle: str, moved: CycleMoved) -> None:
    """Tell every application that is under way."""
    await _tell(Telling.tell_applications, cycle, moved, "Prévenir les candidatures")


async def tell_jurors(cycle: str, moved: CycleMoved) -> None:
    """Tell every juror who serves or was asked to."""
    await _tell(Telling.tell_jurors, cycle, moved, "Prévenir les jurés")


async def reopen_drafts(cycle: str, moved: CycleMoved) -> None:
    """Have every draft that had lapsed run again."""
    await _tell(Telling.reopen_drafts, cycle, moved, "Rouvrir les brouillons non envoyés")


async def mail(mailing: str) -> None:
    """Send a mailing, without waiting for it."""
    await workflow.start_child_workflow(
        MailingWorkflow.run,
        SendMailing(mailing),
        id=names.mailing_id(f"{mailing}:{workflow.uuid4()}"),
        parent_close_policy=ParentClosePolicy.ABANDON,
        static_summary="Envoyer les lettres",
    )


async def _tell(whom: Tell, cycle: str, moved: CycleMoved, summary: str) -> None:
    await workflow.execute_activity_method(
        whom,
        TellEveryone(cycle, moved),
        start_to_close_timeout=CURSOR,
        heartbeat_timeout=HEARTBEAT,
        retry_policy=PATIENT,
        summary=summary,
    )
