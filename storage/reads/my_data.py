"""All that the service keeps of one person, for them to read and to take away."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, label, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables.applications import Application, Attachment, Member
from storage.tables.charter import Adherence, AdherenceMember, Alert
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Conflict, Juror
from storage.tables.letters import Letter
from storage.tables.partners import Partner
from storage.tables.people import ApiToken, Organiser, Person, SignedIn
from storage.tables.records import JournalLine, Request


async def my_data(session: AsyncSession, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Every part by its name, its rows oldest first, without what would let somebody in.

    ``person``, ``sessions``, ``keys``, ``rights``, ``applications`` (with their answers), ``files`` that
    they joined, ``partnerships``, ``juries``, ``conflicts``, ``cards``, ``adherences``, ``complaints``
    that they wrote, ``letters`` that they were sent, ``requests`` that they made, and what the
    ``journal`` says of their acts.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name, query in _parts(person_id).items():
        rows = await session.execute(query)
        found[name] = [dict(row) for row in rows.mappings()]
    return found


def _parts(person_id: UUID) -> Mapping[str, Executable]:
    return {
        **_account(person_id),
        **_companies(person_id),
        **_juries(person_id),
        **_trace(person_id),
    }


def _account(person_id: UUID) -> dict[str, Executable]:
    return {
        "person": select(
            col(Person.id),
            col(Person.email),
            col(Person.name),
            col(Person.language),
            col(Person.created_at),
            col(Person.seen_at),
            col(Person.reminders_off_at),
        ).where(col(Person.id) == person_id),
        "sessions": select(col(SignedIn.created_at), col(SignedIn.expires_at))
        .where(col(SignedIn.person_id) == person_id)
        .order_by(col(SignedIn.created_at)),
        "keys": select(col(ApiToken.name), col(ApiToken.created_at), col(ApiToken.expires_at))
        .where(col(ApiToken.person_id) == person_id)
        .order_by(col(ApiToken.created_at)),
        "rights": select(label("cycle", col(Cycle.code)), col(Cycle.name))
        .select_from(Organiser)
        .outerjoin(Cycle, col(Cycle.id) == col(Organiser.cycle_id))
        .where(col(Organiser.person_id) == person_id)
        .order_by(col(Cycle.code)),
    }


def _companies(person_id: UUID) -> dict[str, Executable]:
    return {
        "applications": select(
            col(Application.id),
            label("cycle", col(Cycle.name)),
            col(Member.role),
            col(Application.company),
            col(Application.siret),
            col(Application.title),
            col(Application.number),
            col(Application.status),
            col(Application.answers),
            col(Application.created_at),
            col(Application.submitted_at),
        )
        .join(Member, col(Member.application_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Member.person_id) == person_id)
        .order_by(col(Application.created_at)),
        "files": select(
            col(Attachment.name),
            col(Attachment.media_type),
            col(Attachment.size),
            col(Attachment.sha256),
            col(Attachment.added_at),
            col(Attachment.removed_at),
        )
        .where(col(Attachment.added_by) == person_id)
        .order_by(col(Attachment.added_at)),
        "partnerships": select(
            col(Partner.id),
            col(Partner.name),
            col(Partner.siret),
            col(Partner.status),
            col(Partner.answers),
            col(Partner.created_at),
        )
        .where(col(Partner.person_id) == person_id)
        .order_by(col(Partner.created_at)),
        "adherences": select(
            col(Adherence.id),
            col(Adherence.company),
            col(Adherence.siret),
            col(AdherenceMember.role),
            col(Adherence.state),
            col(Adherence.created_at),
        )
        .join(AdherenceMember, col(AdherenceMember.adherence_id) == col(Adherence.id))
        .where(col(AdherenceMember.person_id) == person_id)
        .order_by(col(Adherence.created_at), col(AdherenceMember.role)),
        "complaints": select(
            col(Alert.id),
            col(Alert.subject),
            col(Alert.facts),
            col(Alert.step),
            col(Alert.received_at),
            col(Alert.outcome),
        )
        .where(col(Alert.author_id) == person_id)
        .order_by(col(Alert.received_at)),
    }


def _juries(person_id: UUID) -> dict[str, Executable]:
    return {
        "juries": select(
            col(Juror.id),
            label("cycle", col(Cycle.name)),
            col(Juror.organisation),
            col(Juror.status),
            col(Juror.is_chair),
            col(Juror.reason),
            col(Juror.created_at),
        )
        .join(Cycle, col(Cycle.id) == col(Juror.cycle_id))
        .where(col(Juror.person_id) == person_id)
        .order_by(col(Juror.created_at)),
        "conflicts": select(
            col(Conflict.application_id), col(Conflict.kind), col(Conflict.reason), col(Conflict.at)
        )
        .join(Juror, col(Juror.id) == col(Conflict.juror_id))
        .where(col(Juror.person_id) == person_id)
        .order_by(col(Conflict.at)),
        "cards": select(
            col(Card.application_id),
            col(Card.status),
            col(Card.marks),
            col(Card.comments),
            col(Card.note),
            col(Card.reason),
            col(Card.closed_at),
        )
        .join(Juror, col(Juror.id) == col(Card.juror_id))
        .where(col(Juror.person_id) == person_id)
        .order_by(col(Card.created_at)),
    }


def _trace(person_id: UUID) -> dict[str, Executable]:
    return {
        # Not their facts: some carry a link that lets in.
        "letters": select(
            col(Letter.kind), col(Letter.subject), col(Letter.state), col(Letter.sent_at)
        )
        .where(col(Letter.person_id) == person_id)
        .order_by(col(Letter.planned_at)),
        "requests": select(
            col(Request.kind), col(Request.subject), col(Request.arrived_at), col(Request.payload)
        )
        .where(col(Request.by_person) == person_id)
        .order_by(col(Request.arrived_at)),
        "journal": select(
            col(JournalLine.at),
            col(JournalLine.act),
            col(JournalLine.subject),
            col(JournalLine.reason),
        )
        .where(col(JournalLine.actor) == f"person:{person_id}")
        .order_by(col(JournalLine.id)),
    }
