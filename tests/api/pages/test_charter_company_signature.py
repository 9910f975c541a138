"""The letter of engagement: asked for by letter, signed by the head alone, kept with its receipt."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from temporalio.client import Client

from domain.charter.states import State
from settings import Settings
from storage.acts.charter.entry import fingerprint_of
from storage.database import Database
from storage.tables.charter import Adherence
from tests.api.pages.charter_world import (
    BOREALE,
    HEAD,
    OWNER,
    a_complete_file,
    a_diagnosis,
    an_adherence,
    an_entry,
    fresh,
    is_signed,
    letters_of,
    members_of,
    put,
    requests_of,
)
from tests.api.pages.company_engine import working
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.conftest import SignIn

SIGNED = {"name": "Nadia Chêne", "function": "Présidente", "agrees": "yes"}
ASKED = "charter_signature_requested"


@pytest.fixture
async def row(database: Database) -> Adherence:
    return await a_complete_file(database)


@pytest.fixture
async def paul(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


@pytest.fixture
async def nadia(signed_in: SignIn) -> Browser:
    return await signed_in(HEAD, name="Nadia Chêne")


def page(row: Adherence, name: str) -> str:
    return f"/adhesions/{row.id}/{name}"


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return body.get_content() if body else ""


async def the_letter(browser: Browser, row: Adherence) -> dict[str, str]:
    """What the letter carries when it is opened, and what its head types."""
    shown = await browser.get(page(row, "signature"))
    carried = {name: hidden(shown.text, name) for name in ("request_id", "fingerprint")}
    return {**carried, **SIGNED}


async def test_the_head_signs_and_keeps_a_receipt(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    nadia: Browser,
    paul: Browser,
    row: Adherence,
) -> None:
    async with working(temporal_client, database, configured):
        typed = await the_letter(nadia, row)
        answer = await nadia.submit(page(row, "signature"), typed)
        again = await nadia.submit(page(row, "signature"), typed)
    receipts = [await each.get(page(row, "signature")) for each in (nadia, paul)]

    after = await fresh(database, row)
    asked = await requests_of(database, row)
    assert [each.status_code for each in (answer, again, *receipts)] == [303, 303, 200, 200]
    assert after.state == State.FILED
    assert [(each.kind, each.settled) for each in asked] == [("signer", True)]
    for receipt in receipts:
        words = words_of(receipt.text)
        assert "Votre lettre d'engagement est signée" in words
        assert "Numéro de dossier 000 100 073-1" in words
        assert "Signée par Nadia Chêne, Présidente" in words
        assert fingerprint_of(after) in words
    assert {
        each.facts["fingerprint"] for each in await letters_of(database, "charter_receipt")
    } == {fingerprint_of(after)}


async def test_the_letter_says_what_is_promised(nadia: Browser, row: Adherence) -> None:
    words = words_of((await nadia.get(page(row, "signature"))).text)

    assert "Menuiserie Boréale, SIREN 000 100 073, adhère à la Charte" in words
    assert "E3 Acheter auprès de structures inclusives" in words
    assert "120 000 €" in words
    assert "ni une certification ni un label" in words


async def test_nobody_else_signs(paul: Browser, row: Adherence, database: Database) -> None:
    shown = await paul.get(page(row, "signature"))
    sent = await paul.submit(page(row, "signature"), SIGNED | {"fingerprint": fingerprint_of(row)})

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "Seule la personne qui dirige la structure peut signer" in words_of(shown.text)
    assert await requests_of(database, row) == []


async def test_the_link_of_the_letter_waits_behind_a_sign_in(
    client: Browser, row: Adherence
) -> None:
    response = await client.get(page(row, "signature"))

    assert response.status_code == 303
    assert response.headers["location"].startswith("/connexion?next=%2Fadhesions%2F")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Indiquez le nom de la personne qui signe."),
        ("function", "Indiquez la fonction de la personne qui signe."),
        ("agrees", "Cochez cette case pour signer la lettre."),
    ],
)
async def test_a_name_a_function_and_a_tick_are_needed(
    nadia: Browser, row: Adherence, database: Database, field: str, sentence: str
) -> None:
    typed = {**(await the_letter(nadia, row)), "name": "Nadia C.", field: ""}

    response = await nadia.submit(page(row, "signature"), typed)

    assert response.status_code == 422
    assert sentence in words_of(response.text)
    assert ('value="Nadia C."' in response.text) is (field != "name")
    assert await requests_of(database, row) == []


async def test_a_letter_that_changed_since_it_was_read_is_read_again(
    nadia: Browser, paul: Browser, row: Adherence, database: Database
) -> None:
    typed = await the_letter(nadia, row)
    await paul.submit(
        page(row, "cibles/brouillon"),
        {f"target.I5.1.{box}": said for box, said in {"baseline": "0", "target": "7"}.items()},
    )

    response = await nadia.submit(page(row, "signature"), typed)

    assert response.status_code == 409
    assert "Le dossier a changé depuis que vous avez ouvert cette lettre" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_a_file_with_gaps_cannot_be_signed(
    nadia: Browser, row: Adherence, database: Database
) -> None:
    await put(database, row, self_diagnosis={"D01": "yes"})
    typed = SIGNED | {"fingerprint": fingerprint_of(row)}

    response = await nadia.submit(page(row, "signature"), typed)

    assert response.status_code == 422
    assert "Répondez aux questions de l'autodiagnostic" in words_of(response.text)
    assert await requests_of(database, row) == []


async def test_a_refusal_of_the_workflow_keeps_what_was_typed(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    nadia: Browser,
) -> None:
    row = await a_complete_file(database, active=False)
    async with working(temporal_client, database, configured):
        response = await nadia.submit(page(row, "signature"), await the_letter(nadia, row))

    assert response.status_code == 409
    assert "L'établissement est fermé selon le répertoire public." in words_of(response.text)
    assert 'value="Présidente"' in response.text
    assert (await fresh(database, row)).state == State.DRAFT


async def test_the_signature_is_asked_of_the_head_by_letter(
    paul: Browser, row: Adherence, database: Database
) -> None:
    shown = await paul.get(page(row, "relecture"))
    first = {"request_id": hidden(shown.text, "request_id")}
    response = await paul.submit(page(row, "relecture"), first)
    await paul.submit(page(row, "relecture"), first)
    once = await letters_of(database, ASKED)
    await paul.submit(page(row, "relecture"), {"request_id": str(uuid4())})
    home = await paul.get(f"/adhesions/{row.id}")

    members = await members_of(database, row)
    twice = await letters_of(database, ASKED)
    assert "Nadia Chêne reçoit à l'adresse nadia@boreale.example" in words_of(shown.text)
    assert (response.status_code, response.headers["location"]) == (303, f"/adhesions/{row.id}")
    assert (len(once), len(twice), len({each.key for each in twice})) == (1, 2, 2)
    assert ("signatory", once[0].person_id) in members
    assert once[0].facts == {
        "company": "Menuiserie Boréale",
        "siren": BOREALE[:9],
        "zone": "Europe/Paris",
        "link": f"/adhesions/{row.id}/signature",
        "asked_by": "Paul Bois",
        "review_days": 21,
    }
    assert "Signature demandée le" in words_of(home.text)


async def test_the_letter_leaves_to_the_address_of_the_head(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    paul: Browser,
    row: Adherence,
) -> None:
    async with working(temporal_client, database, configured) as postbox:
        await paul.submit(page(row, "relecture"), {})
        async with asyncio.timeout(20):
            while not postbox.letters:  # noqa: ASYNC110  (the mailbox tells no other way)
                await asyncio.sleep(0.05)

    link = f"http://localhost/adhesions/{row.id}/signature"
    letters = [(each["To"], _text(each)) for each in postbox.letters]
    assert [(to, link in text) for to, text in letters if link in text] == [(HEAD, True)]


async def test_a_head_named_but_not_yet_told_comes_in_with_the_request(
    paul: Browser, database: Database
) -> None:
    row = await an_adherence(database, entry=an_entry(), diagnosis=a_diagnosis())

    await paul.submit(page(row, "relecture"), {})

    letters = await letters_of(database, ASKED)
    assert ("signatory", letters[0].person_id) in await members_of(database, row)


async def test_the_signature_is_asked_five_times_a_day_at_most(
    paul: Browser, row: Adherence, database: Database
) -> None:
    answers = [await paul.submit(page(row, "relecture"), {}) for _ in range(6)]

    assert [each.status_code for each in answers] == [303] * 5 + [409]
    assert "a déjà été demandée 5 fois depuis hier" in words_of(answers[-1].text)
    assert len(await letters_of(database, ASKED)) == 5


async def test_what_is_missing_is_said_with_its_place_and_nothing_is_asked(
    paul: Browser, row: Adherence, database: Database
) -> None:
    entry = an_entry()
    entry["targets"]["I5.1"]["target"] = "beaucoup"
    entry["roles"]["signatory"]["email"] = ""
    await put(database, row, entry=entry, self_diagnosis={})

    shown = await paul.get(page(row, "relecture"))
    sent = await paul.submit(page(row, "relecture"), {})

    assert (shown.status_code, sent.status_code) == (200, 422)
    for place in (
        "autodiagnostic",
        "cibles#field-target.I5.1.target",
        "roles#field-role.signatory.email",
    ):
        assert f'href="{page(row, place)}"' in shown.text
    assert "Le dossier n'est pas complet" in words_of(sent.text)
    assert await letters_of(database, ASKED) == []


async def test_a_signed_file_asks_for_no_signature(
    paul: Browser, row: Adherence, database: Database
) -> None:
    await put(database, row, state=State.FILED)

    response = await paul.submit(page(row, "relecture"), {})

    assert response.status_code == 409
    assert await letters_of(database, ASKED) == []


async def test_complements_are_answered_without_signing_again(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    paul: Browser,
    row: Adherence,
) -> None:
    await is_signed(database, row)
    until = datetime.now(UTC) + timedelta(days=20)
    await put(database, row, state=State.COMPLEMENTS, complements_until=until)

    async with working(temporal_client, database, configured):
        shown = await paul.get(page(row, "complements"))
        empty = await paul.submit(page(row, "complements"), {"reason": " "})
        sent = await paul.submit(page(row, "complements"), {"reason": "Voici la source."})
        gone = await paul.get(page(row, "complements"))

    asked = await requests_of(database, row)
    assert [each.status_code for each in (shown, empty, sent, gone)] == [200, 422, 303, 303]
    assert "Écrivez votre réponse" in words_of(empty.text)
    assert [(each.kind, each.payload) for each in asked] == [
        ("completer", {"reason": "Voici la source."})
    ]
    assert (await fresh(database, row)).state == State.FILED


async def test_what_changed_since_it_was_signed_is_signed_again(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    paul: Browser,
    nadia: Browser,
    row: Adherence,
) -> None:
    await is_signed(database, row)
    until = datetime.now(UTC) + timedelta(days=20)
    await put(database, row, state=State.COMPLEMENTS, complements_until=until)
    await paul.submit(page(row, "engagements"), {"commitment.E3": "yes", "commitment.E5": "yes"})
    same = await paul.get(page(row, "complements"))
    await paul.submit(page(row, "roles/brouillon"), {"role.lead.name": "Paul Boisé"})
    changed = await paul.get(page(row, "complements"))

    async with working(temporal_client, database, configured):
        refused = await paul.submit(page(row, "complements"), {"reason": "Voilà."})
        entry = an_entry()
        entry["roles"]["lead"] = {"name": "Paul Boisé", "function": "", "email": OWNER}
        await put(database, row, entry=entry)
        signed = await nadia.submit(page(row, "signature"), await the_letter(nadia, row))

    assert 'name="reason"' in same.text
    assert 'name="reason"' not in changed.text
    assert refused.status_code == 409
    assert "doit signer à nouveau" in words_of(refused.text)
    assert signed.status_code == 303
    assert (await fresh(database, row)).state == State.FILED


async def test_a_file_is_given_up_once_it_is_confirmed(
    temporal_client: Client,
    database: Database,
    configured: Settings,
    paul: Browser,
    row: Adherence,
) -> None:
    async with working(temporal_client, database, configured):
        shown = await paul.get(page(row, "abandon"))
        before = (await fresh(database, row)).state
        done = await paul.submit(page(row, "abandon"), {"reason": "Changement de projet."})
    again = await paul.submit(page(row, "abandon"), {"reason": ""})
    home = await paul.get(f"/adhesions/{row.id}")

    assert "Un abandon est définitif" in words_of(shown.text)
    assert (before, (await fresh(database, row)).state) == (State.DRAFT, State.ABANDONED)
    assert (done.status_code, again.status_code) == (303, 409)
    assert "Changement de projet." in words_of(home.text)


async def test_a_colleague_does_not_give_the_file_up(database: Database, signed_in: SignIn) -> None:
    row = await an_adherence(database, owner=HEAD, entry=an_entry(), diagnosis=a_diagnosis())
    nadia, paul = await signed_in(HEAD), await signed_in(OWNER)
    await nadia.submit(
        page(row, "roles"),
        {"role.lead.name": "Paul", "role.lead.email": OWNER},
    )

    shown = await paul.get(page(row, "abandon"))
    sent = await paul.submit(page(row, "abandon"), {"reason": ""})
    home = await paul.get(f"/adhesions/{row.id}")

    assert (shown.status_code, sent.status_code, home.status_code) == (403, 403, 200)
    assert "/abandon" not in home.text
    assert (await fresh(database, row)).state == State.DRAFT
