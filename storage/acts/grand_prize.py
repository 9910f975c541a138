"""The grand prize of the jury: what its row says, checked and sealed with the minutes, then published."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.grand_prize import GrandPrize, objection_to
from domain.judging import SpecialPrize
from domain.refusals import Refusal
from storage.acts.cycles import facts_of
from storage.ledger import Intent, plan
from storage.reads.gone import still_there
from storage.tables.applications import Application, Member
from storage.tables.cycles import Cycle
from storage.tables.people import Person
from storage.tables.results import Decision


def check_grand_prize(decided: Decision | None, others: Iterable[Decision]) -> None:
    """Refuse to seal a grand prize that is undecided, unexplained, or given to no laureate."""
    choice = None if decided is None else GrandPrize(_id(decided), decided.reason)
    laureates = {str(each.laureate_id) for each in others if each.awards and each.laureate_id}
    if objection := objection_to(choice, laureates):
        raise Refusal(objection)


async def sealed_prize(
    session: AsyncSession, prize: SpecialPrize, decided: Decision | None
) -> dict[str, object]:
    """The grand prize as the minutes keep it."""
    winner = decided.laureate_id if decided else None
    company = await session.get(Application, winner) if winner else None
    return {
        "code": prize.code,
        "name": {"fr": prize.name.fr, "en": prize.name.en},
        "laureate": str(winner) if winner else None,
        "company": company.company if company else "",
        "reason": decided.reason if decided else "",
    }


def published_prize(
    prize: SpecialPrize, decided: Decision | None, files: Mapping[UUID, Mapping[str, object]]
) -> dict[str, object]:
    """The grand prize as the palmarès tells it; a file that was withdrawn since wins nothing."""
    winner = decided.laureate_id if decided else None
    return {
        "code": prize.code,
        "name": {"fr": prize.name.fr, "en": prize.name.en},
        "laureate": files.get(winner) if winner else None,
        "reason": decided.reason if decided else "",
    }


async def congratulate(
    session: AsyncSession,
    cycle: Cycle,
    prize: SpecialPrize,
    decided: Decision | None,
    *,
    is_held: bool,
) -> None:
    """One letter for each person of the file that has the grand prize."""
    if decided is None or decided.laureate_id is None:
        return
    rows = await session.execute(
        select(col(Person.id), col(Person.language), Application)
        .join(Member, col(Member.person_id) == col(Person.id))
        .join(Application, col(Application.id) == col(Member.application_id))
        .where(
            col(Application.id) == decided.laureate_id,
            still_there(),
        )
    )
    await plan(
        session,
        [
            Intent(
                key=f"grand_prize:{cycle.id}:{file.id}:{person}",
                kind="grand_prize",
                subject=f"application:{file.id}",
                mailing=f"results:{cycle.id}",
                is_held=is_held,
                person_id=person,
                cycle_id=cycle.id,
                facts=facts_of(cycle, f"/palmares/{cycle.code}")
                | {
                    "company": file.company,
                    "title": file.title,
                    "prize": prize.name.in_(language),
                    "reason": decided.reason,
                },
            )
            for person, language, file in rows
        ],
    )


def _id(decided: Decision) -> str | None:
    return str(decided.laureate_id) if decided.laureate_id else None
