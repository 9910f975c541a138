"""Carrying out the retention of data: a page at a time, bytes before the rows that name them."""

from datetime import datetime
from pathlib import Path

import structlog
from temporalio import activity

from activities.beating import beating
from domain.retention import Kept
from storage.acts.retaining import carry_out, write_report
from storage.database import Database
from storage.drafts.attachments import path_of

log = structlog.get_logger()


class Retaining:
    """What is kept too long goes."""

    def __init__(self, database: Database, uploads: Path) -> None:
        self._database = database
        self._uploads = uploads

    @activity.defn(name="retain")
    async def retain(self, kind: Kept, now: datetime) -> int:
        """Carry a class out to its end; gives how many rows it had."""
        total = 0
        async with beating():
            while True:
                async with self._database.transaction() as session:
                    carried = await carry_out(session, kind, now)
                    # Before the rows are committed: bytes that nothing names would stay for ever.
                    for each in carried.bytes:
                        path_of(self._uploads, each).unlink(missing_ok=True)
                total += carried.rows
                if not carried.rows:
                    break
        log.info("retained", kind=kind, rows=total)
        return total

    @activity.defn(name="report_retention")
    async def report(self, workflow_run: str, found: dict[str, int]) -> None:
        """Keep what the run did."""
        async with self._database.transaction() as session:
            await write_report(session, workflow_run, found)
