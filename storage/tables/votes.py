"""The favourite vote of an edition: its candidates, its voices without names, and what came out."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Numeric, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from domain.votes import VotePhase
from storage.tables.columns import document, identity, instant, reference, stamped


class Vote(SQLModel, table=True):
    """One vote in one edition; ``results`` stays empty until the voices are counted."""

    id: UUID = identity()
    edition_id: UUID = Field(foreign_key="edition.id", unique=True)
    phase: str = VotePhase.PREPARED
    opens_at: datetime = instant()
    closes_at: datetime = instant()
    publishes_at: datetime = instant()
    window_version: int = 1
    announced_only: bool = True
    follows_edition: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    lacks_candidates: bool = False
    is_tied: bool = False
    ended_at: datetime | None = instant(nullable=True)
    purged_at: datetime | None = instant(nullable=True)
    chosen_id: UUID | None = None
    chosen_reason: str = ""
    results: dict[str, Any] | None = document(nullable=True)
    created_at: datetime = stamped()


class VoteCandidate(SQLModel, table=True):
    """A territorial laureate in the vote, as it was shown from the opening on."""

    __tablename__ = "vote_candidate"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (UniqueConstraint("vote_id", "application_id"),)

    id: UUID = identity()
    vote_id: UUID = reference("vote.id", index=False)
    application_id: UUID = reference("application.id")
    shown: dict[str, Any] = document()
    score: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))  # type: ignore[arg-type]


class VoteBurst(SQLModel, table=True):
    """Voices put aside together, because they came from one place, with the reason."""

    __tablename__ = "vote_burst"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)

    id: UUID = identity()
    vote_id: UUID = reference("vote.id")
    shared: str
    fingerprint: str
    reason: str
    voices: int
    by_person: UUID = reference("person.id", index=False)
    at: datetime = instant()
    request_id: UUID = Field(unique=True)


class Voice(SQLModel, table=True):
    """One voice of one mailbox: fingerprints only, and erased some weeks after the count."""

    __table_args__ = (
        UniqueConstraint("vote_id", "mailbox"),
        Index("ix_voice_count", "vote_id", "candidate_id", "burst_id"),
    )

    id: UUID = identity()
    vote_id: UUID = reference("vote.id", index=False)
    mailbox: str
    domain: str
    origin: str
    candidate_id: UUID = reference("vote_candidate.id", index=False)
    arrived_at: datetime = instant()
    burst_id: UUID | None = reference("vote_burst.id", nullable=True, index=False)


class VoiceLink(SQLModel, table=True):
    """A link sent by letter, for one use, which gives a voice, changes it or takes it back."""

    __tablename__ = "voice_link"  # type: ignore[assignment]  (SQLModel declares a method, and takes a name)
    __table_args__ = (
        Index("ix_voice_link_mailbox", "vote_id", "mailbox", "created_at"),
        Index("ix_voice_link_origin", "vote_id", "origin", "created_at"),
    )

    id: UUID = identity()
    vote_id: UUID = reference("vote.id", index=False)
    mailbox: str
    domain: str
    origin: str
    withdraws: bool = False
    candidate_id: UUID | None = reference("vote_candidate.id", nullable=True, index=False)
    created_at: datetime = stamped()
    used_at: datetime | None = instant(nullable=True)
