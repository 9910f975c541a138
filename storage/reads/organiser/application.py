"""One application as the organiser screens it: what was sent, what the rules say, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Act, Status
from domain.duplicates import ALIVE
from domain.verdicts import Outcome
from storage.ledger import LetterState
from storage.reads.organiser.journal import Trace, journal_of
from storage.tables.applications import Application, ApplicationVersion, Attachment, Screening
from storage.tables.letters import Letter

MOST = 100  # letters of one file


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """What one rule said when the file was sent; the facts fill the sentence."""

    code: str
    outcome: Outcome
    sentence: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentVersion:
    """A version that was sent."""

    version: int
    arrived_at: datetime
    fingerprint: str
    in_tolerance: bool


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """An attachment of the version that is shown."""

    id: UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class LetterAbout:
    """A letter about the application, never its text."""

    id: UUID
    kind: str
    state: LetterState
    planned_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another application of the same company in the cycle, and whether it looks like this one."""

    id: UUID
    category: str
    status: Status
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """The whole page; ``answers`` are those last sent, or the draft's progress is hidden."""

    id: UUID
    number: str | None
    company: str
    siret: str
    siren: str
    category: str
    title: str
    status: Status
    admissible: bool | None
    submitted_at: datetime | None
    complements_until: datetime | None
    extended_until: datetime | None
    answers: Mapping[str, Any]
    partner: Mapping[str, Any] | None
    registry: Mapping[str, Any] | None
    rules: tuple[RuleSaid, ...]
    versions: tuple[SentVersion, ...]
    files: tuple[JoinedFile, ...]
    history: tuple[Trace, ...]
    letters: tuple[LetterAbout, ...]
    neighbours: tuple[Neighbour, ...]
    was_asked_to_complete: bool

    @property
    def is_sent(self) -> bool:
        """Whether there is something to read: a draft stays with its company."""
        return bool(self.versions)


async def application_file(
    session: AsyncSession, cycle_id: UUID, application_id: UUID
) -> ApplicationFile | None:
    """The application of that cycle, or nothing."""
    application = (
        await session.execute(
            select(Application).where(
                col(Application.id) == application_id, col(Application.cycle_id) == cycle_id
            )
        )
    ).scalar_one_or_none()
    if application is None:
        return None
    answers, partner, files = await _last_sent(session, application)
    return ApplicationFile(
        id=application.id,
        number=application.number,
        company=application.company,
        siret=application.siret,
        siren=application.siren,
        category=application.category,
        title=application.title,
        status=Status(application.status),
        admissible=application.admissible,
        submitted_at=application.submitted_at,
        complements_until=application.complements_until,
        extended_until=application.extended_until,
        answers=answers,
        partner=partner,
        registry=application.registry_facts,
        rules=tuple(map(_rule, application.verdicts or ())),
        versions=await _versions(session, application_id),
        files=files,
        history=await journal_of(session, f"application:{application_id}"),
        letters=await _letters(session, f"application:{application_id}"),
        neighbours=await _neighbours(session, application),
        was_asked_to_complete=await _was_asked(session, application_id),
    )


def _rule(said: Mapping[str, Any]) -> RuleSaid:
    return RuleSaid(
        code=str(said.get("rule", "")),
        outcome=Outcome(said["outcome"]),
        sentence=str(said.get("sentence", "")),
        facts=said.get("facts") or {},
    )


async def _last_sent(
    session: AsyncSession, application: Application
) -> tuple[Mapping[str, Any], Mapping[str, Any] | None, tuple[JoinedFile, ...]]:
    row = (
        await session.execute(
            select(
                col(ApplicationVersion.answers),
                col(ApplicationVersion.partner),
                col(ApplicationVersion.attachments),
            ).where(
                col(ApplicationVersion.application_id) == application.id,
                col(ApplicationVersion.version) == application.version,
            )
        )
    ).one_or_none()
    if row is None:
        return {}, None, ()
    return (
        row[0],
        row[1],
        tuple(
            JoinedFile(UUID(each["id"]), each["name"], each["media_type"], each["size"])
            for each in row[2]
        ),
    )


async def _versions(session: AsyncSession, application_id: UUID) -> tuple[SentVersion, ...]:
    rows = await session.execute(
        select(
            col(ApplicationVersion.version),
            col(ApplicationVersion.arrived_at),
            col(ApplicationVersion.fingerprint),
            col(ApplicationVersion.in_tolerance),
        )
        .where(col(ApplicationVersion.application_id) == application_id)
        .order_by(col(ApplicationVersion.version).desc())
    )
    return tuple(SentVersion(*row) for row in rows)


async def _letters(session: AsyncSession, subject: str) -> tuple[LetterAbout, ...]:
    rows = await session.execute(
        select(
            col(Letter.id),
            col(Letter.kind),
            col(Letter.state),
            col(Letter.planned_at),
            col(Letter.sent_at),
        )
        .where(col(Letter.subject) == subject)
        .order_by(col(Letter.planned_at).desc(), col(Letter.id))
        .limit(MOST)
    )
    return tuple(
        LetterAbout(identity, kind, LetterState(state), planned_at, sent_at)
        for identity, kind, state, planned_at, sent_at in rows
    )


async def _neighbours(session: AsyncSession, application: Application) -> tuple[Neighbour, ...]:
    rows = await session.execute(
        select(col(Application.id), col(Application.category), col(Application.status))
        .where(
            col(Application.siren) == application.siren,
            col(Application.cycle_id) == application.cycle_id,
            col(Application.id) != application.id,
        )
        .order_by(col(Application.created_at))
        .limit(MOST)
    )
    return tuple(
        Neighbour(
            identity,
            category,
            Status(status),
            is_alike=category == application.category
            and {Status(status), Status(application.status)} <= ALIVE,
        )
        for identity, category, status in rows
    )


async def _was_asked(session: AsyncSession, application_id: UUID) -> bool:
    rows = await session.execute(
        select(col(Screening.id)).where(
            col(Screening.application_id) == application_id,
            col(Screening.decision) == Act.ASK_COMPLEMENTS,
        )
    )
    return rows.first() is not None


async def attachment_in(
    session: AsyncSession, application_id: UUID, attachment_id: UUID
) -> Attachment | None:
    """A file that was joined to the application, even if the company removed it since."""
    found = await session.execute(
        select(Attachment).where(
            col(Attachment.id) == attachment_id, col(Attachment.application_id) == application_id
        )
    )
    return found.scalar_one_or_none()
