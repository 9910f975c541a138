"""A file that changes after it was scored: the marks stay, and it is said which version they are of."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.pages.jury.changes import what_changed
from domain.applications import Status
from domain.jurors import CardAct
from domain.phases import Phase
from domain.wire.juror import SettleCard
from storage.acts.cards import settle_card
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.reads.deliberation import ranking_page
from storage.reads.jury_cards import card_page
from storage.reads.jury_file import sheet_of
from storage.reads.organiser.changed import ChangedFile, changed_files
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.templates import template_of
from tests.builders import NOON, a_card, a_cycle, a_juror
from tests.storage.acts import ANSWERS, GOOD, SAMPLE, a_draft, a_request

DAY = timedelta(days=1)
SEALED = NOON + 20 * DAY


async def send(session: AsyncSession, file: Application, juror: Juror, at: datetime) -> None:
    """The next version of a file, under another title."""
    file.version += 1
    session.add(
        ApplicationVersion(
            application_id=file.id,
            version=file.version,
            answers=ANSWERS | {"title": f"Titre {file.version}"},
            fingerprint="ab" * 32,
            arrived_at=at,
            by_person=juror.person_id,
            request_id=uuid4(),
        )
    )
    await session.flush()


async def scored(session: AsyncSession, **shown: int) -> tuple[Cycle, Application, Juror, str]:
    """A file of two versions, the second of which arrived before the card was sealed."""
    cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION)
    file = await a_draft(session, cycle, status=Status.ADMITTED)
    juror = await a_juror(session, cycle, is_chair=True)
    card = await a_card(session, juror, file)
    await send(session, file, juror, NOON)
    await send(session, file, juror, NOON + DAY)
    payload: dict[str, object] = {"marks": GOOD, "comments": dict.fromkeys(GOOD, "Très bien.")}
    request = await a_request(session, CardAct.SEAL, f"card:{card.id}", payload | shown, at=SEALED)
    await settle_card(
        session, SettleCard(str(juror.id), str(card.id), CardAct.SEAL, str(request.id), SEALED)
    )
    return cycle, file, juror, str(card.id)


async def test_a_file_that_did_not_change_is_not_flagged(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _, juror, _ = await scored(session)

        page = await card_page(session, juror.id)

        assert [line.has_changed for line in page.lines] == [False]
        assert await changed_files(session, cycle.id) == ()


@pytest.mark.parametrize(
    ("shown", "read"), [({}, 2), ({"version": 1}, 1)], ids=["by arrival", "as the page showed"]
)
async def test_a_new_version_is_said_to_juror_chair_and_organiser(
    database: Database, shown: dict[str, int], read: int
) -> None:
    async with database.transaction() as session:
        cycle, file, juror, _ = await scored(session, **shown)
        await send(session, file, juror, SEALED + DAY)
        await freeze_ranking(session, cycle, SEALED + DAY)

        [line] = (await card_page(session, juror.id)).lines
        sheet = await sheet_of(session, juror, line.card_id)
        [ranked] = (await ranking_page(session, juror, "EQUIPE")).files

        assert line.has_changed
        assert sheet is not None
        assert (sheet.read_version, sheet.version, sheet.has_changed) == (read, 3, True)
        [label] = what_changed(await template_of(session, cycle), sheet)
        assert "itre" in str(label)
        assert [ranked.is_outdated(each) for each in ranked.readings] == [True]
        assert ranked.readings[0].note is not None
        assert await changed_files(session, cycle.id) == (
            ChangedFile(file.id, file.company, "EQUIPE", 3, read, 1),
        )
