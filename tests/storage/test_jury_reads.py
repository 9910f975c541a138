"""What the pages of a jury read, and what they keep."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.ranking import Flag
from storage.database import Database
from storage.drafts.cards import CardDraft, save_card
from storage.drafts.deliberation import Decided, save_decision
from storage.reads.decisions import chosen, decisions_of, passed_over, sitting_in
from storage.reads.deliberation import ranking_page
from storage.reads.jury import my_juries
from storage.reads.jury_cards import Neighbours, card_page, neighbours_of
from storage.reads.jury_conflicts import PAGE, candidate_page, known_candidates
from storage.reads.jury_file import sheet_of
from storage.reads.standing_aside import files_aside
from tests.api.pages.jury_world import (
    MARKS,
    Bench,
    a_bench,
    a_conflict,
    a_file,
    a_sealed_card,
    a_standing,
)
from tests.builders import NOON, a_card, a_cycle, a_juror, an_edition


@pytest.fixture
async def session(database: Database) -> AsyncGenerator[AsyncSession]:
    async with database.transaction() as opened:
        yield opened


async def seats_in(
    session: AsyncSession, phase: Phase, status: JurorStatus, *, is_chair: bool = False
) -> Bench:
    """A juror of a cycle of its own edition."""
    edition = await an_edition(session, code=uuid4().hex[:8])
    cycle = await a_cycle(session, edition=edition, phase=phase)
    juror = await a_juror(
        session, cycle, email="jeanne@exemple.fr", status=status, is_chair=is_chair
    )
    juror.invited_at = NOON
    await session.flush()
    return Bench(cycle, juror)


@pytest.mark.parametrize(
    ("phase", "status", "is_chair", "days"),
    [
        (Phase.OPEN, JurorStatus.INVITED, False, 5),
        (Phase.CANCELLED, JurorStatus.INVITED, False, None),
        (Phase.OPEN, JurorStatus.ACCEPTED, False, None),
        (Phase.SCREENING, JurorStatus.ACCEPTED, False, 16),
        (Phase.EVALUATION, JurorStatus.ACCEPTED, False, 26),
        (Phase.DELIBERATION, JurorStatus.ACCEPTED, False, None),
        (Phase.DELIBERATION, JurorStatus.ACCEPTED, True, 28),
        (Phase.EVALUATION, JurorStatus.DECLINED, False, None),
    ],
)
async def test_a_seat_says_by_when_something_is_to_do(
    session: AsyncSession, phase: Phase, status: JurorStatus, *, is_chair: bool, days: int | None
) -> None:
    bench = await seats_in(session, phase, status, is_chair=is_chair)

    [mine] = await my_juries(session, bench.juror.person_id)

    assert mine.until == (None if days is None else NOON + timedelta(days=days))
    assert (mine.status, mine.phase, mine.is_chair) == (status, phase, is_chair)


async def test_seats_count_what_is_left_to_score(session: AsyncSession) -> None:
    bench = await seats_in(session, Phase.EVALUATION, JurorStatus.ACCEPTED)
    for status in (CardStatus.TO_SCORE, CardStatus.TO_SCORE, CardStatus.SEALED):
        await a_card(session, bench.juror, await a_file(session, bench.cycle), status=status)

    [mine] = await my_juries(session, bench.juror.person_id)

    assert (mine.left_to_score, mine.cycle_name) == (2, bench.cycle.name)


async def test_a_place_in_reserve_is_no_seat_to_show(session: AsyncSession) -> None:
    bench = await seats_in(session, Phase.OPEN, JurorStatus.RESERVE)

    assert await my_juries(session, bench.juror.person_id) == ()


async def test_cards_come_by_category_and_the_tally_counts_them_all(session: AsyncSession) -> None:
    bench = await a_bench(session)
    for category in ("QUA", "CLA", "QUA"):
        file = await a_file(session, bench.cycle, category=category)
        await a_card(session, bench.juror, file)
    done = await a_file(session, bench.cycle, category="INN")
    await a_card(session, bench.juror, done, status=CardStatus.SEALED)

    page = await card_page(session, bench.juror.id)

    assert [line.category for line in page.lines] == ["CLA", "INN", "QUA", "QUA"]
    assert (page.tally.total, page.tally.left, page.tally.done) == (4, 3, 1)
    assert page.next_card == page.lines[0].card_id


async def test_a_juror_without_cards_has_one_empty_page(session: AsyncSession) -> None:
    bench = await a_bench(session)

    page = await card_page(session, bench.juror.id, 3)

    assert (page.lines, page.number, page.pages, page.next_card) == ((), 1, 1, None)


async def test_a_card_knows_its_neighbours_and_what_waits_next(session: AsyncSession) -> None:
    bench = await a_bench(session)
    cards: list[UUID] = []
    for category, status in (
        ("CLA", CardStatus.TO_SCORE),
        ("INN", CardStatus.TO_SCORE),
        ("QUA", CardStatus.SEALED),
    ):
        file = await a_file(session, bench.cycle, category=category)
        cards.append((await a_card(session, bench.juror, file, status=status)).id)
    tally = (await card_page(session, bench.juror.id)).tally

    first = await neighbours_of(session, bench.juror.id, cards[0], "CLA")
    middle = await neighbours_of(session, bench.juror.id, cards[1], "INN")
    last = await neighbours_of(session, bench.juror.id, cards[2], "QUA")

    assert first == Neighbours(tally, 1, None, cards[1], cards[1])
    assert middle == Neighbours(tally, 2, cards[0], cards[2], cards[0])
    assert last == Neighbours(tally, 3, cards[1], None, cards[0])


async def test_the_sheet_of_another_is_nobody_s(session: AsyncSession) -> None:
    bench = await a_bench(session)
    other = await a_juror(session, bench.cycle)
    card = await a_card(session, other, await a_file(session, bench.cycle))

    assert await sheet_of(session, bench.juror, card.id) is None


async def test_a_sheet_says_when_its_juror_stands_aside(session: AsyncSession) -> None:
    bench = await a_bench(session)
    free = await a_file(session, bench.cycle)
    tied = await a_file(session, bench.cycle)
    employer = await a_file(session, bench.cycle, siret="12345678200010")
    await a_conflict(session, bench.juror, tied)
    bench.juror.siren = "123456782"
    cards = [await a_card(session, bench.juror, file) for file in (free, tied, employer)]

    sheets = [await sheet_of(session, bench.juror, card.id) for card in cards]

    assert [sheet and sheet.is_aside for sheet in sheets] == [False, True, True]
    assert await files_aside(session, bench.juror) == {tied.id, employer.id}


async def test_candidates_are_read_page_by_page_in_the_order_of_their_names(
    session: AsyncSession,
) -> None:
    bench = await a_bench(session)
    files = [
        await a_file(session, bench.cycle, company=f"N° {n:03}", status=Status.SUBMITTED)
        for n in range(PAGE + 2)
    ]

    first = await candidate_page(session, bench.juror)
    second = await candidate_page(session, bench.juror, first.next_after)
    lost = await candidate_page(session, bench.juror, uuid4())

    assert (first.first, first.last, first.total) == (1, PAGE, PAGE + 2)
    assert (second.first, second.last, second.next_after) == (PAGE + 1, PAGE + 2, None)
    assert [each.application_id for each in second.candidates] == [files[-2].id, files[-1].id]
    assert lost == first


async def test_candidates_of_another_cycle_are_not_known(session: AsyncSession) -> None:
    bench = await a_bench(session)
    elsewhere = await seats_in(session, Phase.EVALUATION, JurorStatus.ACCEPTED)
    here = await a_file(session, bench.cycle)
    there = await a_file(session, elsewhere.cycle)

    known = await known_candidates(session, bench.juror, [here.id, there.id, uuid4()])

    assert known == {here.id}


def a_draft(bench: Bench, card: UUID, over: datetime | None = None, mark: int = 4) -> CardDraft:
    return CardDraft(bench.juror.id, card, {"IMP": mark}, {"IMP": "Bien."}, over)


async def test_a_draft_is_kept_over_the_one_that_was_read(session: AsyncSession) -> None:
    bench = await a_bench(session)
    card = await a_card(session, bench.juror, await a_file(session, bench.cycle))

    first = await save_card(session, a_draft(bench, card.id))
    second = await save_card(session, a_draft(bench, card.id, over=first, mark=5))
    late = await save_card(session, a_draft(bench, card.id, over=first, mark=2))

    assert first
    assert second
    assert late is None


@pytest.mark.parametrize(
    ("phase", "juror_status", "card_status", "has_declared"),
    [
        (Phase.DELIBERATION, JurorStatus.ACCEPTED, CardStatus.TO_SCORE, True),
        (Phase.EVALUATION, JurorStatus.RELEASED, CardStatus.TO_SCORE, True),
        (Phase.EVALUATION, JurorStatus.ACCEPTED, CardStatus.SEALED, True),
        (Phase.EVALUATION, JurorStatus.ACCEPTED, CardStatus.TO_SCORE, False),
    ],
    ids=["after the evaluation", "released", "sealed", "ties not declared"],
)
async def test_a_draft_is_not_kept_out_of_its_time(
    session: AsyncSession,
    phase: Phase,
    juror_status: JurorStatus,
    card_status: CardStatus,
    *,
    has_declared: bool,
) -> None:
    bench = await a_bench(session, phase=phase, status=juror_status, has_declared=has_declared)
    file = await a_file(session, bench.cycle)
    card = await a_card(session, bench.juror, file, status=card_status, marks=MARKS)

    saved = await save_card(session, a_draft(bench, card.id))

    await session.refresh(card)
    assert saved is None
    assert card.marks == MARKS


async def test_a_draft_is_not_kept_for_a_file_from_which_one_stands_aside(
    session: AsyncSession,
) -> None:
    bench = await a_bench(session)
    file = await a_file(session, bench.cycle)
    card = await a_card(session, bench.juror, file)
    await a_conflict(session, bench.juror, file)

    assert await save_card(session, a_draft(bench, card.id)) is None


async def test_a_decision_is_kept_once_by_category(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DELIBERATION)
    file = await a_file(session, bench.cycle)
    await a_standing(session, file, 1)

    await save_decision(session, bench.cycle.id, Decided("QUA", file.id, (), ""))
    await save_decision(session, bench.cycle.id, Decided("QUA", None, (), "Personne."))

    decisions = await decisions_of(session, bench.cycle.id)
    assert list(decisions) == ["QUA"]
    assert (decisions["QUA"].laureate, decisions["QUA"].reason) == (None, "Personne.")


async def test_a_decision_is_not_kept_once_signed(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DECIDED)

    saved = await save_decision(session, bench.cycle.id, Decided("QUA", None, (), "Trop tard."))

    assert saved is None
    assert await decisions_of(session, bench.cycle.id) == {}


async def test_those_passed_over_are_the_awardable_ones(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DELIBERATION)
    files = [await a_file(session, bench.cycle) for _ in range(4)]
    await a_standing(session, files[0], 1)
    await a_standing(session, files[1], 2, flags=(Flag.IMPACT_TOO_LOW,))
    await a_standing(session, files[2], 3, flags=(Flag.SPREAD_ALERT,))
    await a_standing(session, files[3], 4)

    counts = [
        await passed_over(session, bench.cycle.id, "QUA", rank, spared)
        for rank, spared in ((1, ()), (1, (files[0].id,)), (4, (files[3].id,)))
    ]

    assert counts == [1, 0, 2]


async def test_a_chosen_file_says_whether_it_may_be_a_laureate(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DELIBERATION)
    files = [await a_file(session, bench.cycle) for _ in range(3)]
    await a_standing(session, files[0], 1)
    await a_standing(session, files[1], 2, flags=(Flag.BELOW_THRESHOLD,))
    await a_standing(session, files[2], 3, mean=None, flags=(Flag.BELOW_FLOOR,))

    found = await chosen(session, bench.cycle.id, [file.id for file in files])

    assert [found[file.id].is_awardable for file in files] == [True, False, False]


async def test_the_ranking_hides_what_the_chair_may_not_see(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DELIBERATION, is_chair=True)
    tied, free = [await a_file(session, bench.cycle) for _ in range(2)]
    await a_standing(session, tied, 1, mean="91.00")
    await a_standing(session, free, 2, mean="60.00")
    await a_conflict(session, bench.juror, tied)
    reader = await a_juror(session, bench.cycle)
    for file in (tied, free):
        await a_sealed_card(session, reader, file)

    page = await ranking_page(session, bench.juror, "QUA")

    hidden, shown = page.files
    assert (hidden.is_hidden, hidden.mean, hidden.readings) == (True, None, ())
    assert (shown.is_hidden, str(shown.mean), len(shown.readings)) == (False, "60.00", 1)


async def test_the_ranking_is_cut_by_place(session: AsyncSession) -> None:
    bench = await a_bench(session, phase=Phase.DELIBERATION, is_chair=True)
    for place in range(1, 53):
        await a_standing(session, await a_file(session, bench.cycle), place)

    first = await ranking_page(session, bench.juror, "QUA")
    second = await ranking_page(session, bench.juror, "QUA", 50)

    assert (len(first.files), first.next_after, first.previous_after) == (50, 50, None)
    assert (len(second.files), second.next_after, second.previous_after) == (2, None, 0)
    assert (second.number, second.pages) == (2, 2)


async def test_those_who_sit_come_with_the_chair_first(session: AsyncSession) -> None:
    bench = await a_bench(session, email="zoe@exemple.fr", is_chair=True)
    await a_juror(session, bench.cycle, name="Amina")
    await a_juror(session, bench.cycle, name="Bruno", status=JurorStatus.DECLINED)

    sitting = await sitting_in(session, bench.cycle.id)

    assert [(each.name, each.is_chair) for each in sitting] == [
        ("Jeanne Jurée", True),
        ("Amina", False),
    ]


async def test_a_saved_draft_carries_the_clock_of_the_database(session: AsyncSession) -> None:
    bench = await a_bench(session)
    card = await a_card(session, bench.juror, await a_file(session, bench.cycle))

    saved = await save_card(session, a_draft(bench, card.id))

    assert saved
    assert abs(saved - datetime.now(UTC)) < timedelta(minutes=1)
