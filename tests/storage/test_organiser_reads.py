"""What the organiser's pages read: pages that follow one another, counts that are remembered a moment."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from domain.applications import Status
from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from storage.database import Database
from storage.ledger import LetterState
from storage.reads.organiser.applications import application_page, green_among
from storage.reads.organiser.cycles import organised_year
from storage.reads.organiser.journal import journal_page
from storage.reads.organiser.jury import juror_page
from storage.reads.organiser.letters import SoughtLetter, letter_page
from storage.reads.organiser.remembered import SECONDS, Remembered
from storage.reads.organiser.results import ranking_page
from storage.reads.organiser.sought import ORDER, Sought
from storage.reads.organiser.tallies import (
    forget,
    tally_of_applications,
    tally_of_cards,
    tally_of_jurors,
)
from storage.tables.cycles import Cycle
from storage.tables.letters import Letter
from storage.tables.records import JournalLine
from storage.tables.results import Standing
from tests.builders import (
    a_card,
    a_cycle,
    a_juror,
    a_person,
    an_application,
    an_edition,
)

MANY = 120


@pytest.fixture
async def cycle(database: Database) -> Cycle:
    async with database.transaction() as session:
        return await a_cycle(session)


async def test_every_application_is_on_one_page_and_one_only(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        wanted = [
            (await an_application(session, cycle, status=ORDER[n % 7], company=f"A{n % 9}")).id
            for n in range(MANY)
        ]

    async with database.transaction() as session:
        seen, sizes = await _turned(session, cycle)

    assert sizes == [50, 50, 20]
    assert sorted(seen) == sorted(wanted)


async def test_what_waits_for_a_decision_comes_first_then_by_company(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        for status, company in (
            (Status.WITHDRAWN, "A"),
            (Status.SUBMITTED, "C"),
            (Status.ADMITTED, "A"),
            (Status.SUBMITTED, "B"),
        ):
            await an_application(session, cycle, status=status, company=company)

    async with database.transaction() as session:
        page = await application_page(session, cycle.id, Sought())

    assert [(line.status, line.company) for line in page.lines] == [
        (Status.SUBMITTED, "B"),
        (Status.SUBMITTED, "C"),
        (Status.ADMITTED, "A"),
        (Status.WITHDRAWN, "A"),
    ]


async def test_an_application_that_moves_between_two_pages_hides_no_other(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        files = [
            await an_application(session, cycle, status=Status.SUBMITTED, company=f"A{n:03}")
            for n in range(60)
        ]
        first = await application_page(session, cycle.id, Sought())
        (await session.merge(files[49])).status = Status.ADMITTED

    async with database.transaction() as session:
        second = await application_page(session, cycle.id, Sought(), first.last)

    # The cursor stands at the admitted file now; those after it in « submitted » are asked again.
    again = {line.company for line in second.lines}
    assert second.lines == () or again <= {file.company for file in files}


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        (Sought(words="ECOLE"), ["École du Rhône"]),
        (Sought(words="l'atelier"), ["L'Atelier (100%)"]),
        (Sought(words="(100%)"), ["L'Atelier (100%)"]),
        (Sought(words="12345"), ["Boréale"]),
        (Sought(words="k7m2"), ["Boréale"]),
        (Sought(words="rien de tel"), []),
        (Sought(words="o", status=Status.ADMITTED), ["Boréale"]),
        (Sought(category="CLA"), ["École du Rhône"]),
    ],
    ids=["accents", "apostrophe", "signs", "siret", "number", "none", "status", "category"],
)
async def test_words_are_found_in_names_sirets_and_numbers(
    database: Database, cycle: Cycle, sought: Sought, found: list[str]
) -> None:
    async with database.transaction() as session:
        await an_application(session, cycle, company="École du Rhône", category="CLA")
        await an_application(session, cycle, company="L'Atelier (100%)")
        await an_application(
            session,
            cycle,
            company="Boréale",
            siret="12345678200010",
            number="2027-9QXA-K7M2",
            status=Status.ADMITTED,
        )

    async with database.transaction() as session:
        page = await application_page(session, cycle.id, sought)

    assert [line.company for line in page.lines] == found


async def test_only_green_files_of_the_cycle_that_wait_are_green(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        other = await a_cycle(
            session, edition=await an_edition(session, code="autre"), territory="REG-53"
        )
        files = [
            await an_application(session, where, status=status)
            for where, status in (
                (cycle, Status.SUBMITTED),
                (cycle, Status.SUBMITTED),
                (cycle, Status.ADMITTED),
                (other, Status.SUBMITTED),
            )
        ]
        for file, admissible in zip(files, (True, False, True, True), strict=True):
            file.admissible = admissible

    async with database.transaction() as session:
        green = await green_among(session, cycle.id, [file.id for file in files])

    assert list(green) == [files[0].id]


async def test_the_failed_rules_are_named_without_reading_the_answers(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        file = await an_application(session, cycle, status=Status.SUBMITTED)
        file.verdicts = [
            {"rule": "R01", "outcome": "pass"},
            {"rule": "R03", "outcome": "fail"},
            {"rule": "R07", "outcome": "to_check"},
        ]

    async with database.transaction() as session:
        (line,) = (await application_page(session, cycle.id, Sought())).lines

    assert (line.failed, line.to_check) == (("R03",), ("R07",))


async def test_a_count_is_remembered_two_seconds_then_asked_again() -> None:
    clock = [100.0]
    asked: list[float] = []

    async def find() -> float:
        asked.append(clock[0])
        return clock[0]

    remembered = Remembered[float](lambda: clock[0])
    seen: list[float] = []
    for later in (0.0, SECONDS - 0.1, SECONDS + 0.1):
        clock[0] = 100.0 + later
        seen.append(await remembered.get("cycle", find))
    remembered.forget("cycle")
    seen.append(await remembered.get("cycle", find))

    assert seen == [100.0, 100.0, 102.1, 102.1]
    assert asked == [100.0, 102.1, 102.1]


async def test_applications_are_counted_by_status_and_category(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        for status, category, admissible in (
            (Status.SUBMITTED, "QUA", True),
            (Status.SUBMITTED, "CLA", False),
            (Status.DRAFT, "QUA", None),
        ):
            file = await an_application(session, cycle, status=status, category=category)
            file.admissible = admissible

    async with database.transaction() as session:
        tally = await tally_of_applications(session, cycle.id)

    assert tally.of(Status.SUBMITTED) == 2
    assert tally.total("QUA") == 2
    assert tally.green == 1


async def test_coverage_counts_admitted_files_by_their_sealed_cards(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        jurors = [await a_juror(session, cycle) for _ in range(3)]
        statuses = (CardStatus.SEALED, CardStatus.SEALED, CardStatus.TO_SCORE)
        for status in (Status.ADMITTED, Status.WITHDRAWN):
            file = await an_application(session, cycle, status=status)
            for juror, card in zip(jurors, statuses, strict=True):
                await a_card(session, juror, file, status=card)

    async with database.transaction() as session:
        tally = await tally_of_cards(session, cycle.id)

    assert (tally.covered(2), tally.covered(3)) == (1, 0)
    assert (tally.sealed, tally.dealt) == (4, 6)
    assert tally.loads[jurors[0].id].closed == 2


async def test_jurors_who_sit_come_before_those_who_wait(database: Database, cycle: Cycle) -> None:
    async with database.transaction() as session:
        for status in (JurorStatus.DECLINED, JurorStatus.RESERVE, JurorStatus.ACCEPTED):
            await a_juror(session, cycle, status=status)

    async with database.transaction() as session:
        page = await juror_page(session, cycle.id, number=9)
        tally = await tally_of_jurors(session, cycle.id)

    assert [line.status for line in page.lines] == [
        JurorStatus.ACCEPTED,
        JurorStatus.RESERVE,
        JurorStatus.DECLINED,
    ]
    assert (page.number, page.pages) == (1, 1)
    assert sum(tally.values()) == 3


async def test_letters_that_need_somebody_lead_and_pages_follow_one_another(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        person = await a_person(session)
        states = list(LetterState)
        for n in range(MANY):
            session.add(_letter(cycle, person.id, states[n % len(states)], n))

    seen: list[UUID] = []
    states_seen: list[LetterState] = []
    async with database.transaction() as session:
        last: UUID | None = None
        while True:
            page = await letter_page(session, cycle.id, SoughtLetter(), last)
            seen += [line.id for line in page.lines]
            states_seen += [line.state for line in page.lines]
            last = page.last
            if last is None:
                break

    assert len(set(seen)) == MANY
    assert list(dict.fromkeys(states_seen)) == [
        LetterState.FAILED,
        LetterState.BOUNCED,
        LetterState.UNCERTAIN,
        LetterState.SENDING,
        LetterState.HELD,
        LetterState.PLANNED,
        LetterState.SENT,
        LetterState.CANCELLED,
    ]


async def test_the_journal_is_read_backwards_with_names(database: Database, cycle: Cycle) -> None:
    async with database.transaction() as session:
        person = await a_person(session, name="Olivia")
        file = await an_application(session, cycle, company="Boréale")
        for n in range(MANY):
            session.add(_line(cycle, f"person:{person.id}", f"application:{file.id}", n))

    async with database.transaction() as session:
        first = await journal_page(session, cycle.id)
        second = await journal_page(session, cycle.id, first.last)

    assert [line.reason for line in first.lines] == [str(n) for n in range(119, 69, -1)]
    assert second.lines[0].reason == "69"
    assert (first.lines[0].who, first.lines[0].about_name) == ("Olivia", "Boréale")


async def test_the_places_of_a_category_follow_one_another(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        for place in range(1, 61):
            file = await an_application(session, cycle)
            session.add(_standing(cycle, file.id, place))

    async with database.transaction() as session:
        first = await ranking_page(session, cycle.id, "QUA")
        second = await ranking_page(session, cycle.id, "QUA", first.last or 0)

    assert [line.place for line in first.lines + second.lines] == list(range(1, 61))
    assert second.last is None


async def test_a_year_shows_the_cycles_of_its_organiser_only(
    database: Database, cycle: Cycle
) -> None:
    async with database.transaction() as session:
        later = await an_edition(session, year=2028, code="2028")
        other = await a_cycle(session, edition=later, territory="REG-53", phase=Phase.SCREENING)
        await an_application(session, other, status=Status.SUBMITTED)

    async with database.transaction() as session:
        mine = await organised_year(session, {cycle.id})
        every = await organised_year(session, None)
        past = await organised_year(session, None, 2027)
        none = await organised_year(session, set[UUID]())

    assert ([each.code for each in mine.cycles], mine.years) == (["2027:REG-84"], (2027,))
    assert [(each.code, each.to_screen) for each in every.cycles] == [("2028:REG-53", 1)]
    assert ([each.code for each in past.cycles], past.years) == (["2027:REG-84"], (2028, 2027))
    assert (none.year, none.cycles) == (None, ())


Turn = Callable[[AsyncSession, Cycle], Awaitable[tuple[list[UUID], list[int]]]]


async def _turned(session: AsyncSession, cycle: Cycle) -> tuple[list[UUID], list[int]]:
    """Every application, page after page, and how many each page held."""
    forget(cycle.id)
    seen: list[UUID] = []
    sizes: list[int] = []
    last: UUID | None = None
    while True:
        page = await application_page(session, cycle.id, Sought(), last)
        seen += [line.id for line in page.lines]
        sizes.append(len(page.lines))
        last = page.last
        if last is None:
            return seen, sizes


def _letter(cycle: Cycle, person: UUID, state: LetterState, n: int) -> Letter:
    return Letter(
        key=f"receipt:{uuid4()}",
        kind="receipt",
        subject=f"application:{uuid4()}",
        cycle_id=cycle.id,
        person_id=person,
        state=state,
        planned_at=datetime(2027, 5, 1, tzinfo=UTC) + timedelta(minutes=n // 6),
    )


def _line(cycle: Cycle, actor: str, subject: str, n: int) -> JournalLine:
    return JournalLine(actor=actor, subject=subject, cycle_id=cycle.id, act="submit", reason=str(n))


def _standing(cycle: Cycle, application: UUID, place: int) -> Standing:
    return Standing(
        cycle_id=cycle.id,
        category="QUA",
        application_id=application,
        place=place,
        rank=place,
        valid_cards=3,
    )
