"""Repairing a deal: what its preview said is what it does, once, and what is begun stays."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.applications import Status
from domain.dealing import OUT_OF_DATE, DealKind
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.refusals import Refusal
from domain.wire.cycle import RepairDeal, Repaired
from storage.acts.dealing import deal
from storage.acts.repairing import repair_deal
from storage.acts.second_readings import NOT_UNDECIDED, proposed
from storage.database import Database
from storage.reads.organiser.repairing import repair_preview
from storage.tables.cycles import Cycle
from storage.tables.juries import Card, DealRecord, Juror
from storage.tables.records import Request
from tests.builders import NOON, a_cycle, a_juror
from tests.storage.acts import GOOD, POOR, SAMPLE, a_draft, a_request, kinds, lines


async def _dealt(session: AsyncSession, files: int, jurors: int) -> tuple[Cycle, Sequence[Juror]]:
    cycle = await a_cycle(session, template=SAMPLE, phase=Phase.EVALUATION)
    for _ in range(files):
        await a_draft(session, cycle, status=Status.ADMITTED, siret="")
    seated = [await a_juror(session, cycle, name=f"Juré {place}") for place in range(jurors)]
    await deal(session, cycle, NOON)
    return cycle, seated


async def _asked(
    session: AsyncSession, cycle: Cycle, leaving: list[str], key: str = ""
) -> tuple[RepairDeal, Request]:
    shown = key or (await repair_preview(session, cycle, leaving)).key
    request = await a_request(
        session,
        "repair_deal",
        f"cycle:{cycle.id}",
        {"leaving": leaving, "key": shown, "reserve": True, "reason": "Congé."},
    )
    return RepairDeal(str(cycle.id), str(request.id), NOON), request


async def _cards_of(session: AsyncSession, juror: Juror) -> list[Card]:
    found = select(Card).where(col(Card.juror_id) == juror.id)
    return list((await session.scalars(found.order_by(col(Card.id)))).all())


async def test_whoever_leaves_is_released_and_their_readings_go_to_others(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, [gone, *others] = await _dealt(session, 6, 4)
        held = [card.application_id for card in await _cards_of(session, gone)]
        preview = await repair_preview(session, cycle, [str(gone.id)])
        asked, request = await _asked(session, cycle, [str(gone.id)])

        answer = await repair_deal(session, asked)

        read = [card.application_id for each in others for card in await _cards_of(session, each)]
        assert answer == Repaired((str(gone.id),), calls_the_reserve=True)
        assert (len(held), len(preview.orphaned), len(preview.moved)) == (3, 3, 0)
        assert (gone.status, await _cards_of(session, gone)) == (JurorStatus.RELEASED, [])
        assert sorted(read.count(file) for file in set(read)) == [2] * 6
        assert request.settled
        assert await lines(session, "repair_deal", cycle.id) == 1
        assert sorted(set(await kinds(session))) == ["juror_released", "jury_cards_to_score"]


async def test_the_same_request_twice_repairs_once(database: Database) -> None:
    async with database.transaction() as session:
        cycle, [gone, *_] = await _dealt(session, 6, 4)
        asked, _ = await _asked(session, cycle, [str(gone.id)])

        answers = [await repair_deal(session, asked) for _ in range(2)]

        records = (await session.scalars(select(DealRecord).order_by(col(DealRecord.at)))).all()
        assert answers[0] == answers[1]
        assert sorted(each.kind for each in records) == [DealKind.OPENING, DealKind.REPAIR]
        assert [each.short for each in records] == [0, 0]


async def test_what_was_sent_stays_and_a_draft_of_whoever_leaves_is_set_aside(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, [gone, *_] = await _dealt(session, 6, 4)
        sealed, begun, untouched = await _cards_of(session, gone)
        sealed.status, sealed.saved_at, begun.saved_at = CardStatus.SEALED, NOON, NOON
        ids = {sealed.id: CardStatus.SEALED, begun.id: CardStatus.RECUSED}
        assert untouched.id not in ids
        asked, _ = await _asked(session, cycle, [str(gone.id)])

        await repair_deal(session, asked)

        kept = (
            await session.execute(
                select(col(Card.id), col(Card.status)).where(col(Card.juror_id) == gone.id)
            )
        ).all()
        assert dict(kept) == ids


async def test_a_deal_that_changed_since_its_preview_is_shown_again(database: Database) -> None:
    async with database.transaction() as session:
        cycle, [gone, *_] = await _dealt(session, 6, 4)
        asked, request = await _asked(session, cycle, [str(gone.id)], key="of another day")

        with pytest.raises(Refusal) as refused:
            await repair_deal(session, asked)

        assert refused.value.sentence == OUT_OF_DATE
        assert (gone.status, request.settled) == (JurorStatus.ACCEPTED, False)


@pytest.mark.parametrize(
    ("leaver", "sentence"),
    [
        pytest.param("chair", "confiez d'abord la présidence", id="the chair"),
        pytest.param("nobody", "Choisissez des personnes qui siègent", id="nobody"),
    ],
)
async def test_nobody_else_may_leave(database: Database, leaver: str, sentence: str) -> None:
    async with database.transaction() as session:
        cycle, [first, *_] = await _dealt(session, 2, 3)
        first.is_chair = True
        leaving = {"chair": str(first.id), "nobody": "00000000-0000-0000-0000-000000000000"}

        with pytest.raises(Refusal, match=sentence):
            await repair_preview(session, cycle, [leaving[leaver]])


async def test_a_repair_after_the_evaluation_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        cycle, [gone, *_] = await _dealt(session, 2, 3)
        asked, _ = await _asked(session, cycle, [str(gone.id)])
        late = RepairDeal(asked.cycle, asked.request, NOON + timedelta(days=4000))

        with pytest.raises(Refusal, match="L'évaluation est close"):
            await repair_deal(session, late)


async def test_second_readings_go_to_undecided_files_alone_and_are_ordered_once(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, _ = await _dealt(session, 6, 4)
        cards = (await session.scalars(select(Card).order_by(col(Card.application_id)))).all()
        best = sorted({card.application_id for card in cards})[:4]
        for card in cards:
            card.marks = GOOD if card.application_id in best else POOR
            card.status, card.saved_at = CardStatus.SEALED, NOON
        await session.flush()

        found = await proposed(session, cycle)
        files = sorted(file for each in found for file in each.files)
        key = (await repair_preview(session, cycle, [], files)).key
        payload: dict[str, object] = {"leaving": [], "key": key, "second": files, "reason": "Zone."}
        request = await a_request(session, "repair_deal", f"cycle:{cycle.id}", payload)
        await repair_deal(session, RepairDeal(str(cycle.id), str(request.id), NOON))

        again = await session.scalars(select(Card).where(col(Card.status) == CardStatus.TO_SCORE))
        assert [each.category for each in found] == ["EQUIPE"]
        assert found[0].before < found[0].after
        assert files == sorted(map(str, best))
        assert sorted(str(card.application_id) for card in again) == files
        assert await proposed(session, cycle) == ()


async def test_a_second_reading_of_a_file_that_is_decided_is_refused(database: Database) -> None:
    async with database.transaction() as session:
        cycle, _ = await _dealt(session, 6, 4)
        file = str((await session.scalars(select(col(Card.application_id)))).first())
        payload: dict[str, object] = {"leaving": [], "key": "any", "second": [file]}
        request = await a_request(session, "repair_deal", f"cycle:{cycle.id}", payload)

        with pytest.raises(Refusal) as refused:
            await repair_deal(session, RepairDeal(str(cycle.id), str(request.id), NOON))

        assert refused.value.sentence == NOT_UNDECIDED
