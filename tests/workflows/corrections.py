"""A published palmarès with two people who organise its cycle, and a correction between them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from temporalio.client import Client, WorkflowHandle

from domain.corrections import CorrectionAct, CorrectionKind
from domain.palmares import fingerprinted
from domain.phases import Phase
from domain.wire import names
from domain.wire.correction import AskOfCorrection, CorrectionState, RunCorrection
from storage.acts.publication import shown
from storage.database import Database
from storage.drafts.corrections import propose
from storage.tables.corrections import Correction
from storage.tables.results import Palmares
from tests.builders import a_cycle, an_edition, an_organiser
from tests.storage.acts import SAMPLE, a_draft
from tests.workflows.builders import written
from workflows.correction import CorrectionWorkflow


@dataclass
class Proposed:
    """A correction whose workflow runs, and the person who may confirm it."""

    handle: WorkflowHandle[CorrectionWorkflow, CorrectionState]
    database: Database
    id: str
    second: UUID

    async def asks(self, act: CorrectionAct) -> CorrectionState:
        """The second person answers now."""
        asked = await written(
            self.database,
            kind=act,
            subject=names.correction_id(self.id),
            by=self.second,
            arrived_at=datetime.now(UTC),
            payload={"reason": "Le nom est juste."},
        )
        return await self.handle.execute_update(
            CorrectionWorkflow.act,
            AskOfCorrection(act, asked.request, asked.arrived_at),
            id=asked.request,
        )


async def a_correction(client: Client, database: Database) -> Proposed:
    """A trophy to withdraw, proposed by somebody who organises the cycle."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        edition = await an_edition(session, template=SAMPLE, code="sample-corrected")
        cycle = await a_cycle(session, edition=edition, phase=Phase.PUBLISHED)
        file = await a_draft(session, cycle)
        author = await an_organiser(session, cycle, f"{uuid4().hex[:8]}@exemple.fr")
        second = await an_organiser(session, cycle, f"{uuid4().hex[:8]}@exemple.fr")
        category = {
            "code": file.category,
            "name": {"fr": "Équipe", "en": "Team"},
            "laureate": shown(file),
            "nominees": [],
            "reason": "",
        }
        document = fingerprinted({"cycle": cycle.code, "categories": [category]})
        session.add(Palmares(cycle_id=cycle.id, document=document, published_at=now))
        await session.flush()
        row = await propose(
            session,
            Correction(
                cycle_id=cycle.id,
                kind=CorrectionKind.REMOVED,
                category=file.category,
                application_id=file.id,
                reason="L’établissement était fermé.",
                based_on=0,
                proposed_by=author.id,
                until=now,
            ),
            now,
        )
    handle = await client.start_workflow(
        CorrectionWorkflow.run,
        RunCorrection(str(row.id), row.until),
        id=names.correction_id(str(row.id)),
        task_queue=names.CYCLES,
    )
    return Proposed(handle, database, str(row.id), second.id)
