"""A correction of a palmarès: two people, a new version, letters to those whom it concerns."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.corrections import CorrectionAct, CorrectionKind, CorrectionStep
from domain.palmares import ERASED, fingerprinted
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.correction import CorrectionState, LapseCorrection, SettleCorrection
from storage.acts import corrections
from storage.acts.publication import shown
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.drafts.corrections import propose
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.people import Organiser, Person
from storage.tables.results import Palmares
from tests.builders import NOON, an_organiser
from tests.storage.acts import FAIR, GOOD, POOR, a_request, kinds, ranked_files

NOW = datetime.now(UTC)
SAID = "palmares_corrected"


@dataclass
class World:
    """A published palmarès of one category, and two people who organise its cycle."""

    session: AsyncSession
    cycle: Cycle
    files: list[Application]
    author: Person
    second: Person

    async def proposes(
        self, kind: CorrectionKind, file: Application | None, **more: object
    ) -> Correction:
        proposal = Correction(
            cycle_id=self.cycle.id,
            kind=kind,
            category="EQUIPE",
            application_id=file.id if file else None,
            reason="L’établissement était fermé.",
            based_on=0,
            proposed_by=self.author.id,
            until=NOW,
            **more,
        )
        return await propose(self.session, proposal, NOW)

    async def answers(
        self, correction: Correction, act: CorrectionAct, by: UUID, reason: str = ""
    ) -> CorrectionState:
        request = await a_request(
            self.session, act, f"correction:{correction.id}", {"reason": reason}, at=NOW, by=by
        )
        asked = SettleCorrection(str(correction.id), act, str(request.id), NOW)
        return await corrections.settle(self.session, asked)

    async def versions(self) -> list[Palmares]:
        rows = await self.session.scalars(
            select(Palmares)
            .order_by(col(Palmares.version))
            .execution_options(populate_existing=True)
        )
        return list(rows.all())


async def a_world(session: AsyncSession) -> World:
    cycle, files = await ranked_files(session, GOOD, FAIR, POOR)
    await freeze_ranking(session, cycle, NOON)
    cycle.phase = Phase.PUBLISHED
    category = {
        "code": "EQUIPE",
        "name": {"fr": "Équipe", "en": "Team"},
        "laureate": shown(files[0]),
        "nominees": [],
        "reason": "",
        "has_withdrawn": False,
    }
    document = fingerprinted({"cycle": cycle.code, "categories": [category]})
    session.add(Palmares(cycle_id=cycle.id, document=document, published_at=NOON))
    author = await an_organiser(session, cycle)
    second = await an_organiser(session, None)
    return World(session, cycle, files, author, second)


async def test_the_next_in_rank_takes_the_place_once_a_second_person_confirms(
    database: Database,
) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        proposed = await given.proposes(CorrectionKind.REPLACED, given.files[1])
        before = [each.version for each in await given.versions()]

        state = await given.answers(proposed, CorrectionAct.CONFIRM, given.second.id)

        versions = await given.versions()
        laureates = [each.document["categories"][0]["laureate"]["application"] for each in versions]
        roles = await session.scalars(
            select(col(Letter.facts)["role"].astext).where(col(Letter.kind) == SAID)
        )
        assert before == [1]
        assert state == CorrectionState(CorrectionStep.PUBLISHED)
        assert [each.version for each in versions] == [1, 2]
        assert laureates == [str(given.files[0].id), str(given.files[1].id)]
        assert sorted(roles) == ["desk", "desk", "desk", "laureate", "removed"]


async def test_who_proposed_does_not_confirm(database: Database) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        proposed = await given.proposes(CorrectionKind.REMOVED, given.files[0])

        with pytest.raises(Refusal, match="une autre personne"):
            await given.answers(proposed, CorrectionAct.CONFIRM, given.author.id)

        assert len(await given.versions()) == 1


async def test_a_file_below_the_threshold_takes_no_place(database: Database) -> None:
    async with database.transaction() as session:
        given = await a_world(session)

        with pytest.raises(Refusal, match="Choisissez un dossier"):
            await given.proposes(CorrectionKind.REPLACED, given.files[2])


async def test_alone_one_does_not_even_propose(database: Database) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        given.author = given.second
        await session.execute(delete(Organiser).where(col(Organiser.person_id) != given.second.id))

        with pytest.raises(Refusal, match="se confirme à deux"):
            await given.proposes(CorrectionKind.REMOVED, given.files[0])


async def test_of_two_proposals_on_one_version_only_the_first_is_published(
    database: Database,
) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        first = await given.proposes(CorrectionKind.REMOVED, given.files[0])
        other = await given.proposes(CorrectionKind.RENAMED, given.files[0], company="Autre nom")
        await given.answers(first, CorrectionAct.CONFIRM, given.second.id)

        with pytest.raises(Refusal, match="a été corrigé depuis"):
            await given.answers(other, CorrectionAct.CONFIRM, given.second.id)


async def test_a_dismissal_changes_nothing_and_says_why_to_the_author(database: Database) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        proposed = await given.proposes(CorrectionKind.REMOVED, given.files[0])

        await given.answers(proposed, CorrectionAct.DISMISS, given.second.id, "Le nom est juste.")

        assert (proposed.step, proposed.note) == (CorrectionStep.DISMISSED, "Le nom est juste.")
        assert len(await given.versions()) == 1
        assert "correction_dismissed" in await kinds(session)


async def test_an_erased_name_is_kept_nowhere(database: Database) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        company = given.files[0].company
        renamed = await given.proposes(
            CorrectionKind.RENAMED, given.files[0], company=f"{company} SAS"
        )
        await given.answers(renamed, CorrectionAct.CONFIRM, given.second.id)
        erasure = await given.proposes(CorrectionKind.ERASED, given.files[0])

        await given.answers(erasure, CorrectionAct.CONFIRM, given.second.id)

        versions = await given.versions()
        await session.refresh(renamed)
        assert [each.version for each in versions] == [1, 2, 3]
        assert {each.document["categories"][0]["laureate"]["company"] for each in versions} == {
            ERASED
        }
        assert renamed.company == ""


@pytest.mark.parametrize(
    ("arrived", "step"),
    [
        pytest.param(timedelta(seconds=-1), CorrectionStep.PUBLISHED, id="in time"),
        pytest.param(timedelta(seconds=1), CorrectionStep.LAPSED, id="late"),
    ],
)
async def test_an_answer_that_arrived_in_time_counts_even_if_it_waited(
    database: Database, arrived: timedelta, step: CorrectionStep
) -> None:
    async with database.transaction() as session:
        given = await a_world(session)
        proposed = await given.proposes(CorrectionKind.REMOVED, given.files[0])
        await a_request(
            session,
            CorrectionAct.CONFIRM,
            f"correction:{proposed.id}",
            at=proposed.until + arrived,
            by=given.second.id,
        )

        state = await corrections.lapse(session, LapseCorrection(str(proposed.id), proposed.until))

        assert state == CorrectionState(step)
