"""Minutes: what is refused, what is sealed, and that twice is once."""

import json
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.deliberation import (
    GONE,
    NOMINEE_GONE,
    NOMINEE_UNRANKED,
    NOT_AWARDABLE,
    NOT_THE_CHAIR,
    QUORUM,
    TOO_MANY_NOMINEES,
    UNDECIDED,
    UNEXPLAINED,
    UNRANKED,
    UNSETTLED,
)
from domain.jurors import JurorStatus
from domain.phases import Phase
from domain.ranking import Flag
from domain.refusals import Refusal
from domain.wire.cycle import CycleState, SignMinutes
from storage.acts.minutes import sign_minutes
from storage.database import Database
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.records import Request
from storage.tables.results import Minutes
from storage.templates import calendar_in
from tests.builders import a_juror
from tests.storage.acts import GOOD, a_draft, lines, ranked_files
from tests.storage.deliberation import decision, deliberating, has_flags, signed


async def is_refused(session: AsyncSession, cycle: Cycle, asked: SignMinutes) -> Refusal:
    """What the signature is answered, once it is seen that nothing changed."""
    before = cycle.phase
    with pytest.raises(Refusal) as refusal:
        await sign_minutes(session, asked)
    assert await session.get(Minutes, cycle.id) is None
    assert cycle.phase == before
    assert not (await session.get_one(Request, UUID(asked.request))).settled
    assert await lines(session, "sign_minutes", cycle.id) == 0
    return refusal.value


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        pytest.param("nothing", UNDECIDED, id="undecided"),
        pytest.param("elsewhere", UNRANKED, id="a laureate who is not ranked"),
        pytest.param("no award", UNEXPLAINED, id="no award without a reason"),
        pytest.param("poor", NOT_AWARDABLE, id="a laureate below the threshold"),
        pytest.param("unread", NOT_AWARDABLE, id="a laureate with too few valid scores"),
        pytest.param("gone", GONE, id="a laureate who withdrew since"),
        pytest.param("refused", GONE, id="a laureate who is no longer eligible"),
        pytest.param("nominee", NOMINEE_GONE, id="a nominee who withdrew since"),
        pytest.param("stranger", NOMINEE_UNRANKED, id="a nominee who is not ranked"),
        pytest.param("crowd", TOO_MANY_NOMINEES, id="more nominees than the règlement has"),
    ],
)
async def test_decisions_that_do_not_hold_are_not_sealed(
    database: Database, decided: str, sentence: str
) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        match decided:
            case "elsewhere":
                session.add(decision(cycle, await a_draft(session, cycle)))
            case "no award":
                session.add(decision(cycle, None))
            case "poor":
                session.add(decision(cycle, files[2]))
            case "unread":
                session.add(decision(cycle, files[0]))
                await has_flags(session, files[0], Flag.BELOW_FLOOR)
            case "gone" | "refused":
                session.add(decision(cycle, files[0], files[1]))
                files[0].status = {"gone": Status.WITHDRAWN, "refused": Status.REFUSED}[decided]
            case "nominee":
                session.add(decision(cycle, files[0], files[1]))
                files[1].status = Status.WITHDRAWN
            case "stranger":
                session.add(decision(cycle, files[0], await a_draft(session, cycle)))
            case "crowd":
                session.add(decision(cycle, files[0], files[1], files[2]))
        await session.flush()

        refusal = await is_refused(session, cycle, await signed(session, cycle))

        assert (refusal.sentence, refusal.facts) == (sentence, {"category": "EQUIPE"})


async def test_a_decision_about_a_category_without_files_is_checked_too(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        session.add(decision(cycle, files[0], category="ACHATS"))

        refusal = await is_refused(session, cycle, await signed(session, cycle))

        assert (refusal.sentence, refusal.facts) == (UNRANKED, {"category": "ACHATS"})


@pytest.mark.parametrize("absent", [1, 3], ids=["one missing", "nobody"])
async def test_below_the_quorum_nothing_is_sealed(database: Database, absent: int) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        gone = await a_juror(session, cycle, status=JurorStatus.DECLINED)
        asked = await signed(session, cycle, absent=absent + 1, strangers=[uuid4(), gone.id])

        refusal = await is_refused(session, cycle, asked)

        assert (refusal.sentence, refusal.facts) == (QUORUM, {"quorum": 3})


async def test_the_same_juror_named_twice_is_present_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        juror = (await session.scalars(select(Juror).order_by(col(Juror.id)))).all()[-1]
        asked = await signed(session, cycle, absent=2, strangers=[juror.id, juror.id])

        refusal = await is_refused(session, cycle, asked)

        assert refusal.sentence == QUORUM


async def test_what_cannot_be_read_as_somebody_is_nobody(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        asked = await signed(session, cycle)
        request = await session.get_one(Request, UUID(asked.request))
        request.payload = {"summary": "", "present": ["moi", "lui", "", "elle"]}
        await session.flush()

        refusal = await is_refused(session, cycle, asked)

        assert refusal.sentence == QUORUM


async def test_nothing_is_sealed_before_the_ranking_is_frozen(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _ = await ranked_files(session, GOOD)
        await a_juror(session, cycle)
        cycle.phase = Phase.DELIBERATION
        await session.flush()

        refusal = await is_refused(session, cycle, await signed(session, cycle))

        assert refusal.sentence == UNSETTLED


async def test_only_the_chair_signs(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        asked = await signed(session, cycle, by_chair=False)

        refusal = await is_refused(session, cycle, asked)

        assert refusal.sentence == NOT_THE_CHAIR


async def test_a_chair_who_was_replaced_signs_nothing(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        await a_juror(session, cycle)
        asked = await signed(session, cycle)
        chair = (await session.scalars(select(Juror).where(col(Juror.is_chair)))).one()
        chair.status = JurorStatus.RELEASED
        await session.flush()

        refusal = await is_refused(session, cycle, asked)

        assert refusal.sentence == NOT_THE_CHAIR


async def test_minutes_are_sealed_during_the_deliberation_only(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        cycle.phase = Phase.DECIDED

        refusal = await is_refused(session, cycle, await signed(session, cycle))

        assert refusal.sentence == "Le procès-verbal ne se signe que pendant la délibération."


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
        assert len(minutes.document["jurors"]) == 3
        assert await lines(session, "sign_minutes", cycle.id) == 1


async def test_a_second_signature_is_refused_and_the_first_is_kept(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await deliberating(session)
        session.add(decision(cycle, files[0]))
        await sign_minutes(session, await signed(session, cycle, "Premier"))

        with pytest.raises(Refusal, match="que pendant la délibération"):
            await sign_minutes(session, await signed(session, cycle, "Second"))

        assert (await session.get_one(Minutes, cycle.id)).document["summary"] == "Premier"
