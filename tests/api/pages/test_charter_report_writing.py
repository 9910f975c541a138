"""Writing the yearly report: what it starts from, what it asks, what two people type at once."""

import pytest

from storage.database import Database
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.report_world import (
    ADA,
    YEAR,
    a_due_report,
    complete,
    is_missed,
    put_report,
    save,
    the_report,
    typed,
)
from tests.browser import Browser
from tests.conftest import SignIn


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(ADA, name="Ada Martin")


async def test_a_complete_report_is_saved_and_goes_on_to_its_files(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database)

    answer = await save(ada, due, typed() | {"narrative.done": "Un tuteur par personne."})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{due.url}/pieces")
    assert (await the_report(database, due)).answers == {
        "values": {"I1.2": {"value": "2"}, "I5.1": {"value": "12"}, "I10.3": {"value": "1"}},
        "narratives": {"done": "Un tuteur par personne."},
        "support": "yes",
    }


async def test_last_years_values_are_there_to_be_confirmed_or_replaced(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, before=complete(I5_1="9"))
    shown = await ada.get(due.url)
    carried = {"was.I1.2": "2", "was.I5.1": "9", "was.I10.3": "1"}

    await save(ada, due, carried | typed(I5_1_value="12") | {"confirm.I10.3": "yes"})

    assert hidden(shown.text, "was.I5.1") == "9"
    assert words_of(shown.text).count("Valeur de l'an dernier") == 3
    assert (await the_report(database, due)).answers["values"] == {
        "I1.2": {"value": "2", "carried": "yes"},
        "I5.1": {"value": "12"},
        "I10.3": {"value": "1"},
    }


async def test_a_missed_target_asks_why_beside_its_field_and_keeps_the_value(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database)

    answer = await save(ada, due, typed(I5_1_value="1"))

    words = words_of(answer.text)
    assert answer.status_code == 422
    assert 'id="error-measure.I5.1.explanation"' in answer.text
    assert "Un objectif manqué et expliqué est un résultat valable" in words
    assert (await the_report(database, due)).answers["values"]["I5.1"] == {"value": "1"}


async def test_a_target_that_is_not_due_asks_for_no_explanation(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, by=f"{YEAR}-12-31")

    shown = await ada.get(due.url)
    answer = await save(ada, due, typed(I5_1_value="1"))

    assert "explanation" not in shown.text
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("box", "said", "sentence"),
    [
        pytest.param("I5.1.value", "douze", "Donnez un nombre positif ou nul", id="words"),
        pytest.param("I5.1.value", "12,5", "Donnez un nombre entier", id="half a person"),
        pytest.param(
            "I5.1.comment",
            "BENALI Karim\nDURAND Anne\nMARTIN Léa",
            "liste de personnes",
            id="names",
        ),
        pytest.param("I5.1.comment", "x" * 501, "501 caractères", id="too long"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_kept(
    database: Database, ada: Browser, box: str, said: str, sentence: str
) -> None:
    due = await a_due_report(database)

    answer = await save(ada, due, typed() | {f"measure.{box}": said})

    assert answer.status_code == 422
    assert f'id="error-measure.{box}"' in answer.text
    assert sentence in words_of(answer.text)
    kept = (await the_report(database, due)).answers["values"]["I5.1"]
    assert kept[box.removeprefix("I5.1.")] == said


async def test_what_is_typed_is_saved_meanwhile(database: Database, ada: Browser) -> None:
    due = await a_due_report(database)

    answer = await ada.submit(f"{due.url}/brouillon", {"measure.I5.1.value": "7"})

    assert (answer.status_code, set(answer.json())) == (200, {"saved_at", "revision"})
    assert (await the_report(database, due)).answers["values"] == {"I5.1": {"value": "7"}}


async def test_two_people_who_type_at_once_lose_nothing(
    database: Database, ada: Browser, signed_in: SignIn
) -> None:
    due = await a_due_report(database)
    other = await signed_in(ADA)
    seen = hidden((await ada.get(due.url)).text, "revision")
    await save(other, due, typed(I5_1_value="7"))

    answer = await ada.submit(due.url, typed(I5_1_value="9") | {"revision": seen})

    assert answer.status_code == 409
    assert "Une autre personne a écrit ici entre-temps" in words_of(answer.text)
    assert 'value="9"' in answer.text
    assert (await the_report(database, due)).answers["values"]["I5.1"] == {"value": "7"}


async def test_a_report_that_was_returned_says_what_is_asked_and_is_written_again(
    database: Database, ada: Browser
) -> None:
    due = await a_due_report(database, answers=complete())
    await put_report(
        database,
        due,
        step="retourne",
        returned=True,
        returned_reason="Précisez la source des recrutements.",
        return_until=due.report.closes_at,
    )

    shown = await ada.get(due.url)
    answer = await save(ada, due, typed(I5_1_comment="Source : la paie."))

    words = words_of(shown.text)
    assert "Précisez la source des recrutements." in words
    assert "À compléter avant le" in words
    assert answer.status_code == 303


async def test_a_late_report_says_so_and_what_it_changes(database: Database, ada: Browser) -> None:
    due = await a_due_report(database)
    await is_missed(database, due)

    shown = await ada.get(due.url)

    words = words_of(shown.text)
    assert "Ce bilan est en retard" in words
    assert "Sans bilan, l'adhésion prend fin le" in words
    assert "redevient signataire à jour" in words


async def test_a_longer_delay_is_shown_with_its_reason(database: Database, ada: Browser) -> None:
    due = await a_due_report(database)
    await put_report(database, due, extended=True, extension_reason="Incendie de l'atelier.")

    shown = await ada.get(due.url)

    words = words_of(shown.text)
    assert "Un délai vous a été accordé" in words
    assert "Incendie de l'atelier." in words


async def test_a_year_that_is_not_due_is_said_so(database: Database, ada: Browser) -> None:
    due = await a_due_report(database)
    url = f"/adhesions/{due.adherence.id}/bilan/{YEAR + 1}"

    shown = await ada.get(url)
    answer = await ada.submit(url, typed())

    assert (shown.status_code, answer.status_code) == (404, 404)
    assert f"Aucun bilan {YEAR + 1} n'est attendu" in words_of(shown.text)
    assert (await the_report(database, due)).answers == {}


async def test_nobody_else_sees_or_writes_it(
    database: Database, ada: Browser, signed_in: SignIn, client: Browser
) -> None:
    due = await a_due_report(database)
    stranger = await signed_in("curieux@ailleurs.example")

    answers = [
        await stranger.get(due.url),
        await stranger.submit(due.url, typed()),
        await stranger.submit(f"{due.url}/brouillon", typed()),
        await stranger.get(f"{due.url}/relecture"),
        await stranger.submit(f"{due.url}/relecture"),
        await stranger.get(f"{due.url}/pieces"),
    ]

    assert [each.status_code for each in answers] == [404] * 6
    assert (await client.get(due.url)).status_code == 303
    assert (await ada.get(f"/adhesions/{due.adherence.id}/bilan/99999999999")).status_code == 404
    assert (await the_report(database, due)).answers == {}
