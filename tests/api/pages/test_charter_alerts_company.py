"""What a company reads and answers of a complaint; nothing of who wrote it ever reaches it."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.charter.alerts import AlertAct, AlertStep
from storage.database import Database
from storage.tables.charter import Adherence
from tests.api.pages.alert_world import (
    ALLEGED,
    AUTHOR,
    DAY,
    HEAD,
    NOW,
    OF_AUTHOR,
    ORGANISER,
    REPLY,
    SIRETS,
    STRANGER,
    a_company,
    a_complaint,
    a_turn,
    requests_about,
    the_alert,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries

SILENT = (AlertStep.RECEIVED, AlertStep.INADMISSIBLE)
TOLD = tuple(step for step in AlertStep if step not in SILENT)


@pytest.fixture
async def company(database: Database) -> Adherence:
    return await a_company(database)


@pytest.fixture
async def ada(signed_in: SignIn) -> Browser:
    return await signed_in(HEAD, name="Ada Martin")


async def test_it_is_found_by_the_company_alone(
    signed_in: SignIn, client: Browser, ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.INQUIRY)
    await a_company(database, SIRETS[1], STRANGER)
    others = [
        await signed_in(STRANGER),
        await signed_in(AUTHOR),
        await signed_in(ORGANISER, organises_everything=True),
    ]

    for url in (told.company, told.company_list):
        assert (await ada.get(url)).status_code == 200
        assert [(await each.get(url)).status_code for each in others] == [404, 404, 404]
        assert (await client.get(url)).status_code == 303
    for act in ("reponse", "recours"):
        answers = [
            await each.submit(f"{told.company}/{act}", {"reply": REPLY, "appeal": REPLY})
            for each in others
        ]
        assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert await requests_about(database, told) == []


async def test_the_complaint_of_another_company_is_not_found_under_one_s_own(
    signed_in: SignIn, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.INQUIRY)
    other = await a_company(database, SIRETS[1], STRANGER)
    stranger = await signed_in(STRANGER)

    shown = await stranger.get(f"/adhesions/{other.id}/signalements/{told.id}")

    assert shown.status_code == 404


@pytest.mark.parametrize("step", SILENT)
async def test_nothing_is_known_of_it_before_it_is_admissible(
    ada: Browser, company: Adherence, database: Database, step: AlertStep
) -> None:
    told = await a_complaint(database, company, step=step)

    one = await ada.get(told.company)
    sent = await ada.submit(f"{told.company}/reponse", {"reply": REPLY})
    listed = words_of((await ada.get(told.company_list)).text)
    home = words_of((await ada.get(f"/adhesions/{company.id}")).text)

    assert (one.status_code, sent.status_code) == (404, 404)
    assert "Aucun signalement" in listed
    assert "Voir les signalements" not in home


@pytest.mark.parametrize("step", TOLD)
async def test_no_page_of_the_company_holds_anything_of_the_author(
    ada: Browser, company: Adherence, database: Database, step: AlertStep
) -> None:
    written = {
        "outcome": "radiation" if step is not AlertStep.INQUIRY else "",
        "reason": "Des emballages.",
        "reply": REPLY,
        "replied_at": NOW,
        "appeal": "Nous contestons.",
        "appealed_at": NOW,
    }
    told = await a_complaint(database, company, step=step, age=45 * DAY, **written)
    came = (NOW - 45 * DAY).strftime("%d/%m/%Y")

    pages = [
        (await ada.get(url)).text
        for url in (told.company, told.company_list, f"/adhesions/{company.id}", "/mon-espace")
    ]

    assert ALLEGED in words_of(pages[0])
    found = [said for page in pages for said in OF_AUTHOR if said in words_of(page)]
    assert found == []
    # When the words came would say who was there.
    assert came not in words_of(pages[0])


async def test_it_says_what_is_alleged_and_until_when_to_reply(
    ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.INQUIRY)

    shown = words_of((await ada.get(told.company)).text)
    todo = words_of((await ada.get("/mon-espace")).text)
    home = words_of((await ada.get(f"/adhesions/{company.id}")).text)

    assert ALLEGED in shown
    assert "Rien n'est décidé et rien n'est publié" in shown
    assert "Votre réponse est attendue avant le" in shown
    assert "Contester la décision" not in shown
    assert "Répondre au signalement sur Atelier des Lices" in todo
    assert "Voir les signalements" in home


async def test_a_delay_that_passed_is_said_and_a_reply_is_still_read(
    ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.INQUIRY, age=31 * DAY)

    shown = await ada.get(told.company)

    assert "Ce délai est passé, et l'organisateur peut décider." in words_of(shown.text)
    assert 'name="reply"' in shown.text


@pytest.mark.parametrize(
    ("act", "field", "step"),
    [("reponse", "reply", AlertStep.INQUIRY), ("recours", "appeal", AlertStep.DECIDED)],
)
@pytest.mark.parametrize(
    ("words", "said"),
    [("  ", "Écrivez quelques lignes"), ("m" * 5001, "Écrivez 5000 caractères au plus.")],
)
async def test_what_cannot_be_sent_is_said_with_the_words_still_there(
    ada: Browser,
    company: Adherence,
    database: Database,
    act: str,
    field: str,
    step: AlertStep,
    words: str,
    said: str,
) -> None:
    told = await a_complaint(
        database, company, step=step, outcome="radiation" if field == "appeal" else "", reason="R."
    )

    sent = await ada.submit(f"{told.company}/{act}", {field: words})

    assert sent.status_code == 422
    assert said in words_of(sent.text)
    assert f"\n{words.strip()}</textarea>" in sent.text
    assert await requests_about(database, told) == []


@pytest.mark.parametrize(
    ("act", "step", "said"),
    [
        ("reponse", AlertStep.DECIDED, "Ce signalement n'attend pas de réponse."),
        ("recours", AlertStep.INQUIRY, "Aucun recours n'est possible"),
    ],
)
async def test_an_act_out_of_its_time_is_refused_and_nothing_is_kept(
    ada: Browser, company: Adherence, database: Database, act: str, step: AlertStep, said: str
) -> None:
    told = await a_complaint(database, company, step=step, outcome="suspension", reason="R.")

    sent = await ada.submit(f"{told.company}/{act}", {"reply": REPLY, "appeal": REPLY})

    assert sent.status_code == 409
    assert said in words_of(sent.text)
    assert await requests_about(database, told) == []


async def test_what_is_sent_while_the_engine_is_away_is_kept(
    ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.INQUIRY)

    sent = await ada.submit(f"{told.company}/reponse", {"reply": REPLY})

    (kept,) = await requests_about(database, told)
    assert sent.status_code == 409
    assert "est gardée avec cette heure" in words_of(sent.text)
    assert f"\n{REPLY}</textarea>" in sent.text
    assert (kept.kind, kept.payload) == (AlertAct.REPLY, {"reply": REPLY})


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("radiation", "elle le reste jusqu'à la réponse du comité de charte"),
        ("suspension", "La suspension s'applique déjà, même si vous contestez."),
    ],
)
async def test_a_sanction_is_read_with_its_reasons_and_the_way_to_contest_it(
    ada: Browser, company: Adherence, database: Database, outcome: str, said: str
) -> None:
    told = await a_complaint(
        database, company, step=AlertStep.DECIDED, outcome=outcome, reason="Des emballages vus."
    )

    shown = await ada.get(told.company)

    words = words_of(shown.text)
    assert said in words
    assert "Des emballages vus." in words
    assert "Vous pouvez contester jusqu'au" in words
    assert 'name="appeal"' in shown.text


async def test_an_appeal_that_comes_too_late_has_no_form(
    ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(
        database,
        company,
        step=AlertStep.DECIDED,
        outcome="suspension",
        reason="R.",
        until=NOW - timedelta(hours=1),
    )

    shown = await ada.get(told.company)

    assert "Le délai de recours est passé." in words_of(shown.text)
    assert 'name="appeal"' not in shown.text


@pytest.mark.parametrize(
    ("granted", "said"),
    [
        ("yes", "Le comité de charte vous a donné raison : la décision est annulée."),
        ("no", "L'adhésion est radiée. Cette décision est définitive."),
    ],
)
async def test_the_answer_to_an_appeal_is_read_without_naming_who_gave_it(
    ada: Browser, company: Adherence, database: Database, granted: str, said: str
) -> None:
    told = await a_complaint(
        database,
        company,
        step=AlertStep.CLOSED,
        outcome="radiation",
        reason="R.",
        appeal="Nous contestons.",
        appealed_at=NOW,
        appeal_answer="Le retrait est prouvé.",
    )
    await a_turn(
        database, told, AlertAct.ANSWER_APPEAL, granted=granted, reason="Le retrait est prouvé."
    )

    words = words_of((await ada.get(told.company)).text)

    assert said in words
    assert "Le retrait est prouvé." in words
    assert "Olivia" not in words


async def test_a_remedy_is_read_with_its_date(
    ada: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(
        database,
        company,
        step=AlertStep.REMEDY,
        outcome="mise_en_conformite",
        reason="Des emballages.",
        remedy="Retirer les lots.",
    )

    words = words_of((await ada.get(told.company)).text)

    assert "Retirer les lots." in words
    assert "À faire avant le" in words
    assert "L'adhésion continue." in words


async def test_the_list_costs_the_same_whatever_its_length(
    ada: Browser, company: Adherence, database: Database
) -> None:
    costs: list[int] = []
    found: list[UUID] = []

    for more in (1, 2):
        found += [
            (await a_complaint(database, company, step=AlertStep.INQUIRY)).id for _ in range(more)
        ]
        with queries(ada.app) as counted:
            shown = await ada.get(f"/adhesions/{company.id}/signalements")
        costs.append(counted.count)

    assert all(str(each) in shown.text for each in found)
    assert costs[0] == costs[1]
    assert (await the_alert(database, await a_complaint(database, company))).step == "recu"
