"""A night of the retention, on a real engine: rows and bytes go once, and a report stays."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.retention import Kept
from domain.wire import names
from settings import Settings
from storage.database import Database
from storage.drafts.attachments import path_of
from storage.tables.applications import Attachment
from storage.tables.results import Palmares
from storage.tables.retention import RetentionRun
from tests.storage.test_retaining import a_file
from worker import workers
from workflows.retaining import RetentionWorkflow


async def test_a_night_erases_rows_and_bytes_and_keeps_its_report(
    temporal_client: Client, database: Database, configured: Settings
) -> None:
    async with database.transaction() as session:
        await a_file(session)
        document = (await session.scalars(select(col(Attachment.id)))).one()
        palmares = (await session.scalars(select(Palmares))).one()
        palmares.published_at = datetime.now(UTC) - timedelta(days=400)
    bytes_of = path_of(configured.uploads, document)
    bytes_of.parent.mkdir(parents=True, exist_ok=True)
    bytes_of.write_bytes(b"%PDF")

    async with workers(temporal_client, database, configured):
        found = [
            await temporal_client.execute_workflow(
                RetentionWorkflow.run, id=f"{names.RETENTION}-{night}", task_queue=names.CYCLES
            )
            for night in (1, 2)
        ]

    async with database.transaction() as session:
        reports = (await session.scalars(select(RetentionRun).order_by(col(RetentionRun.at)))).all()
    nothing = {str(each): 0 for each in Kept}
    assert found == [nothing | {"attachments": 1, "files": 1, "jurors": 1}, nothing]
    assert [each.found for each in reports] == found
    assert not bytes_of.exists()
