"""The favourite vote of an edition: it opens, closes, is counted and published, then forgets who voted."""

from datetime import timedelta

from temporalio import workflow
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from activities.refusing import refusing
    from activities.votes import Votes
    from domain.votes import VoteDue, VoteSituation, check_allowed, next_due
    from domain.wire import names
    from domain.wire.letters import SendMailing
    from domain.wire.vote import AskOfVote, RunVote, SettleVote, VoteFallsDue, VoteState
    from workflows.calling import BRIEF, CURSOR, DATABASE, PATIENT, refusals_handed_on

from workflows.mailing import MailingWorkflow


@workflow.defn
class VoteWorkflow:
    """Waits for the dates of a vote, and for its organiser; voices never pass here."""

    @workflow.init
    def __init__(self, vote: RunVote) -> None:
        self._vote = vote.vote
        self._situation: VoteSituation = vote.situation
        self._settled: set[str] = set()
        self._letters_due = False
        self._woken = False

    @workflow.run
    async def run(self, vote: RunVote) -> VoteState:  # noqa: ARG002  (read by __init__)
        """Carry a vote from its preparation to the day on which it forgets its voters."""
        while not self._situation.is_over:
            due = next_due(self._situation)
            if await self._wait_for(due) and due is not None:
                await self._fall_due(due)
            await self._send_letters()
        while not workflow.all_handlers_finished() or self._letters_due:
            await workflow.wait_condition(workflow.all_handlers_finished)
            await self._send_letters()
        return self.state()

    # What people ask.

    @workflow.update
    async def act(self, asked: AskOfVote) -> VoteState:
        """Open now, move the dates, cancel, put a burst of voices aside, part the first."""
        with refusals_handed_on():
            state = await workflow.execute_local_activity_method(
                Votes.settle,
                SettleVote(self._vote, asked.act, asked.request, asked.arrived_at),
                start_to_close_timeout=DATABASE,
                retry_policy=BRIEF,
                summary=f"Régler la demande : {asked.act}",
            )
        self._settled.add(asked.request)
        self._become(state)
        self._woken = True
        return state

    @act.validator
    def _may_act(self, asked: AskOfVote) -> None:
        with refusing():
            if asked.request not in self._settled:
                check_allowed(self._situation, asked.act)

    @workflow.query
    def state(self) -> VoteState:
        """Where the vote stands: its phase and its dates."""
        return VoteState(self._situation)

    # How it waits.

    def _become(self, state: VoteState) -> None:
        self._situation = state.situation
        self._letters_due = True

    async def _wait_for(self, due: VoteDue | None) -> bool:
        """Wait for a date; false when something happened first, so that dates are read again."""
        left = None if due is None else max(due.at - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(
                lambda: self._woken,
                timeout=left,
                timeout_summary="Prochaine date du vote",
            )
        except TimeoutError:
            return True
        self._woken = False
        return False

    async def _fall_due(self, due: VoteDue) -> None:
        state = await workflow.execute_activity_method(
            Votes.fall_due,
            VoteFallsDue(self._vote, due, workflow.now()),
            start_to_close_timeout=CURSOR,
            retry_policy=PATIENT,
            summary=f"Date du vote : {due.what}",
        )
        self._become(state)

    async def _send_letters(self) -> None:
        """Have the letters leave by themselves: a post that is away keeps no vote from closing."""
        if not self._letters_due:
            return
        self._letters_due = False
        mailing = names.vote_subject(self._vote)
        await workflow.start_child_workflow(
            MailingWorkflow.run,
            SendMailing(mailing),
            id=names.mailing_id(f"{mailing}:{workflow.uuid4()}"),
            parent_close_policy=ParentClosePolicy.ABANDON,
            static_summary="Envoyer les lettres du vote",
        )
