"""Every table, so that one import gives Alembic the whole schema."""

from sqlmodel import SQLModel

from storage.tables.applications import (
    Application,
    ApplicationVersion,
    Attachment,
    Member,
    Screening,
)
from storage.tables.cycles import Cycle, Edition, Template
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.letters import Letter
from storage.tables.partners import Partner
from storage.tables.people import ApiToken, LoginLink, Organiser, Person, SignedIn
from storage.tables.records import JournalLine, Request
from storage.tables.results import Decision, Minutes, Palmares, Standing

SCHEMA = SQLModel.metadata

__all__ = [
    "SCHEMA",
    "ApiToken",
    "Application",
    "ApplicationVersion",
    "Attachment",
    "Card",
    "Conflict",
    "Cycle",
    "Decision",
    "Edition",
    "JournalLine",
    "Juror",
    "Letter",
    "LoginLink",
    "Member",
    "Minutes",
    "Organiser",
    "Palmares",
    "Partner",
    "Person",
    "Request",
    "Screening",
    "SignedIn",
    "Standing",
    "Template",
]
