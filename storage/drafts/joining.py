"""Somebody of a duplicate joins the team of the application that lives on."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.members import AT_MOST, Role
from domain.refusals import N_, Refusal
from storage.journal import write_line
from storage.tables.applications import Application, Duplicate, Member
from storage.tables.records import JournalLine

NOT_A_DUPLICATE = N_(
    "Cette candidature n'est plus close comme doublon : il n'y a rien à rejoindre."
)
LET_GO = N_(
    "L'équipe de l'autre dossier a retiré votre accès : demandez-lui de vous inviter de nouveau."
)


@dataclass(frozen=True, slots=True)
class Joining:
    """Who wants to join, and the duplicate on which they work."""

    duplicate_id: UUID
    person_id: UUID


async def join_the_kept(session: AsyncSession, joining: Joining) -> UUID:
    """Let them write in the application that was kept, or read it as they did; twice is once."""
    row = (
        await session.execute(
            select(Application, col(Member.role))
            .join(Duplicate, col(Duplicate.kept_id) == col(Application.id))
            .join(Member, col(Member.application_id) == col(Duplicate.application_id))
            .where(
                col(Duplicate.application_id) == joining.duplicate_id,
                col(Duplicate.undone_at).is_(None),
                col(Member.person_id) == joining.person_id,
            )
            .with_for_update(of=Application)
        )
    ).one_or_none()
    if row is None:
        raise Refusal(NOT_A_DUPLICATE)
    kept, was = row
    role = Role.READER if was == Role.READER else Role.EDITOR
    members = await _members(session, kept.id)
    if joining.person_id in members:
        return kept.id
    if await _was_let_go(session, kept.id, joining.person_id):
        raise Refusal(LET_GO)
    if len(members) >= AT_MOST:
        raise Refusal(N_("Un dossier compte %(count)s personnes au plus."), count=AT_MOST)
    await session.execute(
        insert(Member)
        .values(application_id=kept.id, person_id=joining.person_id, role=role)
        .on_conflict_do_nothing()
    )
    write_line(
        session,
        subject=f"application:{kept.id}",
        act="give_access",
        after=f"{role} person:{joining.person_id}",
        by_person=joining.person_id,
        cycle_id=kept.cycle_id,
    )
    return kept.id


async def _members(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    rows = await session.scalars(
        select(col(Member.person_id)).where(col(Member.application_id) == application_id)
    )
    return frozenset(rows)


async def _was_let_go(session: AsyncSession, application_id: UUID, person_id: UUID) -> bool:
    taken = select(col(JournalLine.id)).where(
        col(JournalLine.subject) == f"application:{application_id}",
        col(JournalLine.act) == "take_access",
        col(JournalLine.before).endswith(f"person:{person_id}"),
    )
    return (await session.execute(taken.limit(1))).first() is not None
