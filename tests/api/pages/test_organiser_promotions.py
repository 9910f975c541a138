"""Following the places in the final, and who may read what a territory sealed."""

from uuid import uuid4

import pytest
from fastapi import FastAPI

from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from domain.promotion import PromotionAct
from domain.wire.promotion import BeginPromotions
from storage.acts import promotions
from storage.database import Database
from storage.tables.cycles import Regrouping
from storage.tables.juries import Card, Juror
from storage.tables.promotions import PlaceOffer
from tests.api.pages.company_world import words_of
from tests.builders import NOON, a_person
from tests.conftest import SignIn
from tests.counting import queries
from tests.storage.promoting import CATEGORY, REASON, Territory, a_decided_territory

JUROR = "jury-national@exemple.fr"


async def a_place_taken(database: Database) -> tuple[Territory, list[PlaceOffer]]:
    """The laureate declined, the next confirmed."""
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80", "70")
        await territory.begin(session)
        await territory.answer(session, PromotionAct.DECLINE)
        await territory.answer(session, PromotionAct.CONFIRM, 1)
        return territory, await territory.offers(session)


async def test_who_was_asked_what_they_answered_and_why(
    database: Database, signed_in: SignIn
) -> None:
    territory, _ = await a_place_taken(database)
    organiser = await signed_in("finale@exemple.fr", organises=[territory.final.id])

    page = words_of((await organiser.get(f"/organisation/{territory.final.code}/promotions")).text)

    assert "Entreprise 1 Place déclinée" in page
    assert REASON in page
    assert "Entreprise 2 Place confirmée" in page
    assert "Place pourvue" in page


async def test_a_territory_follows_its_own_places_and_another_organiser_finds_nothing(
    database: Database, signed_in: SignIn
) -> None:
    territory, offers = await a_place_taken(database)
    own = await signed_in("territoire@exemple.fr", organises=[territory.cycle.id])
    other = await signed_in("ailleurs@exemple.fr", organises=[])
    page = f"/organisation/{territory.cycle.code}/promotions"

    assert "Entreprise 2" in (await own.get(page)).text
    assert (await other.get(page)).status_code == 404
    assert (await other.get(f"{page}/{offers[0].id}")).status_code == 404


async def test_the_organiser_of_the_final_reads_the_evidence_verified(
    database: Database, signed_in: SignIn
) -> None:
    territory, offers = await a_place_taken(database)
    organiser = await signed_in("finale@exemple.fr", organises=[territory.final.id])
    page = f"/organisation/{territory.final.code}/promotions"

    shown = words_of((await organiser.get(f"{page}/{offers[1].id}")).text)
    unknown = await organiser.get(f"{page}/{uuid4()}")

    assert "70,00" in shown
    assert "2 sur 2" in shown
    assert offers[1].fingerprint in shown
    assert "Vérifié à l'instant" in shown
    assert unknown.status_code == 404


@pytest.mark.parametrize("files", [1, 3])
async def test_the_list_asks_the_same_number_of_questions_at_one_row_and_at_three(
    database: Database, signed_in: SignIn, application: FastAPI, files: int
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, *["80", "70", "60"][:files])
        await territory.begin(session)
        for file in range(files):
            await territory.answer(session, PromotionAct.DECLINE, file)
    organiser = await signed_in("finale@exemple.fr", organises=[territory.final.id])
    page = f"/organisation/{territory.final.code}/promotions"
    await organiser.get(page)

    with queries(application) as counted:
        await organiser.get(page)

    assert counted.count == 4


async def test_files_carried_from_a_territory_with_too_few_are_marked_in_the_final(
    database: Database, signed_in: SignIn
) -> None:
    async with database.transaction() as session:
        territory = await a_decided_territory(session, "80")
        session.add(
            Regrouping(
                cycle_id=territory.cycle.id,
                category=CATEGORY,
                kind="carried",
                request_id=uuid4(),
            )
        )
        await session.flush()
        await promotions.begin(session, BeginPromotions(str(territory.cycle.id), NOON))
        offers = await territory.offers(session)
    organiser = await signed_in("finale@exemple.fr", organises=[territory.final.id])

    page = words_of((await organiser.get(f"/organisation/{territory.final.code}/promotions")).text)

    assert offers == []
    assert "Hors territoire" in page
    assert "Entreprise 1" in page


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        pytest.param(CardStatus.TO_SCORE, 403, id="own card not sealed"),
        pytest.param(CardStatus.ABSTAINED, 403, id="no marks of their own"),
        pytest.param(CardStatus.SEALED, 200, id="own card sealed"),
    ],
)
async def test_a_national_juror_reads_it_only_once_their_own_card_is_sealed(
    database: Database, signed_in: SignIn, status: CardStatus, expected: int
) -> None:
    territory, offers = await a_place_taken(database)
    async with database.transaction() as session:
        person = await a_person(session, JUROR)
        juror = Juror(cycle_id=territory.final.id, person_id=person.id, status=JurorStatus.ACCEPTED)
        session.add(juror)
        await session.flush()
        card = Card(
            cycle_id=territory.final.id,
            application_id=offers[1].final_file_id,
            juror_id=juror.id,
            status=status,
        )
        session.add(card)
        final = await session.merge(territory.final)
        final.phase = Phase.EVALUATION
    browser = await signed_in(JUROR)
    stranger = await signed_in("curieux@exemple.fr")
    page = f"/jury/{juror.id}/fiches/{card.id}/territoire"

    response = await browser.get(page)

    assert response.status_code == expected
    assert ("70,00" in response.text) is (expected == 200)
    assert (await stranger.get(page)).status_code == 404
