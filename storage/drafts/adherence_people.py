"""The people whom a company names in its entry file: they come in, and are told so by letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.addresses import parse_address
from domain.charter.document import CharterDocument
from domain.charter.entry import NOBODY, entry_from
from domain.charter.people import BESIDE, SPEAKER, addresses
from domain.charter.writing import is_renewing, term_to_sign
from domain.refusals import N_, Refusal
from domain.wire import names
from storage.acts.charter.situations import last_report, situation_of
from storage.drafts.adherence_entry import Hand, opened
from storage.identity import person_called
from storage.ledger import Intent, plan
from storage.tables.charter import Adherence, AdherenceMember
from storage.tables.letters import Letter
from storage.tables.people import Person

NAMED = "charter_role_named"
SIGNATURE = "charter_signature_requested"
A_DAY = timedelta(days=1)
ASKED_AT_MOST = 5

_ENOUGH = N_(
    "La signature a déjà été demandée %(count)s fois depuis hier : attendez la réponse, ou vérifiez "
    "l’adresse de la personne qui dirige la structure."
)
_NO_HEAD = N_("Indiquez d’abord, parmi les rôles, qui dirige la structure et à quelle adresse.")


async def bring_in(session: AsyncSession, hand: Hand) -> tuple[str, ...]:
    """Give access to who is named, take it from who no longer is; the keys of the letters."""
    adherence, charter = await opened(session, hand)
    return (await seat(session, adherence, charter, hand)).keys


@dataclass(frozen=True, slots=True)
class Seated:
    """Who came in and who left, by role, and the keys of the letters to who came."""

    gone: frozenset[tuple[str, UUID]]
    keys: tuple[str, ...]


async def seat(
    session: AsyncSession, adherence: Adherence, charter: CharterDocument, hand: Hand
) -> Seated:
    """Have the members be who the roles name, and tell who comes in."""
    people = await _people(session, adherence, charter)
    wanted = {(role, person.id) for role, person in people.items()}
    held = set(await _held(session, adherence.id))
    await _let_go(session, adherence.id, held - wanted)
    await silence(session, adherence.id)
    new = wanted - held
    for role, person_id in sorted(new):
        await session.execute(
            insert(AdherenceMember)
            .values(adherence_id=adherence.id, person_id=person_id, role=role)
            .on_conflict_do_nothing()
        )
    told = {person_id for _, person_id in new} - {hand.person_id}
    intents = [
        _letter(adherence, charter, people, person, hand.now)
        for person in {each.id: each for each in people.values()}.values()
        if person.id in told
    ]
    await plan(session, intents)
    return Seated(frozenset(held - wanted), tuple(each.key for each in intents))


async def ask_to_sign(session: AsyncSession, hand: Hand, request_id: UUID) -> str:
    """Plan the letter by which the head signs; the same request again is the same letter."""
    adherence, charter = await opened(session, hand)
    key = f"{SIGNATURE}:{adherence.id}:{request_id}"
    head = await head_of(session, adherence, charter)
    await check_not_too_often(session, adherence, (SIGNATURE, key), hand.now, _ENOUGH)
    by = await session.get_one(Person, hand.person_id)
    facts = facts_about(adherence) | {
        "link": f"/adhesions/{adherence.id}/signature",
        "asked_by": by.name,
        "review_days": charter.periods.review_days,
    }
    situation = situation_of(adherence, await last_report(session, adherence))
    if is_renewing(situation, charter.periods, hand.now):
        term = term_to_sign(situation, charter.periods, hand.now)
        facts |= {
            "link": f"/adhesions/{adherence.id}/renouvellement",
            "new_term_on": term.isoformat(),
        }
    subject = names.adherence_subject(str(adherence.id))
    await plan(session, [Intent(key, SIGNATURE, subject, head.id, facts)])
    return key


async def head_of(session: AsyncSession, adherence: Adherence, charter: CharterDocument) -> Person:
    """The person who heads the company, or a refusal when nobody was named yet."""
    heads = await session.execute(
        select(Person)
        .join(AdherenceMember, col(AdherenceMember.person_id) == col(Person.id))
        .where(
            col(AdherenceMember.adherence_id) == adherence.id,
            col(AdherenceMember.role) == charter.signatory.code,
        )
    )
    head = heads.scalars().first()
    if head is None:
        raise Refusal(_NO_HEAD)
    return head


async def _people(
    session: AsyncSession, adherence: Adherence, charter: CharterDocument
) -> Mapping[str, Person]:
    """Who is named with an address that can be read, by the role of a member."""
    entry = entry_from(adherence.entry)
    found: dict[str, Person] = {}
    for role, address in addresses(charter, entry).items():
        try:
            email = parse_address(address)
        except Refusal:
            continue
        found[role] = await person_called(session, email, name=entry.roles.get(role, NOBODY).name)
    return found


async def _held(session: AsyncSession, adherence_id: UUID) -> list[tuple[str, UUID]]:
    rows = await session.execute(
        select(col(AdherenceMember.role), col(AdherenceMember.person_id)).where(
            col(AdherenceMember.adherence_id) == adherence_id,
            col(AdherenceMember.role).not_in(BESIDE),
        )
    )
    return [(role, person_id) for role, person_id in rows]


async def _let_go(session: AsyncSession, adherence_id: UUID, gone: set[tuple[str, UUID]]) -> None:
    for role, person_id in gone:
        await session.execute(
            delete(AdherenceMember).where(
                col(AdherenceMember.adherence_id) == adherence_id,
                col(AdherenceMember.role) == role,
                col(AdherenceMember.person_id) == person_id,
            )
        )


async def silence(session: AsyncSession, adherence_id: UUID) -> None:
    """Whoever was named to speak for the company and has no other role in it speaks no more."""
    others = aliased(AdherenceMember)
    has_another = select(col(others.id)).where(
        col(others.adherence_id) == adherence_id,
        col(others.person_id) == col(AdherenceMember.person_id),
        col(others.role) != SPEAKER,
    )
    await session.execute(
        delete(AdherenceMember).where(
            col(AdherenceMember.adherence_id) == adherence_id,
            col(AdherenceMember.role) == SPEAKER,
            ~has_another.exists(),
        )
    )


def _letter(
    adherence: Adherence,
    charter: CharterDocument,
    people: Mapping[str, Person],
    person: Person,
    now: datetime,
) -> Intent:
    held = [role for role in charter.roles if people.get(role.code) is person]
    return Intent(
        # Whoever comes in again is told again: the row is locked, so each coming in is one letter.
        key=f"{NAMED}:{adherence.id}:{person.id}:{now.isoformat()}",
        kind=NAMED,
        subject=names.adherence_subject(str(adherence.id)),
        person_id=person.id,
        facts=facts_about(adherence)
        | {
            "link": f"/adhesions/{adherence.id}",
            "roles": [{"fr": each.name.fr, "en": each.name.en} for each in held],
        },
    )


def facts_about(adherence: Adherence) -> dict[str, object]:
    """What every letter about an adherence says."""
    return {
        "company": adherence.company,
        "siren": adherence.siren,
        "zone": adherence.zone,
    }


async def check_not_too_often(
    session: AsyncSession, adherence: Adherence, letter: tuple[str, str], now: datetime, enough: str
) -> None:
    """Refuse a letter, said by its kind and key, when as many of the kind were planned since yesterday."""
    kind, key = letter
    count = await session.scalar(
        select(func.count()).where(
            col(Letter.subject) == names.adherence_subject(str(adherence.id)),
            col(Letter.kind) == kind,
            col(Letter.key) != key,
            col(Letter.planned_at) > now - A_DAY,
        )
    )
    if (count or 0) >= ASKED_AT_MOST:
        raise Refusal(enough, count=ASKED_AT_MOST)
