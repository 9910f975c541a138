"""A whole edition: companies, juries and chairs in every territory, then in the final, by the acts of pages."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlmodel import col
from temporalio.client import WorkflowHandle

from benchmarks.answers import complete_answers, siret_number
from domain.applications import Act, Status
from domain.grand_prize import grand_prize_of
from domain.jurors import CardStatus
from domain.levels import Level
from domain.phases import Phase
from domain.promotion import PromotionAct
from domain.wire import names
from domain.wire.application import AskOfApplication, RunApplication
from domain.wire.asked import Asked
from domain.wire.cycle import CycleState
from domain.wire.promotion import AskOfPromotion
from storage.reads.organiser.editions import template_of_edition
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, Juror
from storage.tables.promotions import PlaceOffer, Promotion
from storage.tables.results import Decision, Standing
from storage.templates import calendar_in, template_of
from tests.builders import a_juror, a_person, an_application
from tests.workflows.builders import written
from tests.workflows.editions import Edition
from workflows.application import ApplicationWorkflow
from workflows.cycle import CycleWorkflow
from workflows.promotion import PromotionWorkflow

CATEGORY, FILES = "QUA", 2
MINUTE = timedelta(minutes=1)


@dataclass
class WholeEdition:
    """What people do in an edition, in all of its territories at once."""

    edition: Edition
    files: dict[UUID, list[Application]] = field(default_factory=dict[UUID, list[Application]])
    owners: dict[UUID, UUID] = field(default_factory=dict[UUID, UUID])

    async def cycles(self, *, final: bool = False) -> list[Cycle]:
        """The territories, or the final."""
        found = await self.edition.cycles()
        return [each for place, each in found.items() if (place == "national") is final]

    async def applies(self) -> None:
        """In each territory companies send complete drafts, and the organiser finds them admissible."""
        async with self.edition.database.transaction() as session:
            template = await template_of_edition(session, await self.edition.reads())
            for place, cycle in enumerate(await self.cycles()):
                for rank in range(FILES):
                    siret = siret_number(FILES * place + rank + 1)
                    owner = await a_person(session)
                    file = await an_application(
                        session,
                        cycle,
                        siret=siret,
                        company=f"Entreprise {siret[3:8]}",
                        answers=dict(complete_answers(template, CATEGORY, siret)),
                        by=owner.id,
                    )
                    self.files.setdefault(cycle.id, []).append(file)
                    self.owners[file.id] = owner.id
        await self._each(await self.cycles(), self._apply)

    async def gathers_juries(self, cycles: Iterable[Cycle]) -> None:
        """A chair and as many readers as the quorum asks for, who accepted, in each of these cycles."""
        async with self.edition.database.transaction() as session:
            for cycle in cycles:
                for place in range((await template_of(session, cycle)).jury.quorum):
                    await a_juror(session, cycle, is_chair=place == 0)

    async def passes(self, cycles: Iterable[Cycle], date: str) -> None:
        """Time passes in each cycle until that date of its calendar, and a minute more."""

        async def pass_in(cycle: Cycle) -> None:
            handle = self._of(cycle)
            world = self.edition.world
            left = getattr(calendar_in(cycle), date) - await world.get_current_time(handle)
            await world.fast_forward(handle, left + MINUTE)

        await self._each(cycles, pass_in)

    async def scores(self, cycles: Iterable[Cycle]) -> None:
        """Every card that was dealt is sealed; the company that applied first pleases the most."""
        async with self.edition.database.transaction() as session:
            for cycle in cycles:
                template = await template_of(session, cycle)
                criteria = template.category(CATEGORY).criteria
                best = await session.scalar(
                    select(func.min(col(Application.siret))).where(
                        col(Application.cycle_id) == cycle.id
                    )
                )
                for file in await session.scalars(
                    select(Application).where(col(Application.cycle_id) == cycle.id)
                ):
                    mark = 4 if file.siret == best else 3
                    await session.execute(
                        update(Card)
                        .where(col(Card.application_id) == file.id)
                        .values(
                            status=CardStatus.SEALED,
                            marks={each.code: mark for each in criteria},
                        )
                    )

    async def decides(self, cycles: Iterable[Cycle]) -> None:
        """Each jury gives its trophy to the first of its ranking, and its chair signs."""
        await self._each(cycles, self._decide)

    async def confirms_places(self) -> None:
        """Every laureate who is offered a place in the final takes it."""
        async with self.edition.database.transaction() as session:
            rows = await session.execute(
                select(PlaceOffer, Promotion).join(
                    Promotion, col(Promotion.id) == col(PlaceOffer.promotion_id)
                )
            )
            offers = [(offer, promotion) for offer, promotion in rows]
        await asyncio.gather(*(self._confirm(*each) for each in offers))

    async def phases(self) -> set[str]:
        """Where its territories stand."""
        return {each.phase for each in await self.cycles()}

    async def reach(self, cycles: Iterable[Cycle], phase: Phase) -> None:
        """Wait until each cycle is in a phase by its row, which its own workflow writes."""
        ids = [each.id for each in cycles]
        async with asyncio.timeout(240):
            while True:
                async with self.edition.database.transaction() as session:
                    found = await session.scalars(
                        select(col(Cycle.phase)).where(col(Cycle.id).in_(ids))
                    )
                    if set(found) == {phase}:
                        return
                await asyncio.sleep(0.1)

    async def _apply(self, cycle: Cycle) -> None:
        opens_at = calendar_in(cycle).opens_at
        for file in self.files[cycle.id]:
            run = RunApplication(str(file.id), str(cycle.id), calendar_in(cycle), Status.DRAFT)
            handle = await self.edition.world.client.start_workflow(
                ApplicationWorkflow.run,
                run,
                id=names.application_id(run.application),
                task_queue=names.CYCLES,
            )
            for act, by in (
                (Act.SUBMIT, self.owners[file.id]),
                (Act.ADMIT, self.edition.organiser.id),
            ):
                asked = await self._writes(act, f"application:{file.id}", by, opens_at + MINUTE)
                await handle.execute_update(
                    ApplicationWorkflow.act,
                    AskOfApplication(act, asked.request, asked.arrived_at),
                    id=asked.request,
                )

    async def _decide(self, cycle: Cycle) -> None:
        async with self.edition.database.transaction() as session:
            first = await session.scalar(
                select(Standing).where(
                    col(Standing.cycle_id) == cycle.id,
                    col(Standing.category) == CATEGORY,
                    col(Standing.place) == 1,
                )
            )
            assert first is not None
            session.add(
                Decision(
                    cycle_id=cycle.id,
                    category=CATEGORY,
                    laureate_id=first.application_id,
                    awards=True,
                )
            )
            template = await template_of(session, cycle)
            if prize := grand_prize_of(template, Level(cycle.level)):
                session.add(
                    Decision(
                        cycle_id=cycle.id,
                        category=prize.code,
                        laureate_id=first.application_id,
                        awards=True,
                        reason="Il se détache.",
                    )
                )
            jury = list(
                await session.scalars(
                    select(Juror)
                    .where(col(Juror.cycle_id) == cycle.id)
                    .order_by(col(Juror.is_chair).desc())
                )
            )
        handle = self._of(cycle)
        asked = await self._writes(
            "sign_minutes",
            f"cycle:{cycle.id}",
            jury[0].person_id,
            await self.edition.world.get_current_time(handle),
            summary="Débat serein.",
            present=[str(each.id) for each in jury],
        )
        await handle.execute_update(CycleWorkflow.sign_minutes, asked, id=asked.request)

    async def _confirm(self, offer: PlaceOffer, promotion: Promotion) -> None:
        act = PromotionAct.CONFIRM
        asked = await self._writes(
            act,
            names.promotion_subject(str(promotion.id)),
            self.owners[offer.application_id],
            offer.offered_at + MINUTE,
            offer=str(offer.id),
        )
        handle = self.edition.world.client.get_workflow_handle_for(
            PromotionWorkflow.run,
            names.promotion_id(str(promotion.cycle_id), promotion.category),
        )
        await handle.execute_update(
            PromotionWorkflow.act,
            AskOfPromotion(act, asked.request, asked.arrived_at),
            id=asked.request,
        )
        await handle.result()

    async def _writes(
        self, kind: str, subject: str, by: UUID, at: datetime, **payload: object
    ) -> Asked:
        return await written(
            self.edition.database,
            kind=kind,
            subject=subject,
            by=by,
            arrived_at=at,
            payload={"reason": "", **payload},
        )

    async def _each(self, cycles: Iterable[Cycle], act: Callable[[Cycle], Awaitable[None]]) -> None:
        await asyncio.gather(*map(act, cycles))

    def _of(self, cycle: Cycle) -> WorkflowHandle[CycleWorkflow, CycleState]:
        return self.edition.world.client.get_workflow_handle_for(
            CycleWorkflow.run, names.cycle_id(cycle.code)
        )
