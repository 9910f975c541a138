"""A partnership at work: a company that invites, a partner that answers and countersigns."""

from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from domain.applications import Status
from domain.partners import PartnerAct
from domain.registry import RegistryFacts
from domain.wire.partner import PartnerState, SettlePartner
from storage.acts import partners
from storage.database import Database
from storage.requests import write_request
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.partners import Partner
from tests.api.pages.company_world import BOREALE, COMPLETE, OWNER, a_call, an_application_of
from tests.builders import a_person

CAP = "00021202700015"  # an EI in the register of the demonstration
PARTNER = "yann@ateliers-cap.example"
INVITED = {
    "siret": "000 212 027 00015",
    "kind": "EI",
    "name": "Yann Le Goff",
    "email": " Yann@Ateliers-Cap.example",
}
PARTNERSHIP: dict[str, Any] = {
    "partner_siret": CAP,
    "partner_kind": "EI",
    "partner_email": PARTNER,
    "agreement": "Cinq ans, vingt postes dans l'usine.",
    "mutual_gain": "Un volume garanti, des embauches.",
}
ANSWERS = {
    "partner_view": "Une activité stable.",
    "partner_people": "Cinq embauches par an.",
    "partner_improvement": "Prévenir plus tôt des pointes.",
    "partner_signatory": "Yann Le Goff, directeur",
}
SIGNED = ANSWERS | {"partner_countersigns": "yes"}
_OF_PATHWAYS = {"tutoring", "training", "obstacles", "six_months_later"}


async def a_partnership(
    database: Database, *, cycle: Cycle | None = None, status: Status = Status.DRAFT
) -> Application:
    """A draft in the category of partnerships, complete but for its partner."""
    answers = {code: said for code, said in COMPLETE.items() if code not in _OF_PATHWAYS}
    row = await an_application_of(
        database,
        cycle or await a_call(database),
        answers=answers | PARTNERSHIP,
        category="PAR",
        siret=BOREALE,
        status=status,
    )
    async with database.transaction() as session:
        application = await session.get_one(Application, row.id)
        # Old enough, so that nothing but its partner keeps it from being admissible.
        application.registry_facts = (row.registry_facts or {}) | {"created_on": "2015-01-05"}
    return application


async def done(
    database: Database,
    row: Application,
    act: PartnerAct,
    by: str,
    payload: dict[str, object] | None = None,
) -> PartnerState:
    """An act of the partnership, settled as its activity does."""
    async with database.transaction() as session:
        person = await a_person(session, by)
        asked = await write_request(
            session,
            request_id=uuid4(),
            kind=act,
            subject=f"application:{row.id}",
            by_person=person.id,
            payload=payload,
        )
    async with database.transaction() as session:
        return await partners.settle(
            session, SettlePartner(str(row.id), act, asked.request, asked.arrived_at)
        )


async def invited(
    database: Database, row: Application, *, email: str = PARTNER, **more: object
) -> Partner:
    """The partner, once invited by the company."""
    facts = RegistryFacts(
        found=True, verified=True, active=True, name="ATELIERS DU CAP", siae_types=("EI",)
    )
    payload: dict[str, object] = {
        "siret": CAP,
        "kind": "EI",
        "name": "Yann Le Goff",
        "email": email,
        "shares": [],
        "registry": facts.to_document(),
    }
    await done(database, row, PartnerAct.INVITE, OWNER, payload | more)
    return await the_partner(database, row)


async def the_partner(database: Database, row: Application) -> Partner:
    """The row of the partner, as it is now."""
    async with database.transaction() as session:
        found = select(Partner).where(col(Partner.application_id) == row.id)
        return (await session.execute(found)).scalar_one()


async def letters_to(database: Database, person_id: UUID) -> list[Letter]:
    """What was written to somebody, in order."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(Letter)
            .where(col(Letter.person_id) == person_id)
            .order_by(col(Letter.planned_at))
        )
        return list(rows.scalars())
