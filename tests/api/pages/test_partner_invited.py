"""The company's page about its partner: invite, correct, let go, follow; and where it is counted."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from uuid import uuid4

import pytest
from temporalio.client import Client

from domain.partners import PartnerAct, PartnerStatus, print_of
from embedded.registry.application import create_registry
from settings import Settings
from storage.database import Database
from storage.tables.applications import Application
from tests.activities.serving import served
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import (
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    fresh,
    hidden,
    requests_of,
    words_of,
)
from tests.api.pages.partner_world import (
    CAP,
    INVITED,
    PARTNER,
    PARTNERSHIP,
    SIGNED,
    a_partnership,
    done,
    invited,
    letters_to,
    the_partner,
)
from tests.browser import Browser
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox


@pytest.fixture(scope="module")
async def register() -> AsyncIterator[str]:
    async with served(create_registry()) as url:
        yield url


@pytest.fixture
def configured(configured: Settings, register: str) -> Settings:
    return configured.model_copy(update={"registry_url": register})


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with working(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def row(database: Database) -> Application:
    return await a_partnership(database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Application, name: str = "partenaire") -> str:
    return f"/candidatures/{row.id}/{name}"


async def countersigned(database: Database, row: Application) -> None:
    async with database.transaction() as session:
        partner = await the_partner(database, row)
        session.add(partner)
        partner.answers = dict(SIGNED)
    seen: dict[str, object] = {"seen": print_of(PARTNERSHIP)}
    await done(database, row, PartnerAct.COUNTERSIGN, PARTNER, seen)


async def test_the_form_starts_from_what_the_file_says(browser: Browser, row: Application) -> None:
    shown = await browser.get(page(row))

    assert shown.status_code == 200
    assert f'value="{CAP}"' in shown.text
    assert f'value="{PARTNER}"' in shown.text
    assert "Il manque la contresignature du partenaire." in words_of(shown.text)
    assert "il a 14 jours pour répondre" in words_of(shown.text)


async def test_a_company_invites_its_partner_by_a_letter_with_one_link(
    browser: Browser, row: Application, database: Database, signed_in: SignIn, engine: Postbox
) -> None:
    request_id = str(uuid4())

    first = await browser.submit(page(row), INVITED | {"request_id": request_id})
    again = await browser.submit(page(row), INVITED | {"request_id": request_id})

    partner = await the_partner(database, row)
    yann = await signed_in(PARTNER)
    letters = await letters_to(database, yann.person_id)
    assert (first.status_code, again.status_code) == (303, 303)
    assert (partner.siret, partner.kind, partner.round) == (CAP, "EI", 1)
    assert (partner.registry_facts or {})["siae_types"] == ["EI"]
    assert [letter.kind for letter in letters] == ["partner_invited"]
    assert letters[0].facts["link"] == f"/partenariats/{partner.id}"
    assert letters[0].facts["invited_by"] == "Paul Bois"
    assert "Yann Le Goff est invité" in words_of((await browser.get(page(row))).text)
    assert (await yann.get(f"/partenariats/{partner.id}")).status_code == 200
    assert engine


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"siret": "000 212 027 00014"}, "erreur de frappe"),
        ({"siret": ""}, "Indiquez le SIRET de votre partenaire."),
        ({"siret": "00010007300014"}, "une autre structure que la vôtre"),
        ({"kind": "PME"}, "Choisissez le type de la structure."),
        ({"name": " "}, "Indiquez le prénom et le nom"),
        ({"email": "yann"}, "semble incomplète"),
    ],
    ids=["key", "nothing", "own", "kind", "name", "address"],
)
async def test_what_is_wrong_is_said_and_shown_again(
    browser: Browser, row: Application, database: Database, fields: dict[str, str], sentence: str
) -> None:
    response = await browser.submit(page(row), INVITED | fields)

    assert response.status_code == 422
    assert sentence in words_of(response.text)
    assert all(
        f'value="{kept}"' in response.text
        for kept in {**INVITED, **fields}.values()
        if kept.strip() and kept not in {"PME", "EI"}
    )
    assert await requests_of(database, row) == []


async def test_an_invitation_is_withdrawn(
    browser: Browser, row: Application, database: Database, engine: Postbox
) -> None:
    await invited(database, row)
    shown = await browser.get(page(row))

    response = await browser.submit(
        page(row, "partenaire/retirer"), {"request_id": hidden(shown.text, "request_id")}
    )

    assert response.status_code == 303
    assert (await the_partner(database, row)).status == PartnerStatus.WITHDRAWN
    assert engine


async def test_a_second_withdrawal_is_refused_with_a_sentence(
    browser: Browser, row: Application, engine: Postbox
) -> None:
    response = await browser.submit(page(row, "partenaire/retirer"))

    assert response.status_code == 409
    assert "il n'y a rien à retirer" in words_of(response.text)
    assert engine


async def test_the_company_reads_the_part_once_it_is_countersigned(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    before = await browser.get(page(row))
    await countersigned(database, row)

    after = await browser.get(page(row))
    review = await browser.get(page(row, "relecture"))

    assert "Cinq embauches par an." not in words_of(before.text)
    assert "Cinq embauches par an." in words_of(after.text)
    assert "Cinq embauches par an." in words_of(review.text)
    assert "<textarea" not in after.text


async def test_a_text_that_changed_after_the_countersignature_says_so(
    browser: Browser, row: Application, database: Database
) -> None:
    await invited(database, row)
    await countersigned(database, row)
    await browser.submit(
        page(row, "partnership"), PARTNERSHIP | {"agreement": "Dix ans, quarante postes."}
    )

    shown = await browser.get(page(row))

    assert "Texte modifié après la contresignature" in words_of(shown.text)


async def test_the_countersignature_counts_among_what_is_to_do(
    browser: Browser, row: Application, database: Database
) -> None:
    before = words_of((await browser.get(f"/candidatures/{row.id}")).text)
    review = words_of((await browser.get(page(row, "relecture"))).text)
    await invited(database, row)
    await countersigned(database, row)
    after = words_of((await browser.get(f"/candidatures/{row.id}")).text)

    assert "Volet du partenaire" in before
    assert "Il manque la contresignature du partenaire." in before
    assert "Vous pouvez envoyer sans l'attendre" in review
    assert "Il manque la contresignature du partenaire." not in after


async def test_the_fingerprint_of_the_copy_covers_the_part_of_the_partner(
    browser: Browser, row: Application, database: Database, engine: Postbox
) -> None:
    await invited(database, row)
    await countersigned(database, row)

    sent = await browser.submit(page(row, "envoyer"), {"signatory": "Nadia Chêne"})
    copy = json.loads((await browser.get(page(row, "export.json"))).text)["versions"][0]
    home = await browser.get(f"/candidatures/{row.id}")

    covered = json.dumps(copy["sent"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sent.status_code == 303
    assert copy["sent"]["answers"]["partner_people"] == "Cinq embauches par an."
    assert copy["sent"]["partner"]["siret"] == CAP
    assert sha256(covered.encode()).hexdigest() == copy["fingerprint"]
    assert "Modifications non renvoyées" not in words_of(home.text)
    assert engine


async def test_a_countersignature_after_the_sending_needs_no_other_sending(
    browser: Browser, row: Application, database: Database, engine: Postbox
) -> None:
    await invited(database, row)
    await browser.submit(page(row, "envoyer"), {"signatory": "Nadia Chêne"})
    await countersigned(database, row)

    home = words_of((await browser.get(f"/candidatures/{row.id}")).text)
    second = await browser.get(page(row, "envois/2"))

    assert (await fresh(database, row)).version == 2
    assert "Modifications non renvoyées" not in home
    assert "Cinq embauches par an." in words_of(second.text)
    assert engine


async def test_a_reader_sees_and_changes_nothing(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    await a_member(database, row, EDITOR, "reader")
    nadia = await signed_in(EDITOR)

    shown = await nadia.get(page(row))
    refused = await nadia.submit(page(row), INVITED)

    assert (shown.status_code, refused.status_code) == (200, 409)
    assert 'name="siret"' not in shown.text
    assert await requests_of(database, row) == []


async def test_a_stranger_finds_no_partner_page(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    stranger = await signed_in(STRANGER)

    answers = [
        await stranger.get(page(row)),
        await stranger.submit(page(row), INVITED),
        await stranger.submit(page(row, "partenaire/retirer")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert await requests_of(database, row) == []


async def test_other_categories_have_no_partner(browser: Browser, database: Database) -> None:
    row = await an_application_of(database, await a_call(database))

    home = await browser.get(f"/candidatures/{row.id}")

    assert (await browser.get(page(row))).status_code == 404
    assert "Volet du partenaire" not in words_of(home.text)


async def test_an_invited_partner_finds_it_in_its_space(
    row: Application, database: Database, signed_in: SignIn
) -> None:
    partner = await invited(database, row)
    yann = await signed_in(PARTNER)

    waiting = await yann.get("/mon-espace")
    await countersigned(database, row)
    done_with = await yann.get("/mon-espace")

    assert "Répondre en partenaire de Menuiserie Boréale" in words_of(waiting.text)
    assert f"/partenariats/{partner.id}" in waiting.text
    assert "Rien ne vous attend aujourd'hui." in words_of(done_with.text)
