"""What a mailing that people look after is asked and answers: ids and instants."""

from dataclasses import dataclass
from datetime import datetime

from domain.mailings import MailingAct, MailingStep


@dataclass(frozen=True, slots=True)
class AskOfMailing:
    """Somebody releases, pauses, resumes or cancels."""

    act: MailingAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class SettleMailing:
    """The same request, as an activity settles it in one transaction."""

    mailing: str
    act: MailingAct
    request: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class ConcludeMailing:
    """No planned letter is left, as far as the post saw."""

    mailing: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailingState:
    """Where a mailing stands."""

    step: MailingStep


@dataclass(frozen=True, slots=True)
class Published:
    """The mailing that a publication wrote, by its id, and where it stands."""

    mailing: str
    step: MailingStep
