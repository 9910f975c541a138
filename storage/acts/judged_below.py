"""The jury of the final starts from zero: nobody there reads a company that they judged below."""

from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import func
from sqlmodel import col

from domain.applications import Status
from domain.conflicts import Source
from domain.jurors import JurorStatus
from domain.levels import Level
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Conflict, Juror
from storage.templates import template_by_id

SAT = (JurorStatus.ACCEPTED, JurorStatus.RELEASED)


async def keep_from_judging_again(session: AsyncSession, final: Cycle, at: datetime) -> None:
    """Write a conflict for each juror of the final who sat on a jury that judged one of its companies.

    The same SIREN is the same company. Nothing is written when the edition allows it.
    """
    if final.level != Level.NATIONAL:
        return
    template = await template_by_id(session, final.template_id)
    if template.national is None or template.national.jury_may_have_judged:
        return
    below, judged = aliased(Juror), aliased(Application)
    territory = aliased(Cycle)
    pairs = (
        select(
            func.gen_random_uuid(),
            col(Juror.id),
            col(Application.id),
            literal(Source.BELOW.value),
            literal(""),
            literal(at),
        )
        .select_from(Juror)
        .join(Application, col(Application.cycle_id) == col(Juror.cycle_id))
        .where(
            col(Juror.cycle_id) == final.id,
            select(col(below.id))
            .join(territory, col(territory.id) == col(below.cycle_id))
            .join(judged, col(judged.cycle_id) == col(territory.id))
            .where(
                col(territory.edition_id) == final.edition_id,
                col(territory.level) == Level.TERRITORIAL,
                col(below.person_id) == col(Juror.person_id),
                col(below.status).in_(SAT),
                col(judged.siren) == col(Application.siren),
                col(judged.status) == Status.ADMITTED,
            )
            .exists(),
        )
    )
    await session.execute(
        insert(Conflict)
        .from_select(["id", "juror_id", "application_id", "kind", "reason", "at"], pairs)
        .on_conflict_do_nothing()
    )
