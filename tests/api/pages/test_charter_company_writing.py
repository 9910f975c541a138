"""Writing the entry file: commitments, targets and roles, alone or with colleagues."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.charter.states import State
from storage.database import Database
from storage.tables.charter import Adherence
from tests.api.pages.charter_world import (
    BY,
    HEAD,
    OWNER,
    ROLES,
    STRANGER,
    a_complete_file,
    a_diagnosis,
    an_adherence,
    fresh,
    letters_of,
    members_of,
    put,
    term_of,
)
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.conftest import SignIn

PARTS = ("autodiagnostic", "engagements", "cibles", "roles")
TARGET = {"baseline": "1 250,5", "target": "2000", "by": BY}


@pytest.fixture
async def row(database: Database) -> Adherence:
    return await an_adherence(database)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def page(row: Adherence, name: str) -> str:
    return f"/adhesions/{row.id}/{name}"


def a_target(code: str, **boxes: str) -> dict[str, str]:
    return {f"target.{code}.{box}": said for box, said in (TARGET | boxes).items()}


def a_role(code: str, name: str, email: str = "", function: str = "") -> dict[str, str]:
    return {
        f"role.{code}.name": name,
        f"role.{code}.function": function,
        f"role.{code}.email": email,
    }


async def typed_in(browser: Browser, url: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as somebody types them over the page that they see."""
    shown = await browser.get(url)
    return {"revision": hidden(shown.text, "revision"), **fields}


@pytest.mark.parametrize("name", ["", *PARTS, "relecture", "signature", "abandon", "complements"])
async def test_who_has_no_role_finds_no_page(
    signed_in: SignIn, client: Browser, row: Adherence, name: str
) -> None:
    stranger = await signed_in(STRANGER)
    url = page(row, name).removesuffix("/")

    assert (await stranger.get(url)).status_code == 404
    assert (await client.get(url)).status_code == 303


@pytest.mark.parametrize("name", PARTS)
async def test_who_has_no_role_writes_nothing(
    signed_in: SignIn, row: Adherence, database: Database, name: str
) -> None:
    stranger = await signed_in(STRANGER)

    answers = [
        await stranger.submit(page(row, path), {"commitment.E3": "yes"})
        for path in (name, f"{name}/brouillon")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (await fresh(database, row)).entry == {}


async def test_an_organiser_never_sees_a_self_diagnosis(signed_in: SignIn, row: Adherence) -> None:
    organiser = await signed_in(STRANGER, organises_everything=True)

    response = await organiser.get(page(row, "autodiagnostic"))

    assert response.status_code == 404


async def test_a_self_diagnosis_is_kept_and_suggests(
    browser: Browser, database: Database, row: Adherence
) -> None:
    said = {f"diagnosis.{code}": answer for code, answer in a_diagnosis("no").items()}
    response = await browser.submit(
        page(row, "autodiagnostic"), said | {"diagnosis.D09": "partly", "diagnosis.D13": "yes"}
    )
    shown = await browser.get(page(row, "engagements"))

    assert (response.status_code, response.headers["location"]) == (303, page(row, "engagements"))
    kept = (await fresh(database, row)).self_diagnosis
    assert kept == a_diagnosis("no") | {"D09": "partly", "D13": "yes"}
    assert words_of(shown.text).count("Suggéré par votre autodiagnostic") == 2


async def test_the_minimum_of_the_size_is_said_and_counted(
    browser: Browser, database: Database, row: Adherence
) -> None:
    before = words_of((await browser.get(page(row, "engagements"))).text)
    few = await browser.submit(page(row, "engagements"), {"commitment.E3": "yes"})
    enough = await browser.submit(
        page(row, "engagements"), {"commitment.E3": "yes", "commitment.E5": "yes"}
    )

    assert "au moins 2 engagements au choix" in before
    assert "0 sur 2" in before
    assert few.status_code == 422
    assert "au moins 2. Choisis : 1." in words_of(few.text)
    assert (enough.status_code, enough.headers["location"]) == (303, page(row, "cibles"))
    assert (await fresh(database, row)).entry["commitments"] == ["E1", "E3", "E5", "E10"]


async def test_what_is_common_to_all_cannot_be_left_out(
    browser: Browser, database: Database, row: Adherence
) -> None:
    shown = await browser.get(page(row, "engagements"))
    await browser.submit(page(row, "engagements"), {"commitment.E1": "", "commitment.E3": "yes"})

    assert shown.text.count("checked disabled") == 2
    assert (await fresh(database, row)).entry["commitments"] == ["E1", "E3", "E10"]


async def test_a_size_is_the_companys_to_say_only_where_the_register_is_silent(
    browser: Browser, database: Database, row: Adherence
) -> None:
    silent = await an_adherence(database, siret="00010014700014", size_code="NN")

    for one in (row, silent):
        await browser.submit(page(one, "engagements"), {"size": "TPE", "commitment.E3": "yes"})

    known, declared = await fresh(database, row), await fresh(database, silent)
    assert (known.size, known.size_declared) == ("PME", False)
    assert (declared.size, declared.size_declared) == ("TPE", True)


async def test_targets_are_typed_as_the_french_type(
    browser: Browser, database: Database, row: Adherence
) -> None:
    await put(database, row, entry={"commitments": ["E1", "E2", "E10"]})

    response = await browser.submit(page(row, "cibles"), a_target("I2.3"))

    assert (response.status_code, response.headers["location"]) == (303, page(row, "roles"))
    assert (await fresh(database, row)).entry["targets"] == {"I2.3": TARGET}


@pytest.mark.parametrize(
    ("boxes", "box", "sentence"),
    [
        ({"target": "beaucoup"}, "target", "Donnez un nombre positif ou nul"),
        ({"target": "12 h"}, "target", "Donnez un nombre positif ou nul"),
        ({"baseline": ""}, "baseline", "Cette valeur est nécessaire."),
        ({"by": "31/02/2027"}, "by", "Donnez une date qui existe."),
        ({"by": "01/01/2020"}, "by", "L'échéance doit venir après aujourd'hui"),
        ({"by": "31/12/2090"}, "by", "ne peut pas dépasser le terme de l'adhésion"),
    ],
    ids=["no number", "another unit", "no baseline", "no such day", "past", "beyond the term"],
)
async def test_each_mistake_is_said_beside_its_field_and_kept(
    browser: Browser,
    database: Database,
    row: Adherence,
    boxes: dict[str, str],
    box: str,
    sentence: str,
) -> None:
    await put(database, row, entry={"commitments": ["E1", "E2", "E10"]})

    response = await browser.submit(page(row, "cibles"), a_target("I2.3", **boxes))

    assert response.status_code == 422
    beside = response.text.split(f'id="error-target.I2.3.{box}"')[1].split("</p>")[0]
    assert sentence in words_of(f"<p {beside}")
    assert (await fresh(database, row)).entry["targets"]["I2.3"] == TARGET | boxes


async def test_a_number_that_nobody_asked_for_is_not_kept(
    browser: Browser, database: Database, row: Adherence
) -> None:
    await put(database, row, entry={"commitments": ["E1", "E10"]})

    await browser.submit(page(row, "cibles"), a_target("I2.3") | a_target("I99.1"))

    assert (await fresh(database, row)).entry.get("targets", {}) == {}


async def test_who_is_named_comes_in_and_is_told_once(
    browser: Browser, database: Database, row: Adherence
) -> None:
    fields = a_role("signatory", "Nadia Chêne", HEAD, "Présidente") | a_role(
        "lead", "Nadia Chêne", HEAD.upper()
    )
    fields |= a_role("purchasing", "Paul Bois", OWNER)

    await browser.submit(page(row, "roles"), fields)
    await browser.submit(page(row, "roles"), fields)

    letters = await letters_of(database, "charter_role_named")
    nadia = letters[0].person_id
    assert await members_of(database, row) == {
        ("owner", browser.person_id),
        ("purchasing", browser.person_id),
        ("signatory", nadia),
        ("lead", nadia),
    }
    assert len(letters) == 1
    assert letters[0].facts["roles"] == [
        {"fr": "Dirigeant signataire", "en": "Signing head"},
        {"fr": "Référent insertion", "en": "Inclusive employment lead"},
    ]
    assert letters[0].facts["link"] == f"/adhesions/{row.id}"


async def test_who_is_no_longer_named_loses_access(
    browser: Browser, row: Adherence, signed_in: SignIn
) -> None:
    nadia = await signed_in(HEAD)
    await browser.submit(page(row, "roles"), a_role("lead", "Nadia Chêne", HEAD))
    before = await nadia.get(f"/adhesions/{row.id}")
    await browser.submit(page(row, "roles"), a_role("lead", "Paul Bois", OWNER))

    assert (before.status_code, (await nadia.get(f"/adhesions/{row.id}")).status_code) == (200, 404)


async def test_an_address_half_typed_names_nobody(
    browser: Browser, database: Database, row: Adherence
) -> None:
    quietly = await browser.submit(
        page(row, "roles/brouillon"), a_role("lead", "Nadia Chêne", HEAD)
    )
    wrong = await browser.submit(page(row, "roles"), a_role("lead", "Nadia Chêne", "nadia@@x"))

    assert (quietly.status_code, wrong.status_code) == (200, 422)
    assert await members_of(database, row) == {("owner", browser.person_id)}
    assert await letters_of(database, "charter_role_named") == []


async def test_in_a_very_small_company_one_person_may_hold_all(
    browser: Browser, database: Database
) -> None:
    small = await an_adherence(database, siret="00010014700014", size_code="02")

    response = await browser.submit(
        page(small, "roles"), a_role("signatory", "Paul Bois", OWNER, "Gérant") | {"same": "yes"}
    )

    assert response.status_code == 303
    assert await members_of(database, small) == {
        (role, browser.person_id) for role in ("owner", *ROLES)
    }
    assert await letters_of(database, "charter_role_named") == []


async def test_in_a_larger_one_nobody_holds_all(
    browser: Browser, row: Adherence, database: Database
) -> None:
    one = {name: said for role in ROLES for name, said in a_role(role, "Paul", OWNER).items()}

    response = await browser.submit(page(row, "roles"), one | {"same": "yes"})

    assert response.status_code == 422
    assert "Une même personne ne peut tenir tous les rôles que dans une très petite" in words_of(
        response.text
    )
    assert len((await fresh(database, row)).entry["roles"]) == 5


async def test_saving_while_typing_answers_what_the_next_save_compares_with(
    browser: Browser, row: Adherence, database: Database
) -> None:
    url = page(row, "roles")
    first = await typed_in(browser, url, a_role("lead", "Na"))

    one = await browser.submit(f"{url}/brouillon", first)
    two = await browser.submit(
        f"{url}/brouillon", {"revision": one.json()["revision"], **a_role("lead", "Nadia")}
    )

    assert (one.status_code, two.status_code) == (200, 200)
    assert (await fresh(database, row)).entry["roles"]["lead"]["name"] == "Nadia"


async def test_two_colleagues_on_two_boxes_keep_both(
    browser: Browser, database: Database, signed_in: SignIn
) -> None:
    row = await an_adherence(database, head=HEAD)
    nadia = await signed_in(HEAD, name="Nadia Chêne")
    his = await typed_in(browser, page(row, "engagements"), {"commitment.E3": "yes"})
    hers = await typed_in(nadia, page(row, "engagements"), {"commitment.E5": "yes"})

    await browser.submit(page(row, "engagements"), his)
    response = await nadia.submit(page(row, "engagements"), hers)

    assert response.status_code == 303
    assert (await fresh(database, row)).entry["commitments"] == ["E1", "E3", "E5", "E10"]


async def test_two_colleagues_on_one_box_lose_nothing_and_are_told(
    browser: Browser, database: Database, signed_in: SignIn
) -> None:
    row = await an_adherence(database, head=HEAD, entry={"commitments": ["E1", "E5", "E10"]})
    nadia = await signed_in(HEAD, name="Nadia Chêne")
    url = page(row, "cibles")
    his = await typed_in(browser, url, a_target("I5.1", baseline="3"))
    hers = await typed_in(nadia, url, a_target("I5.1", baseline="4"))

    await browser.submit(url, his)
    quietly = await nadia.submit(f"{url}/brouillon", hers)
    clash = await nadia.submit(url, hers)
    kept = (await fresh(database, row)).entry["targets"]["I5.1"]["baseline"]
    settled = await nadia.submit(
        url, {**hers, "revision": hidden(clash.text, "revision"), "target.I5.1.baseline": "5"}
    )

    assert (quietly.status_code, clash.status_code) == (409, 409)
    assert "Une autre personne a écrit ici entre-temps" in words_of(clash.text)
    assert "valeur de départ 3 personnes" in words_of(clash.text)
    assert 'value="4"' in clash.text
    assert kept == "3"
    assert settled.status_code != 409
    assert (await fresh(database, row)).entry["targets"]["I5.1"]["baseline"] == "5"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.FILED, "signé et déposé"),
        (State.ACTIVE, "à l'ouverture du renouvellement"),
        (State.ABANDONED, "abandonné"),
    ],
)
async def test_a_file_that_is_no_draft_is_read_and_not_written(
    browser: Browser, database: Database, state: State, sentence: str
) -> None:
    row = await a_complete_file(database)
    term = await term_of(database, row, 1)
    await put(database, row, state=state, accepted_on=row.created_at.date(), term_on=term)
    before = (await fresh(database, row)).entry

    shown = await browser.get(page(row, "cibles"))
    saved = await browser.submit(page(row, "cibles"), a_target("I5.1", baseline="99"))
    quietly = await browser.submit(page(row, "roles/brouillon"), a_role("lead", "Autre"))

    assert sentence in words_of(shown.text)
    assert "<textarea" not in shown.text
    assert "150 000,50 €" in words_of(shown.text)
    assert (saved.status_code, quietly.status_code) == (409, 422)
    assert (await fresh(database, row)).entry == before


async def test_complements_are_written_until_their_date(
    browser: Browser, database: Database
) -> None:
    row = await a_complete_file(database)
    now = datetime.now(UTC)
    await put(database, row, state=State.COMPLEMENTS, complements_until=now + timedelta(days=1))
    in_time = await browser.submit(page(row, "roles/brouillon"), a_role("lead", "En temps"))
    await put(database, row, complements_until=now - timedelta(days=1))
    late = await browser.submit(page(row, "roles/brouillon"), a_role("lead", "Trop tard"))

    assert (in_time.status_code, late.status_code) == (200, 422)
    assert (await fresh(database, row)).entry["roles"]["lead"]["name"] == "En temps"


async def test_before_a_new_term_the_file_is_written_again(
    browser: Browser, database: Database
) -> None:
    row = await a_complete_file(database)
    term = await term_of(database, row, 33)
    await put(database, row, state=State.ACTIVE, accepted_on=row.created_at.date(), term_on=term)

    shown = await browser.get(page(row, "cibles"))
    saved = await browser.submit(
        page(row, "engagements"), {"commitment.E3": "yes", "commitment.E6": "yes"}
    )

    assert "vaudra pour le prochain terme" in words_of(shown.text)
    assert saved.status_code == 303
    assert (await fresh(database, row)).entry["commitments"] == ["E1", "E3", "E6", "E10"]


async def test_a_mass_of_text_is_refused_and_nothing_is_kept(
    browser: Browser, row: Adherence, database: Database
) -> None:
    response = await browser.submit(page(row, "roles"), a_role("lead", "x" * 200_001))

    assert response.status_code == 413
    assert (await fresh(database, row)).entry == {}
