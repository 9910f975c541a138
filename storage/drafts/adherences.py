"""How a company begins an adherence, or finds the one that it has."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.charter.dates import months_after
from domain.charter.people import OWNER
from domain.charter.sizes import size_with
from domain.charter.states import ENDED, State
from domain.charter.verifying import CODES, code_of
from domain.refusals import N_, Refusal
from domain.registry import RegistryFacts
from domain.siret import Siret, siren_of
from domain.wire import names
from storage.acts.charter.owed import owe
from storage.charters import CHARTER, charter_by_id, charter_in_force
from storage.places import place_of
from storage.tables.charter import Adherence, AdherenceMember

_AFTER_REFUSAL = N_(
    "Le dossier de cette structure a été refusé le %(since)s. Une nouvelle adhésion de cette structure est "
    "possible à partir du %(day)s."
)
_AFTER_FAULT = N_(
    "Cette structure a été radiée pour manquement le %(since)s. Après un manquement, la charte demande "
    "%(months)s mois : une nouvelle adhésion de cette structure est possible à partir du %(day)s."
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Who begins an adherence, for which establishment, with what the register said."""

    person_id: UUID
    siret: Siret
    company: str
    facts: RegistryFacts
    size: str = ""


async def begin(
    session: AsyncSession, beginning: Beginning, today: date, code: str = CHARTER
) -> Adherence:
    """Open the entry file of a company, or find the one that lives already."""
    charter = await charter_in_force(session, today, code)
    if charter is None:
        raise Refusal(N_("La charte n’est pas encore ouverte à l’adhésion."))
    siren = siren_of(beginning.siret)
    await session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"{code}:{siren}", 0)))
    )
    found = await living_of(session, siren, code)
    if found is not None:
        return found
    await check_may_enter(session, siren, today, code)
    place = place_of(beginning.facts.region, beginning.facts.department)
    size = size_with(beginning.facts, beginning.size)
    adherence = Adherence(
        id=uuid4(),
        charter_code=code,
        charter_id=charter.id,
        workflow=names.adherence_id(code, siren),
        siret=beginning.siret,
        siren=siren,
        company=beginning.company,
        territory=place.code,
        zone=place.zone,
        area=place.area,
        size=size.size if size else "",
        size_declared=size.declared if size else False,
        registry_facts=beginning.facts.to_document(),
        state=State.DRAFT,
        verification_code=code_of(secrets.randbelow(CODES)),
    )
    session.add(adherence)
    await session.flush()
    session.add(
        AdherenceMember(adherence_id=adherence.id, person_id=beginning.person_id, role=OWNER)
    )
    await owe(session, adherence)
    await session.flush()
    await session.refresh(adherence)
    return adherence


async def living_of(session: AsyncSession, siren: str, code: str = CHARTER) -> Adherence | None:
    """The adherence that a company has, unless it has ended."""
    found = await session.execute(
        select(Adherence).where(
            col(Adherence.charter_code) == code,
            col(Adherence.siren) == siren,
            col(Adherence.state).not_in(ENDED),
        )
    )
    return found.scalar_one_or_none()


async def check_may_enter(
    session: AsyncSession, siren: str, today: date, code: str = CHARTER
) -> None:
    """Who was refused, or removed for a fault, waits; who was removed for silence may come back."""
    found = await session.execute(
        select(Adherence)
        .where(col(Adherence.charter_code) == code, col(Adherence.siren) == siren)
        .order_by(col(Adherence.created_at).desc())
        .limit(1)
    )
    last = found.scalar_one_or_none()
    if last is None or last.ended_on is None:
        return
    periods = (await charter_by_id(session, last.charter_id)).periods
    if last.state == State.REFUSED:
        months, sentence = periods.reentry_after_refusal_months, _AFTER_REFUSAL
    elif last.state == State.REMOVED and last.for_fault:
        months, sentence = periods.reentry_after_fault_months, _AFTER_FAULT
    else:
        return
    again = months_after(last.ended_on, months)
    if today < again:
        since = f"{last.ended_on:%d/%m/%Y}"
        raise Refusal(sentence, since=since, months=months, day=f"{again:%d/%m/%Y}")
