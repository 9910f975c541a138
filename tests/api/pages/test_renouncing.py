"""Declining a prize: told companies only, under embargo or by a correction of what is public."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.engine import Engine
from domain.corrections import CorrectionKind
from domain.phases import Phase
from domain.promotion import OfferStatus
from domain.wire import names
from domain.wire.cycle import CycleRef
from domain.wire.promotion import BeginPromotions, PromotionRef
from settings import Settings
from storage.acts import promotions
from storage.acts.promotion_starts import run_of
from storage.acts.publication import publish
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.corrections import Correction
from storage.tables.cycles import Cycle
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import an_organiser
from tests.conftest import SignIn
from tests.storage.promoting import CATEGORY, Territory, a_decided_territory
from tests.workflows.postbox import Postbox

OWNER = "entreprise-1@exemple.fr"


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def territory(database: Database) -> Territory:
    async with database.transaction() as session:
        found = await a_decided_territory(session, "80", "70", at=datetime.now(UTC))
        await an_organiser(session, found.cycle)
        return found


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(territory: Territory) -> str:
    return f"/candidatures/{territory.files[0].id}/renoncer"


async def test_the_page_tells_nothing_to_a_laureate_who_was_told_nothing(
    browser: Browser, territory: Territory
) -> None:
    assert (await browser.get(page(territory))).status_code == 404


@pytest.mark.usefixtures("engine")
async def test_declining_under_embargo_offers_the_place_to_the_next(
    browser: Browser, database: Database, territory: Territory, temporal_client: Client
) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        await promotions.begin(session, BeginPromotions(str(territory.cycle.id), now))
        promotion = await territory.promotion(session)
        await promotions.offer_places(session, PromotionRef(str(promotion.id), now))
    await Engine(temporal_client).run_promotion(
        names.promotion_id(str(territory.cycle.id), CATEGORY), run_of(promotion)
    )

    unsure = await browser.submit(page(territory), {"reason": ""})
    done = await browser.submit(page(territory), {"reason": "", "agrees": "yes"})

    assert (unsure.status_code, done.status_code) == (422, 303)
    async with database.transaction() as session:
        file = await session.get_one(Application, territory.files[0].id)
    assert file.renounced_at is not None
    assert (await _offered(database, territory))[0] == OfferStatus.VOID
    assert (await browser.get(page(territory))).status_code == 404


async def test_declining_what_is_public_proposes_a_correction_to_an_organiser(
    browser: Browser, database: Database, territory: Territory
) -> None:
    async with database.transaction() as session:
        await publish(session, CycleRef(str(territory.cycle.id), datetime.now(UTC)))
        assert (await session.get_one(Cycle, territory.cycle.id)).phase == Phase.PUBLISHED

    shown = await browser.get(page(territory))
    done = await browser.submit(page(territory), {"agrees": "yes"})

    assert "Le palmarès est public : il sera corrigé" in words_of(shown.text)
    assert done.status_code == 303
    async with database.transaction() as session:
        proposed = (await session.scalars(select(Correction))).one()
    assert (proposed.kind, proposed.application_id) == (
        CorrectionKind.REMOVED,
        territory.files[0].id,
    )


async def _offered(database: Database, territory: Territory) -> list[str]:
    async with database.transaction() as session:
        return [each.status for each in await territory.offers(session)]
