"""Among whom one votes: the territorial laureates, kept as they were shown at the opening."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.levels import Level
from domain.phases import Phase
from storage.reads.gone import still_there
from storage.tables.applications import Application
from storage.tables.cycles import Cycle, Edition
from storage.tables.results import Decision, Standing
from storage.tables.votes import Vote, VoteCandidate
from storage.templates import template_by_id

ANNOUNCED = (Phase.PUBLISHED, Phase.CLOSED)
UNDER_EMBARGO = (Phase.DECIDED, *ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Laureate:
    """A territorial laureate, as the public would read it."""

    application_id: UUID
    shown: Mapping[str, object]
    score: Decimal | None


async def laureates_for(session: AsyncSession, vote: Vote) -> tuple[Laureate, ...]:
    """The territorial laureates of the edition who may be chosen today."""
    edition = await session.get_one(Edition, vote.edition_id)
    template = await template_by_id(session, edition.template_id)
    names = {each.code: each.name for each in template.categories}
    rows = await session.execute(
        select(Application, Cycle, col(Standing.mean))
        .join(Decision, col(Decision.laureate_id) == col(Application.id))
        .join(Cycle, col(Cycle.id) == col(Decision.cycle_id))
        .outerjoin(
            Standing,
            (col(Standing.application_id) == col(Application.id))
            & (col(Standing.cycle_id) == col(Cycle.id)),
        )
        .where(
            col(Cycle.edition_id) == vote.edition_id,
            col(Cycle.level) == Level.TERRITORIAL,
            col(Cycle.phase).in_(ANNOUNCED if vote.announced_only else UNDER_EMBARGO),
            col(Decision.awards).is_(True),
            still_there(),
        )
        .order_by(col(Application.id))
    )
    return tuple(
        Laureate(
            application.id,
            {
                "company": application.company,
                "title": application.title,
                "summary": str(application.answers.get("public_summary", "")),
                "territory": cycle.name,
                "category": _words(names, application.category),
            },
            mean,
        )
        for application, cycle, mean in rows
    )


async def freeze(session: AsyncSession, vote: Vote) -> int:
    """Keep the candidates as they are today, and tell how many there are."""
    found = await laureates_for(session, vote)
    if found:
        await session.execute(
            insert(VoteCandidate).on_conflict_do_nothing(
                index_elements=["vote_id", "application_id"]
            ),
            [
                {
                    "vote_id": vote.id,
                    "application_id": each.application_id,
                    "shown": dict(each.shown),
                    "score": each.score,
                }
                for each in found
            ],
        )
    counted = await session.execute(
        select(func.count())
        .select_from(VoteCandidate)
        .join(Application, col(Application.id) == col(VoteCandidate.application_id))
        .where(col(VoteCandidate.vote_id) == vote.id, col(Application.status) == Status.ADMITTED)
    )
    return counted.scalar_one()


def _words(names: Mapping[str, object], code: str) -> dict[str, str]:
    name = names.get(code)
    return {
        "fr": str(getattr(name, "fr", code)),
        "en": str(getattr(name, "en", code)),
    }
