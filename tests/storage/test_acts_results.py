"""Minutes and palmarès: what is refused, what is sealed, and that twice is once."""

import json
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.cycle import CycleRef, CycleState, SignMinutes
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.acts.ranking import freeze_ranking
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.results import Decision, Minutes, Palmares
from storage.templates import calendar_in
from tests.builders import NOON, a_calendar
from tests.storage.acts import FAIR, GOOD, POOR, a_draft, a_request, kinds, lines, ranked_files

RESULTS = ["jury_thanks", "jury_thanks", "result_laureate", "result_nominee", "result_other"]


async def deliberating(session: AsyncSession) -> tuple[Cycle, list[Application]]:
    """A cycle whose ranking of three files is frozen."""
    cycle, files = await ranked_files(session, GOOD, FAIR, POOR)
    await freeze_ranking(session, cycle, NOON)
    cycle.phase = Phase.DELIBERATION
    await session.flush()
    return cycle, files


def decision(cycle: Cycle, laureate: Application | None, *nominees: Application) -> Decision:
    """What the jury decides in the category of the files."""
    return Decision(
        cycle_id=cycle.id,
        category="EQUIPE",
        laureate_id=laureate.id if laureate else None,
        nominees=[str(each.id) for each in nominees],
        awards=laureate is not None,
    )


async def signed(session: AsyncSession, cycle: Cycle, summary: str = "Débat") -> SignMinutes:
    """A request of the chair, as an activity receives it."""
    request = await a_request(session, "sign_minutes", f"cycle:{cycle.id}", {"summary": summary})
    return SignMinutes(str(cycle.id), str(request.id), NOON)


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        pytest.param("nothing", "n’est pas encore décidée", id="undecided"),
        pytest.param("elsewhere", "n’y est pas classée", id="a laureate who is not ranked"),
        pytest.param("no award", "n’est pas décernée", id="no award without a reason"),
        pytest.param("over", "que pendant la délibération", id="another phase"),
    ],
)
async def test_minutes_that_do_not_hold_are_refused(
    database: Database, decided: str, sentence: str
) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        match decided:
            case "elsewhere":
                session.add(decision(cycle, await a_draft(session, cycle)))
            case "no award":
                session.add(decision(cycle, None))
            case "over":
                session.add(decision(cycle, files[0]))
                cycle.phase = Phase.DECIDED
        before = cycle.phase

        with pytest.raises(Refusal, match=sentence):
            await sign_minutes(session, await signed(session, cycle))

        assert await session.get(Minutes, cycle.id) is None
        assert cycle.phase == before


async def test_signed_minutes_say_everything_and_their_fingerprint_holds(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        asked = await signed(session, cycle, "Débat serein")

        states = [await sign_minutes(session, asked) for _ in range(2)]

        minutes = await session.get_one(Minutes, cycle.id)
        canonical = json.dumps(
            minutes.document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert states == [CycleState(Phase.DECIDED, calendar_in(cycle).publishes_at)] * 2
        assert minutes.fingerprint == sha256(canonical.encode()).hexdigest()
        assert minutes.document["summary"] == "Débat serein"
        [category] = minutes.document["categories"]
        assert (category["laureate"], category["nominees"]) == (
            str(files[0].id),
            [str(files[1].id)],
        )
        assert [row["application"] for row in category["ranking"]] == [
            str(file.id) for file in files
        ]
        assert len(minutes.document["jurors"]) == 2
        assert await lines(session, "sign_minutes", cycle.id) == 1


async def test_a_second_signature_is_refused_and_the_first_is_kept(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        await sign_minutes(session, await signed(session, cycle, "Premier"))

        with pytest.raises(Refusal, match="que pendant la délibération"):
            await sign_minutes(session, await signed(session, cycle, "Second"))

        assert (await session.get_one(Minutes, cycle.id)).document["summary"] == "Premier"


async def test_a_publication_asked_twice_happens_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))

        for _ in range(2):
            await publish(session, CycleRef(str(cycle.id), NOON))

        page = (await session.scalars(select(Palmares))).one()
        assert (cycle.phase, page.published_at) == (Phase.PUBLISHED, NOON)
        assert [each for each in await kinds(session) if each in RESULTS] == RESULTS
        assert await lines(session, "publish", cycle.id) == 1


async def test_the_page_says_who_won_and_nothing_of_the_marks(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))

        await publish(session, CycleRef(str(cycle.id), NOON))

        document = (await session.scalars(select(Palmares))).one().document
        [category] = document["categories"]
        assert category["laureate"]["application"] == str(files[0].id)
        assert [each["application"] for each in category["nominees"]] == [str(files[1].id)]
        assert {*category["laureate"]} == {
            "application",
            "company",
            "siret",
            "siren",
            "title",
            "summary",
        }


async def test_a_laureate_who_withdrew_under_embargo_is_not_shown(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0], files[1]))
        await sign_minutes(session, await signed(session, cycle))
        files[0].status = Status.WITHDRAWN
        await session.flush()

        await publish(session, CycleRef(str(cycle.id), NOON))

        [category] = (await session.scalars(select(Palmares))).one().document["categories"]
        assert category["laureate"] is None
        assert "result_laureate" not in await kinds(session)


@pytest.mark.parametrize("phase", [Phase.DELIBERATION, Phase.CANCELLED, Phase.CLOSED])
async def test_nothing_is_published_that_is_not_decided(database: Database, phase: Phase) -> None:
    async with database.transaction() as session:
        cycle, _ = await deliberating(session)
        cycle.phase = phase
        await session.flush()

        await publish(session, CycleRef(str(cycle.id), NOON))

        assert (await session.scalars(select(Palmares))).all() == []
        assert cycle.phase == phase


async def test_an_embargo_lifted_early_moves_the_date_in_force(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        await sign_minutes(session, await signed(session, cycle))
        at = a_calendar().deliberation_until
        request = await a_request(
            session, "end_phase", f"cycle:{cycle.id}", {"reason": "Prêts"}, at=at
        )

        await publish(session, CycleRef(str(cycle.id), at, str(request.id)))

        assert (calendar_in(cycle).publishes_at, cycle.calendar_version) == (at, 2)
        assert request.settled
