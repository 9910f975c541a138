"""Every table, so that one import gives Alembic the whole schema."""

from sqlmodel import SQLModel

from storage.tables.applications import (
    Application,
    ApplicationVersion,
    Attachment,
    Duplicate,
    Extension,
    Member,
    Screening,
)
from storage.tables.calendars import CalendarVersion
from storage.tables.charter import (
    Adherence,
    AdherenceMember,
    Alert,
    Charter,
    Engagement,
    Evidence,
    Report,
    Review,
)
from storage.tables.charter_roles import RoleChange
from storage.tables.complaints import AlertEvidence
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle, Edition, Insider, Regrouping, Template
from storage.tables.doubts import Doubt, DoubtPiece
from storage.tables.juries import Card, Conflict, DealRecord, Juror, SecondReading
from storage.tables.letters import Letter
from storage.tables.mailings import Mailing
from storage.tables.partners import Partner
from storage.tables.people import ApiToken, LoginLink, Organiser, Person, SignedIn
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.records import JournalLine, Request, SealedLine
from storage.tables.results import (
    Amendment,
    Calibration,
    Decision,
    Minutes,
    Palmares,
    Standing,
)
from storage.tables.retention import RetentionRun
from storage.tables.sessions import Ballot, BallotVoice, Hearing, Presence
from storage.tables.votes import Voice, VoiceLink, Vote, VoteBurst, VoteCandidate

SCHEMA = SQLModel.metadata

__all__ = [
    "SCHEMA",
    "Adherence",
    "AdherenceMember",
    "Alert",
    "AlertEvidence",
    "Amendment",
    "ApiToken",
    "Application",
    "ApplicationVersion",
    "Attachment",
    "Ballot",
    "BallotVoice",
    "CalendarVersion",
    "Calibration",
    "Card",
    "Charter",
    "Conflict",
    "Correction",
    "Cycle",
    "DealRecord",
    "Decision",
    "Doubt",
    "DoubtPiece",
    "Duplicate",
    "Edition",
    "Engagement",
    "Evidence",
    "Extension",
    "Hearing",
    "Insider",
    "JournalLine",
    "Juror",
    "Letter",
    "LoginLink",
    "Mailing",
    "Member",
    "Minutes",
    "Organiser",
    "Palmares",
    "Partner",
    "Person",
    "PlaceOffer",
    "Presence",
    "Promotion",
    "Regrouping",
    "Report",
    "Request",
    "RetentionRun",
    "Review",
    "RoleChange",
    "Screening",
    "SealedLine",
    "SecondReading",
    "SignedIn",
    "Standing",
    "Template",
    "Voice",
    "VoiceLink",
    "Vote",
    "VoteBurst",
    "VoteCandidate",
]
