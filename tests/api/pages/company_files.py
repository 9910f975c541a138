"""Files of a company: joining them, sending them, and who reads them."""

from datetime import UTC, datetime
from uuid import uuid4

from sqlmodel import col, select

from domain.jurors import CardStatus, JurorStatus
from storage.database import Database
from storage.tables.applications import Application, ApplicationVersion, Attachment
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from tests.browser import Browser
from tests.builders import a_card, a_juror

PDF = b"%PDF-1.7\n%a letter\n"
JPEG = b"\xff\xd8\xff\xe0 a photograph"
PNG = b"\x89PNG\r\n\x1a\n a drawing"
JUROR = "jeanne@jury.example"


def url_of(row: Application) -> str:
    return f"/candidatures/{row.id}/pieces"


async def join(browser: Browser, row: Application, name: str, content: bytes) -> int:
    sent = await browser.submit(url_of(row), files={"file": (name, content)})
    return sent.status_code


async def attachments(database: Database) -> list[Attachment]:
    async with database.transaction() as session:
        rows = await session.execute(select(Attachment).order_by(col(Attachment.added_at)))
        return list(rows.scalars())


async def send(database: Database, row: Application) -> None:
    """A version of the application that holds the files joined now."""
    async with database.transaction() as session:
        files = (await session.execute(select(Attachment))).scalars()
        session.add(
            ApplicationVersion(
                application_id=row.id,
                version=1,
                answers=row.answers,
                attachments=[{"id": str(file.id), "name": file.name} for file in files],
                fingerprint="0" * 64,
                arrived_at=datetime.now(UTC),
                by_person=(await session.execute(select(Attachment.added_by))).scalars().one(),
                request_id=uuid4(),
            )
        )


async def a_reader(
    database: Database,
    call: Cycle,
    row: Application,
    *,
    card: CardStatus = CardStatus.TO_SCORE,
    declared: bool = True,
    status: JurorStatus = JurorStatus.ACCEPTED,
) -> Juror:
    async with database.transaction() as session:
        juror = await a_juror(session, call, email=JUROR, status=status)
        juror.conflicts_declared_at = datetime.now(UTC) if declared else None
        await a_card(session, juror, row, status=card)
    return juror
