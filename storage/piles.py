"""Piles of letters: those that are sent together, by the value that they share."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Text, bindparam
from sqlmodel import col

from storage.tables.letters import Letter


class Shared(StrEnum):
    """The column whose value the letters of a pile share."""

    KEY = "key"
    SUBJECT = "subject"
    MAILING = "mailing"


@dataclass(frozen=True, slots=True)
class Pile:
    """Letters that are sent together."""

    by: Shared
    value: str


_COLUMNS = {
    Shared.KEY: col(Letter.key),
    Shared.SUBJECT: col(Letter.subject),
    Shared.MAILING: col(Letter.mailing),
}


def with_key(key: str) -> Pile:
    """The one letter of that business key."""
    return Pile(Shared.KEY, key)


def about(subject: str) -> Pile:
    """The letters about a subject."""
    return Pile(Shared.SUBJECT, subject)


def of_mailing(mailing: str) -> Pile:
    """The letters of a mailing."""
    return Pile(Shared.MAILING, mailing)


def shares(by: Shared) -> ColumnElement[bool]:
    """Whether a letter is of the pile whose value is told as « value » when the statement is run."""
    return _COLUMNS[by] == bindparam("value", type_=Text())
