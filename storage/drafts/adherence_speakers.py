"""Who answers complaints in the name of a company, besides its head and its lead: whom the head names."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.document import CharterDocument
from domain.charter.people import SPEAKER, check_may_name
from domain.refusals import N_, Refusal
from domain.wire import names
from storage.charters import charter_by_id
from storage.drafts.adherence_entry import Hand, locked, roles_of
from storage.drafts.adherence_people import NAMED, facts_about
from storage.journal import write_line
from storage.ledger import Intent, plan
from storage.tables.charter import Adherence, AdherenceMember

NAME, RELIEVE = "designer_porte_parole", "relever_porte_parole"
ROLE = {"fr": "Réponse aux signalements", "en": "Answers to complaints"}

_UNKNOWN = N_("Choisissez une personne qui a déjà un rôle dans l’adhésion.")


async def name_speaker(session: AsyncSession, hand: Hand, person_id: UUID) -> tuple[str, ...]:
    """Let somebody of the company answer complaints, and tell them; the keys of the letters."""
    adherence, _ = await _headed(session, hand)
    if not await roles_of(session, Hand(adherence.id, person_id, hand.now)):
        raise Refusal(_UNKNOWN)
    new = await session.execute(
        insert(AdherenceMember)
        .values(adherence_id=adherence.id, person_id=person_id, role=SPEAKER)
        .on_conflict_do_nothing()
        .returning(col(AdherenceMember.id))
    )
    if new.first() is None:
        return ()
    _write_line(session, hand, NAME)
    key = f"{NAMED}:{adherence.id}:{person_id}:{hand.now.isoformat()}"
    facts = facts_about(adherence) | {
        "link": f"/adhesions/{adherence.id}/signalements",
        "roles": [ROLE],
    }
    subject = names.adherence_subject(str(adherence.id))
    await plan(session, [Intent(key, NAMED, subject, person_id, facts)])
    return (key,)


async def relieve_speaker(session: AsyncSession, hand: Hand, person_id: UUID) -> None:
    """Take it back; nothing happens when it was not given."""
    adherence, _ = await _headed(session, hand)
    gone = await session.execute(
        delete(AdherenceMember)
        .where(
            col(AdherenceMember.adherence_id) == adherence.id,
            col(AdherenceMember.person_id) == person_id,
            col(AdherenceMember.role) == SPEAKER,
        )
        .returning(col(AdherenceMember.id))
    )
    if gone.first() is not None:
        _write_line(session, hand, RELIEVE)


async def _headed(session: AsyncSession, hand: Hand) -> tuple[Adherence, CharterDocument]:
    adherence = await locked(session, hand.adherence_id, hand.person_id)
    charter = await charter_by_id(session, adherence.charter_id)
    check_may_name(charter, await roles_of(session, hand))
    return adherence, charter


def _write_line(session: AsyncSession, hand: Hand, act: str) -> None:
    subject = names.adherence_subject(str(hand.adherence_id))
    write_line(session, subject=subject, act=act, at=hand.now, by_person=hand.person_id)
