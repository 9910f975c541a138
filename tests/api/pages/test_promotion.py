"""The page of a place in the final: what it means, who may answer, and what an answer does."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from temporalio.client import Client

from activities.engine import Engine
from domain.phases import Phase
from domain.promotion import OfferStatus
from domain.wire import names
from domain.wire.promotion import BeginPromotions, PromotionRef
from settings import Settings
from storage.acts import promotions
from storage.acts.promotion_starts import run_of
from storage.database import Database
from storage.tables.applications import Application
from storage.tables.promotions import PlaceOffer
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import a_member, hidden, words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.storage.promoting import CATEGORY, REASON, Territory, a_decided_territory
from tests.workflows.postbox import Postbox

OWNER = "entreprise-1@exemple.fr"


@dataclass
class Offered:
    """A place offered to the first file, whose workflow runs."""

    territory: Territory
    database: Database

    @property
    def file(self) -> Application:
        return self.territory.files[0]

    @property
    def page(self) -> str:
        return f"/candidatures/{self.file.id}/finale"

    async def offers(self) -> list[PlaceOffer]:
        async with self.database.transaction() as session:
            return await self.territory.offers(session)


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def offered(database: Database, temporal_client: Client) -> Offered:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70", at=now)
        await promotions.begin(session, BeginPromotions(str(territory.cycle.id), now))
        promotion = await territory.promotion(session)
        await promotions.offer_places(session, PromotionRef(str(promotion.id), now))
    await Engine(temporal_client).run_promotion(
        names.promotion_id(str(territory.cycle.id), CATEGORY), run_of(promotion)
    )
    return Offered(territory, database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


async def test_the_offer_says_until_when_what_is_public_and_what_was_sealed(
    browser: Browser, offered: Offered
) -> None:
    page = words_of((await browser.get(offered.page)).text)

    assert "Sous embargo jusqu'au" in page
    assert "Réponse attendue avant le" in page
    assert "Seront publics, au palmarès de votre territoire" in page
    assert "80,00" in page
    assert "Vérifié à l'instant" in page


async def test_the_offer_waits_in_the_space_of_the_company(
    browser: Browser, offered: Offered
) -> None:
    page = (await browser.get("/mon-espace")).text

    assert offered.page in page
    assert "Confirmer ou décliner la place en finale nationale" in words_of(page)


@pytest.mark.usefixtures("engine")
async def test_confirming_leads_to_the_file_of_the_final(
    browser: Browser, offered: Offered
) -> None:
    response = await browser.submit(f"{offered.page}/confirmer", {"agrees": "yes"})

    [offer] = await offered.offers()
    assert response.status_code == 303
    assert response.headers["location"] == f"/candidatures/{offer.final_file_id}"
    assert offer.status == OfferStatus.CONFIRMED
    home = words_of((await browser.get(f"/candidatures/{offer.final_file_id}")).text)
    assert "Votre dossier est repris tel que vous l'aviez envoyé" in home


@pytest.mark.usefixtures("engine")
async def test_declining_with_a_reason_offers_the_place_to_the_next(
    browser: Browser, offered: Offered
) -> None:
    response = await browser.submit(f"{offered.page}/decliner", {"reason": REASON})

    first, second = await offered.offers()
    assert response.status_code == 303
    assert (first.status, first.reason) == (OfferStatus.DECLINED, REASON)
    assert second.application_id == offered.territory.files[1].id
    assert REASON in words_of((await browser.get(offered.page)).text)


@pytest.mark.parametrize(
    ("act", "fields", "sentence"),
    [
        pytest.param("confirmer", {}, "Cochez la case pour confirmer", id="not agreed"),
        pytest.param(
            "decliner", {"reason": "  "}, "Dites en quelques mots pourquoi", id="no reason"
        ),
        pytest.param("decliner", {"reason": "a" * 2001}, "Dites en quelques mots", id="too long"),
    ],
)
async def test_what_is_missing_is_said_on_the_same_page_and_changes_nothing(
    browser: Browser, offered: Offered, act: str, fields: dict[str, str], sentence: str
) -> None:
    response = await browser.submit(f"{offered.page}/{act}", fields)

    [offer] = await offered.offers()
    assert response.status_code == 422
    assert sentence in words_of(response.text)
    assert offer.status == OfferStatus.OFFERED
    if len(fields.get("reason", "")) > 2:
        assert fields["reason"] in response.text


async def test_an_answer_after_the_end_of_the_delay_is_refused_with_the_date(
    browser: Browser, offered: Offered, database: Database
) -> None:
    async with database.transaction() as session:
        [offer] = await offered.territory.offers(session)
        offer.until = datetime.now(UTC) - timedelta(minutes=1)

    response = await browser.submit(f"{offered.page}/confirmer", {"agrees": "yes"})

    assert response.status_code == 409
    assert "Le délai pour répondre a pris fin le" in words_of(response.text)
    assert (await offered.offers())[0].status == OfferStatus.OFFERED


async def test_while_the_engine_is_away_the_answer_is_kept(
    signed_in: SignIn, database: Database
) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", at=now)
        promotion = await territory.begin(session, now)
    browser = await signed_in(OWNER)
    page = f"/candidatures/{territory.files[0].id}/finale"

    response = await browser.submit(f"{page}/confirmer", {"agrees": "yes"})

    assert response.status_code == 303
    assert response.headers["location"] == f"/candidatures/{territory.files[0].id}"
    assert promotion.status == "waiting"


async def test_a_colleague_who_may_only_read_sees_the_offer_and_no_button(
    signed_in: SignIn, offered: Offered, database: Database
) -> None:
    await a_member(database, offered.file, "lectrice@boreale.example", "reader")
    reader = await signed_in("lectrice@boreale.example")

    page = (await reader.get(offered.page)).text
    response = await reader.submit(f"{offered.page}/confirmer", {"agrees": "yes"})

    assert hidden(page, "request_id") == ""
    assert response.status_code == 409
    assert (await offered.offers())[0].status == OfferStatus.OFFERED


@pytest.mark.parametrize("who", ["concurrente@exemple.fr", "entreprise-2@exemple.fr"])
async def test_nobody_else_finds_the_offer(signed_in: SignIn, offered: Offered, who: str) -> None:
    stranger = await signed_in(who)

    assert (await stranger.get(offered.page)).status_code == 404
    assert (
        await stranger.submit(f"{offered.page}/confirmer", {"agrees": "yes"})
    ).status_code == 404


async def test_a_file_that_was_offered_nothing_has_no_such_page(
    signed_in: SignIn, offered: Offered
) -> None:
    second = await signed_in("entreprise-2@exemple.fr")

    response = await second.get(f"/candidatures/{offered.territory.files[1].id}/finale")

    assert response.status_code == 404


async def test_nobody_applies_to_the_final(
    browser: Browser, offered: Offered, database: Database
) -> None:
    async with database.transaction() as session:
        final = await session.merge(offered.territory.final)
        final.phase = Phase.OPEN
        code = final.code

    asked = await browser.get(f"/candidatures/nouvelle?cycle={code}")
    sent = await browser.submit("/candidatures/nouvelle", {"cycle": code})
    choice = await browser.get("/candidatures/nouvelle")

    assert "On ne candidate pas à la finale nationale" in words_of(asked.text)
    assert sent.status_code == 409
    assert code not in choice.text
