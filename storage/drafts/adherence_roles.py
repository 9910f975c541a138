"""Roles that pass to somebody else in mid-term: who leaves and who comes hear of it, and it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.entry import NOBODY, Holder, entry_from
from domain.charter.people import NEXT_HEAD, check_may_change_roles
from domain.charter.states import LIVING, State
from domain.refusals import N_, Refusal
from domain.wire import names
from storage.acts.charter.heads import document_of, holder_from
from storage.charters import charter_by_id
from storage.drafts.adherence_entry import Hand, roles_of
from storage.drafts.adherence_people import facts_about, seat
from storage.identity import person_called
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.charter import Adherence, AdherenceMember
from storage.tables.charter_roles import RoleChange
from storage.tables.people import Organiser

CHANGE = "changer_roles"
LEFT, HEAD_NAMED = "charter_role_left", "charter_head_named"

_NOT_LIVING = N_("Les rôles se changent ici pendant l’adhésion, une fois qu’elle est acceptée.")

Holders = Mapping[str, Holder]


async def change_roles(
    session: AsyncSession, hand: Hand, holders: Holders, reason: str
) -> tuple[str, ...]:
    """Put these people in these roles, the head once it has signed; the keys of the letters.

    What is as it was changes nothing, so the same form sent twice does it once.
    """
    adherence = await session.get_one(Adherence, hand.adherence_id, with_for_update=True)
    charter = await charter_by_id(session, adherence.charter_id)
    await _check_may(session, hand, adherence, charter)
    head = charter.signatory.code
    kept = entry_from(adherence.entry)
    changed = {
        role: holder
        for role, holder in holders.items()
        if role != head and holder != kept.roles.get(role, NOBODY)
    }
    keys = await _name_head(session, hand, adherence, charter, holders.get(head, NOBODY))
    if changed:
        _keep(
            session,
            hand,
            reason,
            {role: (kept.roles.get(role, NOBODY), new) for role, new in changed.items()},
        )
        adherence.entry = replace(kept, roles={**kept.roles, **changed}).to_document()
        seated = await seat(session, adherence, charter, hand)
        keys += seated.keys + await _say_goodbye(session, hand, adherence, charter, seated.gone)
    if changed or keys:
        subject = names.adherence_subject(str(adherence.id))
        write_line(
            session,
            subject=subject,
            act=CHANGE,
            at=hand.now,
            reason=reason,
            by_person=hand.person_id,
        )
    return keys


async def _check_may(
    session: AsyncSession, hand: Hand, adherence: Adherence, charter: CharterDocument
) -> None:
    organises = await session.scalar(
        select(col(Organiser.id)).where(
            col(Organiser.person_id) == hand.person_id, col(Organiser.cycle_id).is_(None)
        )
    )
    if organises is None:
        check_may_change_roles(charter, await roles_of(session, hand))
    if State(adherence.state) not in LIVING:
        raise Refusal(_NOT_LIVING)


def _keep(
    session: AsyncSession, hand: Hand, reason: str, changes: Mapping[str, tuple[Holder, Holder]]
) -> None:
    for role, (before, after) in changes.items():
        session.add(
            RoleChange(
                adherence_id=hand.adherence_id,
                role=role,
                before=document_of(before),
                after=document_of(after),
                reason=reason,
                by_person=hand.person_id,
                at=hand.now,
            )
        )


async def _name_head(
    session: AsyncSession,
    hand: Hand,
    adherence: Adherence,
    charter: CharterDocument,
    holder: Holder,
) -> tuple[str, ...]:
    """Invite a new head to sign; the one before stays until it has."""
    now = entry_from(adherence.entry).roles.get(charter.signatory.code, NOBODY)
    asked = holder_from(adherence.next_head) if adherence.next_head else NOBODY
    if holder in (asked, NOBODY) or (holder == now and adherence.next_head is None):
        return ()
    await session.execute(
        delete(AdherenceMember).where(
            col(AdherenceMember.adherence_id) == adherence.id,
            col(AdherenceMember.role) == NEXT_HEAD,
        )
    )
    if holder == now:
        adherence.next_head = None
        return ()
    adherence.next_head = document_of(holder)
    person = await person_called(session, holder.email, name=holder.name)
    await session.execute(
        insert(AdherenceMember)
        .values(adherence_id=adherence.id, person_id=person.id, role=NEXT_HEAD)
        .on_conflict_do_nothing()
    )
    facts = facts_about(adherence) | {
        "link": f"/adhesions/{adherence.id}/direction",
        "before": now.name,
    }
    return await _plan(session, hand, adherence, HEAD_NAMED, [(person.id, facts)])


async def _say_goodbye(
    session: AsyncSession,
    hand: Hand,
    adherence: Adherence,
    charter: CharterDocument,
    gone: Iterable[tuple[str, UUID]],
) -> tuple[str, ...]:
    left: dict[UUID, list[dict[str, str]]] = {}
    for role in charter.roles:
        for code, person_id in gone:
            if code == role.code:
                left.setdefault(person_id, []).append({"fr": role.name.fr, "en": role.name.en})
    letters = [
        (
            person_id,
            facts_about(adherence) | {"link": "/mon-espace", "roles": roles, "successor": ""},
        )
        for person_id, roles in sorted(left.items())
        if person_id != hand.person_id
    ]
    return await _plan(session, hand, adherence, LEFT, letters)


async def _plan(
    session: AsyncSession,
    hand: Hand,
    adherence: Adherence,
    kind: str,
    letters: Iterable[tuple[UUID, dict[str, object]]],
) -> tuple[str, ...]:
    subject = names.adherence_subject(str(adherence.id))
    intents = [
        Intent(
            f"{kind}:{adherence.id}:{person_id}:{hand.now.isoformat()}",
            kind,
            subject,
            person_id,
            facts,
        )
        for person_id, facts in letters
    ]
    await plan(session, intents)
    return tuple(each.key for each in intents)
