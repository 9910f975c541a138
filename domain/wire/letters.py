"""What the post is asked to do."""

from dataclasses import dataclass

from domain.mailings import MailingStep


@dataclass(frozen=True, slots=True)
class SendLetter:
    """One letter of the ledger, by its business key."""

    key: str


@dataclass(frozen=True, slots=True)
class SendLettersAbout:
    """Every planned letter about a subject, such as ``application:<uuid>``."""

    subject: str


@dataclass(frozen=True, slots=True)
class SendMailing:
    """Every planned letter of a mailing, such as ``results:<cycle>``.

    One that people look after has a row, and a step from which it starts.
    """

    mailing: str
    row: str = ""
    step: MailingStep = MailingStep.SENDING


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters left."""

    sent: int
