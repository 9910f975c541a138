"""A prize declined under embargo, and the decision that the chair makes again."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from domain.amending import NOT_A_CHOICE, NOTHING_TO_AMEND
from domain.applications import Act, Status
from domain.deliberation import NOT_THE_CHAIR
from domain.phases import CycleAct, Phase
from domain.promotion import OfferStatus
from domain.refusals import Refusal
from domain.wire.application import ApplicationState, SettleApplication
from domain.wire.cycle import CycleRef, CycleSettled, SettleCycle
from domain.wire.promotion import PromotionRef
from storage.acts import applications, cycle_acts, promotions
from storage.acts.minutes import sign_minutes
from storage.acts.publication import publish
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.cycles import Cycle
from storage.tables.juries import Juror
from storage.tables.results import Amendment, Decision, Minutes, Palmares
from tests.builders import NOON
from tests.storage.acts import a_request, kinds
from tests.storage.deliberation import decision, deliberating, signed
from tests.storage.promoting import DAY, a_decided_territory

WHY = "Le dossier suivant tient la même promesse."


async def decided(session: AsyncSession) -> tuple[Cycle, list[Application]]:
    """Signed minutes: the best file is laureate, the next is nominated."""
    cycle, files = await deliberating(session)
    session.add(decision(cycle, files[0], files[1]))
    await session.flush()
    await sign_minutes(session, await signed(session, cycle))
    return cycle, files


async def renounces(session: AsyncSession, file: Application) -> ApplicationState:
    request = await a_request(session, Act.RENOUNCE, f"application:{file.id}", {"reason": ""})
    return await applications.settle(
        session, SettleApplication(str(file.id), Act.RENOUNCE, str(request.id), NOON)
    )


async def decides_again(
    session: AsyncSession,
    cycle: Cycle,
    laureate: Application | None,
    *,
    category: str = "EQUIPE",
    by: UUID | None = None,
) -> CycleSettled:
    chair = await session.scalar(
        select(col(Juror.person_id)).where(
            col(Juror.cycle_id) == cycle.id, col(Juror.is_chair).is_(True)
        )
    )
    payload: dict[str, object] = {
        "category": category,
        "laureate": str(laureate.id) if laureate else "",
        "reason": WHY,
    }
    request = await a_request(session, CycleAct.AMEND, f"cycle:{cycle.id}", payload, by=by or chair)
    return await cycle_acts.settle(
        session, SettleCycle(str(cycle.id), CycleAct.AMEND, str(request.id), NOON)
    )


async def test_a_prize_declined_stays_a_file_that_was_ranked(database: Database) -> None:
    async with database.transaction() as session:
        _, files = await decided(session)

        state = await renounces(session, files[0])

        assert (state.status, files[0].renounced_at) == (Status.ADMITTED, NOON)
        assert await kinds(session) == [
            "deliberation_opened",
            "prize_renounced",
            "prize_renunciation_kept",
        ]


async def test_who_is_not_distinguished_has_nothing_to_decline(database: Database) -> None:
    async with database.transaction() as session:
        _, files = await decided(session)

        with pytest.raises(Refusal, match="sous embargo"):
            await renounces(session, files[2])


async def test_the_chair_names_the_next_and_the_minutes_do_not_change(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await decided(session)
        before = (await session.get_one(Minutes, cycle.id)).fingerprint
        await renounces(session, files[0])

        settled = await decides_again(session, cycle, files[1])

        now = (await session.scalars(select(Decision))).one()
        assert settled == CycleSettled(f"amended:{cycle.id}", ())
        assert (now.laureate_id, now.nominees, now.reason) == (files[1].id, [], WHY)
        amendment = (await session.scalars(select(Amendment))).one()
        assert (amendment.number, amendment.document["minutes"]) == (1, before)
        assert amendment.document["gone"] == [{"application": str(files[0].id), "renounced": True}]
        assert (await session.get_one(Minutes, cycle.id)).fingerprint == before


async def test_what_holds_is_not_decided_again(database: Database) -> None:
    async with database.transaction() as session:
        cycle, files = await decided(session)

        with pytest.raises(Refusal) as refusal:
            await decides_again(session, cycle, files[1])

        assert refusal.value.sentence == NOTHING_TO_AMEND


async def test_nobody_who_declined_is_chosen_again_and_only_the_chair_chooses(
    database: Database,
) -> None:
    async with database.transaction() as session:
        cycle, files = await decided(session)
        await renounces(session, files[0])

        with pytest.raises(Refusal) as gone:
            await decides_again(session, cycle, files[0])
        other = (await session.scalars(select(Juror).where(col(Juror.is_chair).is_(False)))).first()
        assert other is not None
        with pytest.raises(Refusal) as stranger:
            await decides_again(session, cycle, files[1], by=other.person_id)

        assert (gone.value.sentence, stranger.value.sentence) == (NOT_A_CHOICE, NOT_THE_CHAIR)


@pytest.mark.parametrize("chosen", [True, False], ids=["the next", "nobody decides in time"])
async def test_the_palmares_never_names_who_declined(database: Database, *, chosen: bool) -> None:
    async with database.transaction() as session:
        cycle, files = await decided(session)
        await renounces(session, files[0])
        if chosen:
            await decides_again(session, cycle, files[1])

        await publish(session, CycleRef(str(cycle.id), NOON))

        told = (await session.scalars(select(Palmares))).one().document["categories"][0]
        laureate = told["laureate"] and told["laureate"]["application"]
        assert (laureate, told["has_withdrawn"]) == (
            (str(files[1].id), False) if chosen else (None, True)
        )
        assert cycle.phase == Phase.PUBLISHED


async def test_the_place_of_a_prize_that_is_declined_goes_to_the_next(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "81.00", "72.00")
        promotion = await territory.begin(session)

        state = await renounces(session, territory.files[0])
        await promotions.offer_places(session, PromotionRef(str(promotion.id), NOON + DAY))

        offers = {each.application_id: each.status for each in await territory.offers(session)}
        assert state.offer_again == (str(promotion.id),)
        assert offers == {
            territory.files[0].id: OfferStatus.VOID,
            territory.files[1].id: OfferStatus.OFFERED,
        }


async def test_a_trophy_not_given_any_more_sends_nobody(database: Database) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "81.00", "72.00")
        promotion = await territory.begin(session)
        await renounces(session, territory.files[0])
        await promotions.offer_places(session, PromotionRef(str(promotion.id), NOON + DAY))

        settled = await decides_again(session, territory.cycle, None, category="QUA")
        await promotions.offer_places(session, PromotionRef(str(promotion.id), NOON + DAY))

        assert settled.offer_again == (str(promotion.id),)
        assert {each.status for each in await territory.offers(session)} == {OfferStatus.VOID}
