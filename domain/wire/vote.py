"""What a favourite vote is told, asks and answers: codes and instants, never a voice."""

from dataclasses import dataclass
from datetime import datetime

from domain.votes import VoteAct, VoteDue, VoteSituation


@dataclass(frozen=True, slots=True)
class RunVote:
    """Start of a vote: its row is already there."""

    vote: str
    situation: VoteSituation


@dataclass(frozen=True, slots=True)
class AskOfVote:
    """Somebody asks for an act on the vote."""

    act: VoteAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleVote:
    """The same request, as an activity settles it in one transaction."""

    vote: str
    act: VoteAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class VoteFallsDue:
    """A date of the vote has come."""

    vote: str
    due: VoteDue
    at: datetime


@dataclass(frozen=True, slots=True)
class VoteState:
    """Where a vote stands after a step."""

    situation: VoteSituation
