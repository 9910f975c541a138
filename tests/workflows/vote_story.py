"""A favourite vote on the real server: its dates pass, its organiser acts, people vote by the database."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from temporalio.client import Client, WorkflowHandle

from domain.votes import VoteAct, VotePhase
from domain.wire import names
from domain.wire.vote import AskOfVote, RunVote, VoteState
from storage.acts import voices
from storage.acts.vote_letters import link_key
from storage.acts.votes import situation_of
from storage.database import Database
from storage.identity import person_called
from storage.ledger import Intent, plan
from tests.builders import an_organiser
from tests.votes import DAY, Ballot, a_vote, a_voter
from tests.workflows.builders import written
from workflows.vote import VoteWorkflow

VOTERS = ("ada.martin@exemple.fr", "eve.durand@exemple.fr", "noe.petit@exemple.fr")
REASON = "Une panne du courrier a retardé les confirmations."
TYPED = (*VOTERS, REASON, "direction@exemple.fr", "nationale@exemple.fr", "Société 0", "Action 1")


@dataclass
class RunningVote:
    """A vote whose workflow runs, and who organises it."""

    database: Database
    ballot: Ballot
    handle: WorkflowHandle[VoteWorkflow, VoteState]
    organiser: UUID

    async def asks(self, act: VoteAct, at: datetime, **payload: str) -> VoteState:
        """An act of the organiser, arrived at an instant of our choice."""
        asked = await written(
            self.database,
            kind=act,
            subject=names.vote_subject(str(self.ballot.vote.id)),
            by=self.organiser,
            arrived_at=at,
            payload={"reason": REASON, **payload},
        )
        return await self.handle.execute_update(
            VoteWorkflow.act, AskOfVote(act, asked.request, asked.arrived_at), id=asked.request
        )

    async def hears(self, address: str, choice: int) -> None:
        """A voice, asked by letter and confirmed at once."""
        ballot = self.ballot
        async with self.database.transaction() as session:
            candidate = ballot.candidates[choice].id
            voter = a_voter(ballot, address)
            link = await voices.ask_for_link(session, ballot.vote, voter, candidate)
            assert link is not None
            person = await person_called(session, address)
            key = link_key(link.id)
            facts: dict[str, object] = {
                "token_path": "/vote/confirmation/x",
                "closes_at": ballot.vote.closes_at.isoformat(),
                "edition": ballot.edition.name,
                "withdraws": False,
            }
            await plan(session, [Intent(key, "vote_confirmation", key, person.id, facts)])
        async with self.database.transaction() as session:
            await voices.use_link(session, link.id)


async def a_running_vote(client: Client, database: Database, **about: object) -> RunningVote:
    """A vote whose row is there, and whose workflow has just started."""
    async with database.transaction() as session:
        ballot = await a_vote(session, **about)  # type: ignore[arg-type]  (fields by name)
        organiser = await an_organiser(session, None, "nationale@exemple.fr")
    handle = await client.start_workflow(
        VoteWorkflow.run,
        RunVote(str(ballot.vote.id), situation_of(ballot.vote)),
        id=names.vote_id(ballot.edition.code),
        task_queue=names.CYCLES,
    )
    return RunningVote(database, ballot, handle, organiser.id)


async def play_vote(client: Client, database: Database) -> RunningVote:
    """A vote opens early, moves its closing, and is cancelled; it still has to forget its voters."""
    now = datetime.now(UTC)
    vote = await a_running_vote(
        client,
        database,
        phase=VotePhase.PREPARED,
        opens_at=now + DAY,
        closes_at=now + 2 * DAY,
    )
    await vote.asks(VoteAct.OPEN, now)
    await vote.asks(
        VoteAct.MOVE,
        now,
        opens_at=now.isoformat(),
        closes_at=(now + 3 * DAY).isoformat(),
        publishes_at=vote.ballot.vote.publishes_at.isoformat(),
    )
    await vote.asks(VoteAct.CANCEL, now)
    return vote
