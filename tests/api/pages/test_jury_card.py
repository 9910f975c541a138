"""Reading a file beside its grid, and keeping what one writes."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import select

from domain.jurors import CardStatus, JurorStatus
from domain.phases import Phase
from settings import Settings
from storage.database import Database
from storage.drafts.attachments import path_of
from storage.tables.applications import Application, ApplicationVersion
from storage.tables.juries import Card
from tests.api.pages.company_world import hidden, words_of
from tests.api.pages.jury_world import (
    ANSWERS,
    JUROR,
    MARKS,
    Desk,
    a_bench,
    a_conflict,
    a_desk,
    a_file,
    a_sealed_card,
    card_now,
    filled,
)
from tests.browser import Browser
from tests.builders import NOON, a_card, a_juror
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(JUROR, name="Jeanne Jurée")


async def test_the_file_reads_by_sections_with_labels(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)

    shown = await browser.get(desk.url)

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "Vous êtes Une entreprise" in words
    assert "Action menée Douze tuteurs formés en deux ans. Un carnet de bord" in words
    assert "Date de début lundi 1er septembre 2025" in words
    assert (
        "Indicateur 2025 2026 2027 Heures d'insertion réalisées non suivi 8 400 10 250,5" in words
    )


async def test_what_people_wrote_is_never_markup(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)

    shown = await browser.get(desk.url)

    assert "&lt;b&gt;de l&#39;atelier&lt;/b&gt;" in shown.text


async def test_contacts_are_not_shown_to_jurors(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)

    shown = await browser.get(desk.url)

    assert "secret.example" not in shown.text
    assert "Paul Secret" not in shown.text
    assert "01 23 45 67 89" not in shown.text


async def test_the_latest_version_is_read(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)
    async with database.transaction() as session:
        application = await session.get_one(Application, desk.card.application_id)
        application.version = 2
        session.add(
            ApplicationVersion(
                application_id=application.id,
                version=2,
                answers=ANSWERS | {"need": "Ce que le complément précise."},
                fingerprint="e" * 64,
                arrived_at=NOON + timedelta(days=1),
                by_person=desk.bench.juror.person_id,
                request_id=uuid4(),
            )
        )

    shown = await browser.get(desk.url)

    assert "Ce que le complément précise." in shown.text
    assert "Le territoire manque de menuisiers" not in shown.text


async def test_the_grid_has_anchors_weights_and_helps(browser: Browser, database: Database) -> None:
    desk = await a_desk(database, marks={"IMP": 4})

    shown = await browser.get(desk.url)

    words = words_of(shown.text)
    assert "Impact mesuré pour les personnes coefficient 30" in words
    assert "5 Référence transposable" in words
    assert 'name="score.IMP" value="4" checked' in shown.text
    assert "1 critères notés sur 5" in words


async def test_a_draft_is_kept_and_the_list_comes_back(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)

    saved = await browser.submit(desk.url, {"score.IMP": "4", "comment.IMP": "Des suites."})

    card = await card_now(database, desk.card)
    assert (saved.status_code, saved.headers["location"]) == (303, desk.bench.url)
    assert (card.marks, card.comments) == ({"IMP": 4}, {"IMP": "Des suites."})
    assert card.status == CardStatus.TO_SCORE


async def test_autosave_answers_with_the_revision_to_carry_next(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)

    first = await browser.submit(f"{desk.url}/brouillon", {"revision": "", "score.IMP": "4"})
    second = await browser.submit(
        f"{desk.url}/brouillon", {"revision": first.json()["revision"], "score.IMP": "5"}
    )

    card = await card_now(database, desk.card)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["revision"] == (card.saved_at.isoformat() if card.saved_at else "")
    assert card.marks == {"IMP": 5}


async def test_the_total_appears_once_every_criterion_has_its_mark(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database, marks=MARKS)

    shown = await browser.get(desk.url)

    assert "68 /100" in words_of(shown.text)


async def test_an_older_page_does_not_overwrite_a_newer_draft(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database)
    await browser.submit(desk.url, {"revision": "", "score.IMP": "4"})

    late = await browser.submit(desk.url, {"revision": "", "score.IMP": "1", "comment.IMP": "Non."})
    again = await browser.submit(
        desk.url,
        {"revision": hidden(late.text, "revision"), "score.IMP": "1", "comment.IMP": "Non."},
    )

    assert late.status_code == 409
    assert "Cette fiche a changé entre-temps" in words_of(late.text)
    assert 'name="score.IMP" value="1" checked' in late.text
    assert again.status_code == 303
    assert (await card_now(database, desk.card)).marks == {"IMP": 1}


async def test_the_same_words_twice_are_no_conflict(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)

    answers = [
        await browser.submit(f"{desk.url}/brouillon", {"revision": "", "score.IMP": "4"})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"score.IMP": "6"}, "Donnez un nombre entier de 0 à 5."),
        ({"score.IMP": "-1"}, "Donnez un nombre entier de 0 à 5."),
        ({"score.IMP": "beaucoup"}, "Donnez un nombre entier de 0 à 5."),
        ({"score.IMP": "٣"}, "Donnez un nombre entier de 0 à 5."),
        ({"score.IMP": "4" * 5000}, "Donnez un nombre entier de 0 à 5."),
        ({"comment.IMP": "x" * 1001}, "Ce texte est trop long : 1 000 caractères au plus."),
    ],
    ids=["above", "below", "words", "other digits", "endless", "too long"],
)
async def test_a_wrong_mark_is_said_and_nothing_is_kept(
    browser: Browser, database: Database, fields: dict[str, str], sentence: str
) -> None:
    desk = await a_desk(database)

    saved = await browser.submit(desk.url, {"score.PER": "3"} | fields)

    assert saved.status_code == 422
    assert f"Impact mesuré pour les personnes : {sentence}" in words_of(saved.text)
    assert 'name="score.PER" value="3" checked' in saved.text
    assert (await card_now(database, desk.card)).marks == {}


@pytest.mark.parametrize(
    ("phase", "status", "path"),
    [
        (Phase.DELIBERATION, CardStatus.TO_SCORE, ""),
        (Phase.DELIBERATION, CardStatus.TO_SCORE, "/brouillon"),
        (Phase.DELIBERATION, CardStatus.TO_SCORE, "/relecture"),
        (Phase.EVALUATION, CardStatus.SEALED, ""),
        (Phase.EVALUATION, CardStatus.SEALED, "/brouillon"),
        (Phase.EVALUATION, CardStatus.ABSTAINED, ""),
    ],
)
async def test_a_closed_card_keeps_nothing_more(
    browser: Browser, database: Database, phase: Phase, status: CardStatus, path: str
) -> None:
    desk = await a_desk(database, phase=phase, status=status, marks=MARKS)

    saved = await browser.submit(desk.url + path, filled(comment__IMP="Trop tard, hélas."))

    assert saved.status_code == 409
    assert (await card_now(database, desk.card)).comments == {}
    assert path == "/brouillon" or "Trop tard, hélas." in saved.text


async def test_a_sealed_card_shows_one_s_own_marks_and_no_field(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        file = await a_file(session, bench.cycle)
        card = await a_sealed_card(session, bench.juror, file)

    shown = await browser.get(Desk(bench, card).url)

    words = words_of(shown.text)
    assert "Scellée le lundi 3 mai 2027 à 12 h 00, heure de Paris." in words
    assert "4 Réalisé, mesuré, prouvé Des sorties suivies à six mois." in words
    assert 'name="score.IMP"' not in shown.text


@pytest.mark.parametrize("status", [CardStatus.TO_SCORE, CardStatus.SEALED])
async def test_nothing_of_other_jurors_is_ever_shown(
    browser: Browser, database: Database, status: CardStatus
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        file = await a_file(session, bench.cycle)
        card = await a_card(session, bench.juror, file, status=status)
        other = await a_juror(session, bench.cycle, name="Amina Autre")
        sealed = await a_sealed_card(session, other, file, note="97.31")
        sealed.comments = {"IMP": "Un avis qui ne vous regarde pas."}

    pages = [await browser.get(url) for url in (bench.url, Desk(bench, card).url)]

    for page in pages:
        # A number of its own: numbers of files and of companies are drawn by lot.
        assert re.search(r"\b97\b", words_of(page.text)) is None
        assert "Amina" not in page.text
        assert "Un avis qui ne vous regarde pas" not in page.text


async def test_no_file_is_read_before_ties_are_declared(
    browser: Browser, database: Database
) -> None:
    desk = await a_desk(database, has_declared=False)

    shown = await browser.get(desk.url)
    saved = await browser.submit(desk.url, {"score.IMP": "4"})

    assert (shown.status_code, saved.status_code) == (409, 409)
    assert "Dites d'abord vos liens avec les candidats" in words_of(shown.text)
    assert f'href="{desk.bench.url}/conflits"' in shown.text
    assert "Douze tuteurs" not in shown.text
    assert (await card_now(database, desk.card)).marks == {}


async def test_a_file_from_which_one_stands_aside_stays_shut(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        file = await a_file(session, bench.cycle)
        card = await a_card(session, bench.juror, file)
        await a_conflict(session, bench.juror, file)
    desk = Desk(bench, card)

    shown = await browser.get(desk.url)
    saved = await browser.submit(f"{desk.url}/brouillon", {"score.IMP": "4"})

    assert (shown.status_code, saved.status_code) == (403, 409)
    assert "Vous avez un lien avec cette candidature" in words_of(shown.text)
    assert "Douze tuteurs" not in shown.text


async def test_the_file_of_one_s_own_company_stays_shut(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        bench.juror.siren = "123456782"
        file = await a_file(session, bench.cycle, siret="12345678200010")
        card = await a_card(session, bench.juror, file)

    shown = await browser.get(Desk(bench, card).url)

    assert shown.status_code == 403


@pytest.mark.parametrize(
    ("phase", "juror_status", "status", "answered", "sentence"),
    [
        (Phase.SCREENING, "accepted", "to_score", 409, "L'évaluation n'est pas ouverte"),
        (Phase.PUBLISHED, "accepted", "sealed", 403, "Le travail du jury est terminé"),
        (Phase.EVALUATION, "released", "to_score", 403, "Vous ne siégez pas dans ce jury"),
        (Phase.EVALUATION, "invited", "to_score", 403, "Répondez d'abord à l'invitation"),
        (Phase.EVALUATION, "accepted", "recused", 403, "Vous avez un lien"),
        (Phase.EVALUATION, "accepted", "withdrawn", 409, "Cette candidature a été retirée"),
    ],
)
async def test_a_card_out_of_its_time_stays_shut(
    browser: Browser,
    database: Database,
    phase: Phase,
    juror_status: str,
    status: str,
    answered: int,
    sentence: str,
) -> None:
    desk = await a_desk(
        database, phase=phase, juror_status=JurorStatus(juror_status), status=CardStatus(status)
    )

    shown = await browser.get(desk.url)

    assert shown.status_code == answered
    assert sentence in words_of(shown.text)
    assert "Douze tuteurs" not in shown.text


async def test_the_card_of_another_is_not_found(browser: Browser, database: Database) -> None:
    desk = await a_desk(database)
    async with database.transaction() as session:
        other = await a_juror(session, desk.bench.cycle)
        card = await a_card(session, other, await a_file(session, desk.bench.cycle))

    mine = await browser.get(f"{desk.bench.url}/fiches/{card.id}")
    theirs = await browser.get(f"/jury/{other.id}/fiches/{card.id}")

    assert (mine.status_code, theirs.status_code) == (404, 404)


async def test_a_joined_file_opens_in_its_place(
    browser: Browser, database: Database, configured: Settings
) -> None:
    desk, file_id = await _with_a_joined_file(database, configured.uploads)

    shown = await browser.get(desk.url)
    opened = await browser.get(f"{desk.url}/pieces/{file_id}")
    unknown = await browser.get(f"{desk.url}/pieces/{uuid4()}")

    assert "relevé.pdf PDF, 12 octets" in words_of(shown.text)
    assert (opened.status_code, opened.content) == (200, b"%PDF-1.4 fin")
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["x-content-type-options"] == "nosniff"
    assert unknown.status_code == 404


async def test_a_joined_file_stays_shut_with_its_card(
    browser: Browser, database: Database, configured: Settings
) -> None:
    desk, file_id = await _with_a_joined_file(database, configured.uploads)
    async with database.transaction() as session:
        card = await session.get_one(Card, desk.card.id)
        card.status = CardStatus.RECUSED

    opened = await browser.get(f"{desk.url}/pieces/{file_id}")

    assert opened.status_code == 403


async def test_the_bar_leads_to_the_neighbours(browser: Browser, database: Database) -> None:
    async with database.transaction() as session:
        bench = await a_bench(session)
        cards = [
            await a_card(session, bench.juror, await a_file(session, bench.cycle)) for _ in range(3)
        ]
    first, second, third = (Desk(bench, card) for card in sorted(cards, key=lambda card: card.id))

    shown = await browser.get(second.url)

    assert "Dossier 2 sur 3 3 à noter" in words_of(shown.text)
    assert f'rel="prev" href="{first.url}"' in shown.text
    assert f'rel="next" href="{third.url}"' in shown.text


async def test_a_card_asks_as_much_among_three_as_alone(
    browser: Browser, database: Database, application: FastAPI
) -> None:
    desk = await a_desk(database)
    await browser.get(desk.url)
    with queries(application) as alone:
        await browser.get(desk.url)
    async with database.transaction() as session:
        for _ in range(2):
            await a_card(session, desk.bench.juror, await a_file(session, desk.bench.cycle))

    with queries(application) as among_three:
        await browser.get(desk.url)

    assert (alone.count, among_three.count) == (6, 6)


async def _with_a_joined_file(database: Database, uploads: Path) -> tuple[Desk, str]:
    desk, file_id = await a_desk(database), uuid4()
    kept = {
        "id": str(file_id),
        "name": "relevé.pdf",
        "media_type": "application/pdf",
        "size": 12,
        "sha256": "0" * 64,
    }
    async with database.transaction() as session:
        version = (await session.execute(select(ApplicationVersion))).scalar_one()
        version.attachments = [kept]
    path = path_of(uploads, file_id)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.4 fin")
    return desk, str(file_id)
