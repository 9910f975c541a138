"""A year of two levels on the virtual clock: confirmed, heard, begun with or without the late ones."""

from dataclasses import replace
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper

from domain.editions import EditionAct, EditionPhase
from domain.phases import Phase
from domain.wire.edition import EditionState
from storage.database import Database
from storage.edition_plans import led, plan_document
from tests.workflows.editions import DAY, PLACES, Edition, an_edition_at_work
from tests.workflows.reading import sentence_of

TERRITORIAL, FINAL = EditionPhase.TERRITORIAL, EditionPhase.FINAL


async def confirmed(world: TimeSkipper, database: Database) -> Edition:
    edition = await an_edition_at_work(world, database)
    await edition.waits(DAY)
    await edition.is_confirmed()
    await edition.waits(timedelta(minutes=1))
    return edition


async def test_nothing_opens_unconfirmed(at_work: TimeSkipper, database: Database) -> None:
    edition = await an_edition_at_work(at_work, database)

    await edition.waits(60 * DAY)

    assert await edition.state() == EditionState(EditionPhase.PREPARED)
    assert await edition.cycles() == {}


async def test_the_organiser_is_asked_at_once_and_before_the_opening(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await an_edition_at_work(at_work, database)
    await edition.waits(timedelta(minutes=1))
    at_once = await edition.letters("edition_to_confirm")

    await edition.waits(60 * DAY)

    assert (at_once, await edition.letters("edition_to_confirm")) == (1, 3)


async def test_confirming_writes_every_cycle_and_starts_the_territories(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)

    cycles = await edition.cycles()

    assert sorted(cycles) == sorted((*PLACES, "national"))
    assert await edition.versions("REG-53") == [(1, "open_cycle")]
    assert {place: (each.level, each.zone, each.phase) for place, each in cycles.items()} == {
        "REG-53": ("territorial", "Europe/Paris", "prepared"),
        "REG-52": ("territorial", "Europe/Paris", "prepared"),
        "REG-04": ("territorial", "Indian/Reunion", "prepared"),
        "national": ("national", "Europe/Paris", "prepared"),
    }
    assert [await edition.is_led(place) for place in (*PLACES, "national")] == [
        True,
        True,
        True,
        False,
    ]
    assert await edition.state() == EditionState(TERRITORIAL, awaited=3)


async def test_a_plan_that_changed_since_it_was_read_is_not_confirmed(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await an_edition_at_work(at_work, database)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await edition.asks(EditionAct.CONFIRM, seen="another")

    assert sentence_of(refused.value).startswith("Le plan de l'édition a changé")
    assert await edition.cycles() == {}


async def test_the_final_begins_once_every_territory_has_decided(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    for place in PLACES:
        await edition.hears(place, Phase.DECIDED)
        await edition.hears_of_a_promotion(place, "CLA")

    await edition.waits(DAY)

    assert await edition.state() == EditionState(FINAL, decided=3, promotions_settled=3)
    assert await edition.is_led("national")
    assert await edition.letters("territory_late") == 0


async def test_a_cancelled_territory_is_not_waited_for(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    await edition.hears("REG-04", Phase.CANCELLED)
    await edition.hears("REG-53", Phase.DECIDED)
    await edition.hears("REG-52", Phase.PUBLISHED)

    await edition.waits(DAY)

    assert (await edition.state()).phase is FINAL


async def test_a_late_territory_holds_the_final_until_its_cut_off_only(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    await edition.hears("REG-53", Phase.DECIDED)
    await edition.hears("REG-52", Phase.DECIDED)
    opens_at = edition.frame.national.opens_at

    await edition.waits_until(opens_at - timedelta(minutes=2))
    before = (await edition.state()).phase
    await edition.waits_until(opens_at)

    assert (before, (await edition.state()).phase) == (TERRITORIAL, FINAL)
    assert await edition.lines() == [("territorial", 1.0), ("final", 120.0)]
    assert await edition.letters("territory_late") == 1


async def test_without_a_quorum_the_cut_off_changes_nothing(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    await edition.hears("REG-53", Phase.DECIDED)
    await edition.waits_until(edition.frame.national.opens_at + 3 * DAY)
    held = (await edition.state()).phase

    await edition.hears("REG-52", Phase.DECIDED)
    await edition.waits(timedelta(minutes=1))

    national = (await edition.cycles())["national"]
    assert (held, (await edition.state()).phase) == (TERRITORIAL, FINAL)
    assert await edition.versions("national") == [(1, "open_cycle"), (2, "push_dates")]
    assert national.calendar["closes_at"] > edition.frame.national.closes_at.isoformat()


async def test_the_national_organiser_begins_the_final_with_a_reason(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    await edition.hears("REG-53", Phase.DECIDED)

    state = await edition.asks(EditionAct.BEGIN_FINAL, reason="Les deux autres ont renoncé.")
    await edition.waits(timedelta(minutes=1))

    assert state == EditionState(FINAL, decided=1, awaited=2)
    assert await edition.letters("territory_late") == 2
    assert await edition.is_led("national")


@pytest.mark.parametrize("reason", ["", "   "])
async def test_the_final_is_not_begun_without_a_reason(
    at_work: TimeSkipper, database: Database, reason: str
) -> None:
    edition = await confirmed(at_work, database)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await edition.asks(EditionAct.BEGIN_FINAL, reason=reason)

    assert sentence_of(refused.value).startswith("Indiquez le motif")
    assert (await edition.state()).phase is TERRITORIAL


async def test_a_cut_off_moved_earlier_is_kept(at_work: TimeSkipper, database: Database) -> None:
    edition = await confirmed(at_work, database)
    await edition.hears("REG-53", Phase.DECIDED)
    earlier = edition.frame.national.opens_at - 5 * DAY

    await edition.asks(
        EditionAct.SET_TERMS, quorum=1, cutoff_at=earlier.isoformat(), reason="Une seule suffit."
    )
    await edition.waits_until(earlier)

    assert (await edition.state()).phase is FINAL
    assert (await edition.lines())[-1] == ("final", 115.0)


async def test_the_same_request_begins_the_final_once(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    asked = await edition.writes(EditionAct.BEGIN_FINAL, reason="Il est temps.")

    answers = [await edition.sends(EditionAct.BEGIN_FINAL, asked) for _ in range(2)]

    assert [each.phase for each in answers] == [FINAL, FINAL]
    assert [phase for phase, _ in await edition.lines()] == ["territorial", "final"]


async def test_the_edition_ends_with_its_final(at_work: TimeSkipper, database: Database) -> None:
    edition = await confirmed(at_work, database)
    for place in PLACES:
        await edition.hears(place, Phase.DECIDED)
    await edition.waits(DAY)

    await edition.hears("national", Phase.PUBLISHED)
    await edition.waits(DAY)
    published = await edition.state()
    await edition.hears("national", Phase.CLOSED)

    assert published.phase is EditionPhase.PUBLISHED
    assert (await edition.handle.result()).phase is EditionPhase.CLOSED


async def test_cancelling_before_the_confirmation_opens_nothing(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await an_edition_at_work(at_work, database)

    await edition.asks(EditionAct.CANCEL, reason="Pas cette année.")

    assert (await edition.handle.result()).phase is EditionPhase.CANCELLED
    assert await edition.cycles() == {}


async def test_cancelling_cancels_every_cycle_with_its_reason(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)

    await edition.asks(EditionAct.CANCEL, reason="Faute de moyens.")
    ended = await edition.handle.result()

    assert ended.phase is EditionPhase.CANCELLED
    cycles = await edition.cycles()
    assert {place: each.phase for place, each in cycles.items()} == dict.fromkeys(
        (*PLACES, "national"), "cancelled"
    )


async def test_the_dates_of_an_edition_move_as_one(
    at_work: TimeSkipper, database: Database
) -> None:
    edition = await confirmed(at_work, database)
    plan = led(await edition.reads())
    moved = replace(
        plan.frame,
        territorial=replace(
            plan.frame.territorial, closes_at=plan.frame.territorial.closes_at + 3 * DAY
        ),
        national=replace(plan.frame.national, ends_at=plan.frame.national.ends_at + 3 * DAY),
    )

    await edition.asks(
        EditionAct.MOVE,
        seen=plan.seen,
        plan=plan_document(replace(plan, frame=moved)),
        reason="Une grève des trains.",
    )
    await edition.waits(timedelta(minutes=1))

    acts = {place: await edition.versions(place) for place in (*PLACES, "national")}
    moved_once = [(1, "open_cycle"), (2, "move_dates")]
    assert acts == dict.fromkeys((*PLACES, "national"), moved_once)
    assert led(await edition.reads()).frame == moved
