"""Telling the workflows of a cycle that it moved, by pages of a cursor, however many they are."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import col
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.applications import ENDED, Status
from domain.editions import EditionPhase
from domain.jurors import JurorStatus
from domain.partners import PartnerStatus
from domain.wire import names
from domain.wire.adherence import TellApplications
from domain.wire.application import RunApplication
from domain.wire.cycle import TellEveryone, Told
from domain.wire.edition import TellEdition, TerritoryMoved
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.charter import Adherence
from storage.tables.cycles import Cycle, Edition
from storage.tables.juries import Juror
from storage.tables.partners import Partner

PAGE = 200
NOBODY_YET = UUID(int=0)


class Telling:
    """Signals from a cycle to those who wait on it."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    @activity.defn(name="tell_drafts")
    async def tell_drafts(self, news: TellEveryone) -> Told:
        """Tell the drafts, whose call has closed, and those who still wait for their partner."""
        waits_for_partner = select(col(Partner.id)).where(
            col(Partner.application_id) == col(Application.id),
            col(Partner.status) == PartnerStatus.INVITED,
        )
        drafts = select(col(Application.id)).where(
            col(Application.cycle_id) == UUID(news.cycle),
            or_(
                col(Application.status) == Status.DRAFT,
                (col(Application.status) == Status.SUBMITTED) & waits_for_partner.exists(),
            ),
        )
        return await self._tell(drafts, col(Application.id), "application:", news)

    @activity.defn(name="tell_applications")
    async def tell_applications(self, news: TellEveryone) -> Told:
        """Tell every application that is still under way."""
        living = select(col(Application.id)).where(
            col(Application.cycle_id) == UUID(news.cycle), col(Application.status).not_in(ENDED)
        )
        return await self._tell(living, col(Application.id), "application:", news)

    @activity.defn(name="tell_jurors")
    async def tell_jurors(self, news: TellEveryone) -> Told:
        """Tell every juror who was invited or has accepted."""
        serving = select(col(Juror.id)).where(
            col(Juror.cycle_id) == UUID(news.cycle),
            col(Juror.status).in_([JurorStatus.INVITED, JurorStatus.ACCEPTED]),
        )
        return await self._tell(serving, col(Juror.id), f"juror:{news.cycle}:", news)

    @activity.defn(name="reopen_drafts")
    async def reopen_drafts(self, news: TellEveryone) -> Told:
        """Have the drafts that had lapsed run again, told of the call that takes them again."""
        lapsed = select(col(Application.id)).where(
            col(Application.cycle_id) == UUID(news.cycle),
            col(Application.status) == Status.LAPSED,
        )
        return await self._each(lapsed, col(Application.id), partial(self._run_again, news))

    @activity.defn(name="tell_applications_of_the_charter")
    async def tell_applications_of_the_charter(self, news: TellApplications) -> Told:
        """Tell the applications of a company that the charter has decided about it."""
        async with self._database.transaction() as session:
            living = await session.execute(
                select(col(Application.id))
                .join(Adherence, col(Adherence.siren) == col(Application.siren))
                .where(
                    col(Adherence.id) == UUID(news.adherence),
                    col(Application.status).not_in(ENDED),
                )
            )
            waiting = living.scalars().all()
        for each in waiting:
            await self._signal(names.application_id(str(each)), "charter_decided")
        return Told(len(waiting))

    @activity.defn(name="tell_edition")
    async def tell_edition(self, news: TellEdition) -> Told:
        """Tell the edition that a cycle of its own moved; nothing when nobody leads it."""
        async with self._database.transaction() as session:
            code = (
                await session.execute(
                    select(col(Edition.code))
                    .join(Cycle)
                    .where(
                        col(Cycle.id) == UUID(news.cycle),
                        col(Edition.phase) != EditionPhase.BY_HAND,
                    )
                )
            ).scalar_one_or_none()
        if code is None:
            return Told(0)
        moved = TerritoryMoved(news.cycle, news.phase)
        await self._signal(names.edition_id(code), "territory_moved", moved)
        return Told(1)

    async def _tell(
        self, whom: Select[UUID], column: Mapped[UUID], prefix: str, news: TellEveryone
    ) -> Told:
        async def tell(one: UUID) -> None:
            await self._signal(f"{prefix}{one}", "cycle_moved", news.moved)

        return await self._each(whom, column, tell)

    async def _each(
        self, whom: Select[UUID], column: Mapped[UUID], tell: Callable[[UUID], Awaitable[None]]
    ) -> Told:
        """Go on after the last one that an earlier attempt told; twice is harmless anyway."""
        earlier = activity.info().heartbeat_details
        last = UUID(earlier[0]) if earlier else NOBODY_YET
        count = 0
        while page := await self._page(whom, column, last):
            await asyncio.gather(*map(tell, page))
            count += len(page)
            last = page[-1]
            activity.heartbeat(str(last))
        return Told(count)

    async def _page(self, whom: Select[UUID], column: Mapped[UUID], last: UUID) -> Sequence[UUID]:
        async with self._database.transaction() as session:
            rows = await session.execute(whom.where(column > last).order_by(column).limit(PAGE))
            return rows.scalars().all()

    async def _run_again(self, news: TellEveryone, one: UUID) -> None:
        """Signal the workflow of a draft, started anew where it had ended."""
        again = RunApplication(str(one), news.cycle, news.moved.calendar, Status.LAPSED)
        await self._client.start_workflow(
            "ApplicationWorkflow",
            again,
            id=names.application_id(again.application),
            task_queue=names.CYCLES,
            start_signal="cycle_moved",
            start_signal_args=[news.moved],
        )

    async def _signal(self, workflow_id: str, signal: str, *said: object) -> None:
        try:
            await self._client.get_workflow_handle(workflow_id).signal(signal, args=said)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
