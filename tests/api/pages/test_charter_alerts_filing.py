"""Anybody who signs in says what a signatory does; they alone find their complaint again."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import update

from domain.charter.alerts import AlertStep
from domain.charter.states import State
from domain.refusals import Refusal
from storage.database import Database
from storage.drafts.alerts import file_alert
from storage.tables.charter import Adherence, Alert
from tests.api.pages.alert_world import (
    AUTHOR,
    DAY,
    FACTS,
    FILLED,
    NOW,
    ORGANISER,
    SIRETS,
    STRANGER,
    SUBJECT,
    a_company,
    a_complaint,
    letters_to,
    the_alerts,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def company(database: Database) -> Adherence:
    return await a_company(database)


def form_about(company: Adherence) -> str:
    return f"/signataires/{company.id}/signaler"


async def test_who_is_nobody_signs_in_first_and_comes_back(
    client: Browser, company: Adherence
) -> None:
    shown = await client.get(form_about(company))

    assert shown.status_code == 303
    assert shown.headers["location"] == (
        f"/connexion?next=%2Fsignataires%2F{company.id}%2Fsignaler"
    )


async def test_the_form_says_what_is_looked_at_by_when_and_that_nobody_will_know(
    signed_in: SignIn, company: Adherence
) -> None:
    browser = await signed_in(AUTHOR)

    shown = await browser.get(form_about(company))

    words = words_of(shown.text)
    assert shown.status_code == 200
    assert "En 15 jours, l'organisateur vous dit si le signalement est recevable." in words
    assert "L'examen dure 90 jours au plus." in words
    assert "La structure ne saura jamais qui a écrit" in words
    assert 'data-limit="5000"' in shown.text


async def test_a_complaint_is_kept_acknowledged_and_shown_by_its_number(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)

    sent = await browser.submit(form_about(company), FILLED)
    shown = await browser.get(sent.headers["location"])

    (kept,) = await the_alerts(database)
    digits = kept.id.hex[:8].upper()
    assert (kept.subject, kept.facts, kept.step) == (SUBJECT, FACTS, "recu")
    assert kept.author_id == browser.person_id
    assert sent.headers["location"] == f"{form_about(company)}/{kept.id}"
    assert f"S-{digits[:4]}-{digits[4:]}" in words_of(shown.text)
    assert [each.kind for each in await letters_to(database, AUTHOR)] == ["charter_alert_received"]


async def test_the_same_form_sent_twice_is_one_complaint(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    form = {**FILLED, "request_id": str(uuid4())}

    answers = [await browser.submit(form_about(company), form) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(await the_alerts(database)) == 1
    assert len(await letters_to(database, AUTHOR)) == 1


async def test_the_form_of_somebody_else_is_another_complaint(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    form = {**FILLED, "request_id": str(uuid4())}

    for email in (AUTHOR, STRANGER):
        await (await signed_in(email)).submit(form_about(company), form)

    assert len({each.author_id for each in await the_alerts(database)}) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"subject": " "}, "Dites en une ligne de quoi il s'agit.", id="no subject"),
        pytest.param({"subject": "B" * 201}, "de 200 caractères au plus", id="a long subject"),
        pytest.param({"facts": "Trop court."}, "Décrivez les faits en 30 à 5000", id="few facts"),
        pytest.param({"facts": "f" * 5001}, "Décrivez les faits en 30 à 5000", id="many facts"),
    ],
)
async def test_what_is_wrong_is_said_with_everything_typed_still_there(
    signed_in: SignIn,
    company: Adherence,
    database: Database,
    changed: dict[str, str],
    said: str,
) -> None:
    browser = await signed_in(AUTHOR)

    sent = await browser.submit(form_about(company), {**FILLED, **changed})

    assert sent.status_code == 422
    assert said in words_of(sent.text)
    kept = {**FILLED, **changed}
    assert f'value="{kept["subject"].strip()}"' in sent.text
    assert f"\n{kept['facts']}</textarea>" in sent.text
    assert await the_alerts(database) == []


async def test_there_is_nothing_to_say_of_who_left_or_never_entered(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    async with database.transaction() as session:
        row = await session.get_one(Adherence, company.id)
        row.state, row.ended_on = State.REMOVED, NOW.date()

    shown = await browser.get(form_about(company))
    sent = await browser.submit(form_about(company), FILLED)
    unknown = await browser.get(f"/signataires/{uuid4()}/signaler")

    assert "n'est plus signataire" in words_of(shown.text)
    assert "<textarea" not in shown.text
    assert (sent.status_code, unknown.status_code) == (409, 404)
    assert await the_alerts(database) == []


async def test_a_complaint_is_found_again_by_its_author_alone(
    signed_in: SignIn, client: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company)
    other = await a_company(database, SIRETS[1], "autre@exemple.fr")
    author = await signed_in(AUTHOR)

    answers = [
        (await author.get(told.receipt)).status_code,
        (await author.get(f"/signataires/{other.id}/signaler/{told.id}")).status_code,
        (await (await signed_in(STRANGER)).get(told.receipt)).status_code,
        (
            await (await signed_in(ORGANISER, organises_everything=True)).get(told.receipt)
        ).status_code,
        (await client.get(told.receipt)).status_code,
    ]

    assert answers == [200, 404, 404, 404, 303]


async def test_its_author_reads_its_step_and_nothing_of_the_inquiry(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    told = await a_complaint(
        database, company, step=AlertStep.INQUIRY, reply="Notre réponse.", replied_at=NOW
    )
    author = await signed_in(AUTHOR)

    pages = [words_of((await author.get(url)).text) for url in (told.receipt, "/mon-espace")]

    assert ["Instruction en cours" in page for page in pages] == [True, True]
    assert ["allégué" in page or "Notre réponse" in page for page in pages] == [False, False]


async def test_one_s_own_space_lists_one_s_own_complaints_at_the_same_cost(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    author, stranger = await signed_in(AUTHOR), await signed_in(STRANGER)
    costs: list[int] = []

    for already in (0, 1):
        for _ in range(1 + already):
            await a_complaint(database, company)
        with queries(author.app) as counted:
            shown = words_of((await author.get("/mon-espace")).text)
        costs.append(counted.count)

    assert shown.count("N° S-") == 3
    assert costs[0] == costs[1]
    assert "N° S-" not in words_of((await stranger.get("/mon-espace")).text)


async def test_a_second_complaint_about_the_same_signatory_waits_for_the_end_of_the_first(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    await browser.submit(form_about(company), FILLED)

    again = await browser.submit(form_about(company), FILLED)

    assert again.status_code == 409
    assert "Vous avez déjà un signalement en cours sur cette structure" in words_of(again.text)
    assert f"\n{FACTS}</textarea>" in again.text
    assert len(await the_alerts(database)) == 1


async def test_once_the_first_is_over_another_may_be_sent(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    await browser.submit(form_about(company), FILLED)
    await put_alerts(database, step=AlertStep.CLOSED)

    again = await browser.submit(form_about(company), FILLED)

    assert again.status_code == 303
    assert len(await the_alerts(database)) == 2


async def test_the_fourth_complaint_of_a_day_is_kept_in_the_form_with_the_hour_to_come_back(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    for _ in range(3):
        await browser.submit(form_about(company), FILLED)
        await put_alerts(database, step=AlertStep.CLOSED)

    fourth = await browser.submit(form_about(company), FILLED)

    assert fourth.status_code == 409
    assert "Vous avez envoyé 3 signalements en vingt-quatre heures" in words_of(fourth.text)
    assert f"\n{FACTS}</textarea>" in fourth.text
    assert len(await the_alerts(database)) == 3


async def test_the_day_after_there_is_room_again(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    browser = await signed_in(AUTHOR)
    for _ in range(3):
        await browser.submit(form_about(company), FILLED)
        await put_alerts(database, step=AlertStep.CLOSED, received_at=NOW - DAY)

    again = await browser.submit(form_about(company), FILLED)

    assert again.status_code == 303


async def test_five_at_the_same_instant_leave_one_open(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    author = (await signed_in(AUTHOR)).person_id
    assert author is not None

    async def send() -> bool:
        try:
            async with database.transaction() as session:
                await file_alert(session, company.id, author, SUBJECT, FACTS, uuid4())
        except Refusal:
            return False
        return True

    sent = await asyncio.gather(*(send() for _ in range(5)))

    assert sorted(sent) == [False, False, False, False, True]
    assert len(await the_alerts(database)) == 1


async def put_alerts(database: Database, **values: object) -> None:
    async with database.transaction() as session:
        await session.execute(update(Alert).values(**values))
