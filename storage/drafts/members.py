"""Who of the company works on an application: inviting and letting go."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.levels import Level
from domain.members import AT_MOST, INVITED_AS, Role
from domain.refusals import N_, Refusal
from storage.identity import person_called
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.reads.insiders import is_insider
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.people import Person
from storage.templates import template_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """A colleague to invite, by address."""

    application_id: UUID
    email: str
    role: Role
    by_person: UUID


async def invite(session: AsyncSession, invitation: Invitation) -> str:
    """Give a colleague access, or another role; return the key of the letter that says so."""
    if invitation.role not in INVITED_AS:
        raise Refusal(N_("Choisissez ce que cette personne pourra faire."))
    application, cycle = await _locked(session, invitation.application_id)
    await _check_knows(session, cycle, invitation.email)
    person = await person_called(session, invitation.email)
    members = await _roles(session, application.id)
    if members.get(person.id) == Role.OWNER:
        raise Refusal(N_("Cette personne est déjà responsable de ce dossier."))
    if person.id not in members and len(members) >= AT_MOST:
        raise Refusal(N_("Un dossier compte %(count)s personnes au plus."), count=AT_MOST)
    await session.execute(
        insert(Member)
        .values(application_id=application.id, person_id=person.id, role=invitation.role)
        .on_conflict_do_update(
            index_elements=["application_id", "person_id"], set_={"role": invitation.role}
        )
    )
    if members.get(person.id) != invitation.role:
        write_line(
            session,
            subject=f"application:{application.id}",
            act="give_access",
            before=_access(members.get(person.id), person.id),
            after=_access(invitation.role, person.id),
            by_person=invitation.by_person,
            cycle_id=cycle.id,
        )
    inviter = await session.get_one(Person, invitation.by_person)
    category = (await template_of(session, cycle)).category(application.category)
    letter = _letter(application, cycle, person, inviter, category.name.in_(person.language))
    if person.id not in members:
        letter = replace(letter, key=await _unused(session, letter.key))
    await plan(session, [letter])
    return letter.key


async def _check_knows(session: AsyncSession, cycle: Cycle, email: str) -> None:
    """Internal trophies are for those whom their organiser let in, colleagues included."""
    if cycle.level == Level.INTERNAL and not await is_insider(session, cycle.id, email):
        raise Refusal(
            N_(
                "Ces trophées sont internes, et cette adresse n’en est pas membre : demandez à leur "
                "organisateur de l’y faire entrer, puis invitez-la de nouveau."
            )
        )


async def let_go(
    session: AsyncSession, application_id: UUID, member_id: UUID, by_person: UUID
) -> bool:
    """Take a colleague's access away; the owner stays. False when there was nobody."""
    application, cycle = await _locked(session, application_id)
    gone = await session.execute(
        delete(Member)
        .where(
            col(Member.id) == member_id,
            col(Member.application_id) == application_id,
            col(Member.role) != Role.OWNER,
        )
        .returning(col(Member.person_id), col(Member.role))
    )
    left = gone.one_or_none()
    if left is None:
        return False
    write_line(
        session,
        subject=f"application:{application.id}",
        act="take_access",
        before=_access(left.role, left.person_id),
        by_person=by_person,
        cycle_id=cycle.id,
    )
    return True


def _access(role: str | None, person_id: UUID) -> str:
    """A role and whose it is, as the journal keeps it: ids only."""
    return f"{role} person:{person_id}" if role else ""


async def _locked(session: AsyncSession, application_id: UUID) -> tuple[Application, Cycle]:
    found = await session.execute(
        select(Application, Cycle)
        .join(Cycle, col(Cycle.id) == col(Application.cycle_id))
        .where(col(Application.id) == application_id)
        .with_for_update(of=Application)
    )
    return found.one()


async def _roles(session: AsyncSession, application_id: UUID) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(Member.person_id), col(Member.role)).where(
            col(Member.application_id) == application_id
        )
    )
    return dict(list(rows))


async def _unused(session: AsyncSession, key: str) -> str:
    """The key for somebody who comes in: numbered from the second time, so that a letter says so.

    The row of the application is locked, so two invitations do not count at once.
    """
    earlier = await session.execute(
        select(func.count()).where(
            or_(col(Letter.key) == key, col(Letter.key).startswith(f"{key}:", autoescape=True))
        )
    )
    times = earlier.scalar_one()
    return f"{key}:{times + 1}" if times else key


def _letter(
    application: Application, cycle: Cycle, person: Person, inviter: Person, category: str
) -> Intent:
    return Intent(
        key=f"member:{application.id}:{person.id}",
        kind="member_invited",
        subject=f"application:{application.id}",
        person_id=person.id,
        cycle_id=cycle.id,
        facts={
            "cycle_name": cycle.name,
            "zone": cycle.zone,
            "link": f"/candidatures/{application.id}",
            "company": application.company,
            "title": application.title or category,
            "number": application.number or "",
            "invited_by": inviter.name or inviter.email,
        },
    )
