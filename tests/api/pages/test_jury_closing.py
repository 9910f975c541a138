"""Closing a card: read through and sealed, or left without marks."""

from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from domain.jurors import CardStatus
from domain.phases import Phase
from storage.database import Database
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import (
    JUROR,
    MARKS,
    Desk,
    a_bench,
    a_desk,
    a_file,
    card_now,
    filled,
    goes_to_work,
    requests_about,
)
from tests.browser import Browser
from tests.builders import a_card
from tests.conftest import SignIn


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


async def read_through(browser: Browser, desk: Desk) -> dict[str, str]:
    """What the read-through page would post."""
    page = (await browser.get(f"{desk.url}/relecture")).text
    return {name: hidden(page, name) for name in ("request_id", "read")}


async def test_a_whole_card_goes_on_to_the_read_through(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)

    asked = await browser.submit(f"{desk.url}/relecture", filled())
    shown = await browser.get(f"{desk.url}/relecture")

    assert (asked.status_code, asked.headers["location"]) == (303, f"{desk.url}/relecture")
    assert "68 /100" in words_of(shown.text)
    assert "Impact mesuré pour les personnes coefficient 30 4 Réalisé" in words_of(shown.text)


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"score__IMP": ""}, "une case vide ne vaut pas zéro", "score.IMP"),
        ({"score__IMP": "5"}, "Expliquez cette valeur en quelques mots.", "comment.IMP"),
        ({"score__REP": "0", "comment__REP": " "}, "Expliquez cette valeur", "comment.REP"),
        ({"score__REP": "1", "comment__REP": " \u200b\u00a0"}, "Expliquez", "comment.REP"),
    ],
    ids=["blank", "a five without words", "a zero without words", "a one with words unseen"],
)
async def test_what_is_missing_is_said_and_the_draft_is_kept(
    browser: Browser, database: Database, changes: dict[str, str], sentence: str, field: str
) -> None:
    desk = await a_desk(database)

    asked = await browser.submit(f"{desk.url}/relecture", filled(**changes))

    card = await card_now(database, desk.card)
    assert asked.status_code == 422
    assert sentence in words_of(asked.text)
    assert f'href="#field-{field}"' in asked.text
    assert hidden(asked.text, "revision") == (card.saved_at.isoformat() if card.saved_at else "")
    assert card.marks["PER"] == 3


async def test_a_card_in_progress_has_no_read_through(browser: Browser, database: Database) -> None:
    desk = await a_desk(database, marks={"IMP": 4})

    shown = await browser.get(f"{desk.url}/relecture")

    assert (shown.status_code, shown.headers["location"]) == (303, desk.url)


@pytest.mark.usefixtures("at_work")
async def test_sealing_keeps_the_note_and_opens_the_next_file(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        cards = [
            await a_card(session, bench.juror, await a_file(session, bench.cycle), marks=MARKS)
            for _ in range(2)
        ]
    await goes_to_work(application.state.engine, bench)
    desks = [Desk(bench, card) for card in sorted(cards, key=lambda card: card.id)]

    first = await browser.submit(
        f"{desks[0].url}/scellement", await read_through(browser, desks[0])
    )
    last = await browser.submit(f"{desks[1].url}/scellement", await read_through(browser, desks[1]))

    card = await card_now(database, desks[0].card)
    assert (first.status_code, first.headers["location"]) == (303, desks[1].url)
    assert (last.status_code, last.headers["location"]) == (303, bench.url)
    assert (card.status, str(card.note)) == (CardStatus.SEALED, "68.000")


@pytest.mark.usefixtures("at_work")
async def test_a_double_click_seals_once(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    desk = await a_desk(database, marks=MARKS)
    await goes_to_work(application.state.engine, desk.bench)
    posted = await read_through(browser, desk)

    answers = [await browser.submit(f"{desk.url}/scellement", posted) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(await requests_about(database, f"card:{desk.card.id}")) == 1


async def test_what_changed_since_the_read_through_is_not_sealed(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database, marks=MARKS)
    posted = await read_through(browser, desk)
    await browser.submit(f"{desk.url}/brouillon", {"revision": "", **filled(score__IMP="2")})

    sealed = await browser.submit(f"{desk.url}/scellement", posted)

    assert sealed.status_code == 409
    assert "La fiche a changé depuis votre relecture" in words_of(sealed.text)
    assert await requests_about(database, f"card:{desk.card.id}") == []


async def test_an_incomplete_card_is_not_sealed(browser: Browser, database: Database) -> None:
    desk = await a_desk(database, marks={"IMP": 4})

    sealed = await browser.submit(f"{desk.url}/scellement", {"request_id": str(uuid4())})

    assert sealed.status_code == 422
    assert await requests_about(database, f"card:{desk.card.id}") == []


async def test_after_the_evaluation_nothing_is_sealed(browser: Browser, database: Database) -> None:
    desk = await a_desk(database, phase=Phase.DELIBERATION, marks=MARKS)

    sealed = await browser.submit(f"{desk.url}/scellement", {"request_id": str(uuid4())})

    assert sealed.status_code == 409
    assert "Cette fiche est close" in words_of(sealed.text)
    assert (await card_now(database, desk.card)).status == CardStatus.TO_SCORE


async def test_when_the_service_is_slow_the_page_says_that_the_request_is_kept(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database, marks=MARKS)

    sealed = await browser.submit(f"{desk.url}/scellement", await read_through(browser, desk))

    asked = await requests_about(database, f"card:{desk.card.id}")
    assert sealed.status_code == 409
    assert "elle est gardée avec cette heure" in words_of(sealed.text)
    assert [(each.kind, each.payload["marks"]) for each in asked] == [("seal", MARKS)]


@pytest.mark.usefixtures("at_work")
@pytest.mark.parametrize(
    ("path", "act", "status"),
    [
        ("/abstention", "abstain", CardStatus.ABSTAINED),
        ("/deport", "recuse", CardStatus.RECUSED),
    ],
)
async def test_a_card_is_left_with_a_reason(
    browser: Browser,
    database: Database,
    application: FastAPI,
    path: str,
    act: str,
    status: CardStatus,
) -> None:
    desk = await a_desk(database, marks={"IMP": 4})
    await goes_to_work(application.state.engine, desk.bench)

    left = await browser.submit(
        desk.url + path, {"request_id": str(uuid4()), f"reason.{act}": "Je connais ce dossier."}
    )

    card = await card_now(database, desk.card)
    assert (left.status_code, left.headers["location"]) == (303, desk.bench.url)
    assert (card.status, card.reason) == (status, "Je connais ce dossier.")


@pytest.mark.parametrize(("path", "act"), [("/abstention", "abstain"), ("/deport", "recuse")])
@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" ", "Dites pourquoi en quelques mots."),
        ("\u2060\ufeff", "Dites pourquoi en quelques mots."),
        ("x" * 1001, "Ce texte est trop long"),
    ],
    ids=["nothing", "nothing that is seen", "too long"],
)
async def test_a_card_is_not_left_without_a_word(
    browser: Browser, database: Database, path: str, act: str, reason: str, sentence: str
) -> None:
    desk = await a_desk(database)

    left = await browser.submit(desk.url + path, {f"reason.{act}": reason})

    assert left.status_code == 422
    assert sentence in words_of(left.text)
    assert '<details class="panel desk-leave" open>' in left.text
    assert await requests_about(database, f"card:{desk.card.id}") == []


@pytest.mark.parametrize("path", ["/scellement", "/abstention", "/deport", "/relecture"])
async def test_nobody_closes_the_card_of_another(
    signed_in: SignIn, database: Database, path: str
) -> None:
    desk = await a_desk(database, marks=MARKS)
    other = await signed_in("curieux@exemple.fr", organises=[desk.bench.cycle.id])

    answered = await other.submit(desk.url + path, filled())

    assert answered.status_code == 404
    assert await requests_about(database, f"card:{desk.card.id}") == []


async def test_a_form_that_is_not_ours_changes_nothing(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)

    answered = await browser.post(desk.url, data={"csrf_token": "faux", "score.IMP": "4"})

    assert answered.status_code == 403
    assert (await card_now(database, desk.card)).marks == {}


async def test_the_request_carries_the_id_of_the_form(browser: Browser, database: Database) -> None:
    desk = await a_desk(database, marks=MARKS)
    posted = await read_through(browser, desk)

    await browser.submit(f"{desk.url}/scellement", posted)

    asked = await requests_about(database, f"card:{desk.card.id}")
    assert [each.id for each in asked] == [UUID(posted["request_id"])]
