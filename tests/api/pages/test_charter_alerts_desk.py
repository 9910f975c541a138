"""The organiser's desk of complaints: what waits, both sides, and what each act would cause."""

from typing import Any

import pytest

from domain.charter.alerts import AlertAct, AlertStep
from domain.charter.states import State
from storage.database import Database
from storage.tables.charter import Adherence, AdherenceMember
from tests.api.pages.alert_world import (
    ALLEGED,
    AUTHOR,
    AUTHOR_NAME,
    DAY,
    FACTS,
    HEAD,
    NOW,
    ORGANISER,
    REPLY,
    STRANGER,
    SUBJECT,
    a_company,
    a_complaint,
    a_turn,
    requests_about,
)
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.conftest import SignIn
from tests.counting import queries

LIST = "/organisation/charte/signalements"
DECISION = {"outcome": "classe", "reason": "Rien de contraire.", "remedy": "", "days": ""}

TEXTS = ("alleged", "dismissal", "reason", "remedy", "answer")


@pytest.fixture
async def company(database: Database) -> Adherence:
    return await a_company(database)


@pytest.fixture
async def olivia(signed_in: SignIn) -> Browser:
    return await signed_in(ORGANISER, name="Olivia Charte", organises_everything=True)


async def test_it_is_for_those_who_run_the_charter(
    signed_in: SignIn, client: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company)
    others = [await signed_in(email) for email in (STRANGER, HEAD, AUTHOR)]

    for url in (LIST, told.desk):
        assert [(await each.get(url)).status_code for each in others] == [403, 403, 403]
        assert (await client.get(url)).status_code == 303
    for deed in ("recevable", "irrecevable", "decision", "recours"):
        answers = [await each.submit(f"{told.desk}/{deed}", {}) for each in others]
        assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert await requests_about(database, told) == []


async def test_an_organiser_who_is_of_the_company_sees_nothing_of_it(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company)
    async with database.transaction() as session:
        session.add(
            AdherenceMember(adherence_id=company.id, person_id=olivia.person_id, role="lead")
        )

    shown = await olivia.get(told.desk)
    sent = await olivia.submit(f"{told.desk}/irrecevable", {"dismissal": "Rien."})
    listed = words_of((await olivia.get(LIST)).text)

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert AUTHOR_NAME not in words_of(shown.text)
    assert SUBJECT not in listed
    assert "En cours (0)" in listed


async def test_the_list_says_the_age_the_delay_and_who_is_late_the_oldest_first(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    young = await a_complaint(database, company, age=2 * DAY)
    late = await a_complaint(database, company, age=20 * DAY)
    await a_complaint(database, company, step=AlertStep.CLOSED, outcome="classe", reason="R.")

    shown = (await olivia.get(LIST)).text
    closed = words_of((await olivia.get(f"{LIST}?etape=clos")).text)

    words = words_of(shown)
    assert shown.index(str(late.id)) < shown.index(str(young.id))
    assert "20 jours à cette étape" in words
    assert words.count("En retard") == 1
    assert "En cours (2)" in words
    assert "Clos (1)" in words
    assert closed.count(SUBJECT) == 1


async def test_the_list_costs_the_same_whatever_its_length(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    costs: list[int] = []

    for more in (1, 2):
        for _ in range(more):
            await a_complaint(database, company)
        with queries(olivia.app) as counted:
            shown = words_of((await olivia.get(LIST)).text)
        costs.append(counted.count)

    assert shown.count(SUBJECT) == 3
    assert costs[0] == costs[1]


@pytest.mark.parametrize("query", ["?etape=rien", "?apres=rien", "?etape="])
async def test_an_address_that_says_nothing_shows_what_waits(olivia: Browser, query: str) -> None:
    shown = await olivia.get(LIST + query)

    assert shown.status_code == 200
    assert "Aucun signalement n'attend" in words_of(shown.text)


async def test_the_words_of_the_author_are_read_with_what_each_answer_would_cause(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company)

    words = words_of((await olivia.get(told.desk)).text)

    assert FACTS in words
    assert f"{AUTHOR_NAME} {AUTHOR}" in words
    assert "Une lettre part à 1 personne de la structure, avec votre texte." in words
    assert "La structure lira ce texte tel quel. N'y mettez rien qui laisse deviner" in words
    assert "Votre décision" not in words


@pytest.mark.parametrize(
    ("step", "deed", "typed", "said"),
    [
        pytest.param(
            AlertStep.RECEIVED,
            "recevable",
            {"alleged": " "},
            "la structure le lira tel quel",
            id="nothing alleged",
        ),
        pytest.param(
            AlertStep.RECEIVED,
            "recevable",
            {"alleged": "a" * 5001},
            "Écrivez 5000 caractères au plus.",
            id="too much alleged",
        ),
        pytest.param(
            AlertStep.RECEIVED,
            "recevable",
            {"alleged": f"On nous écrit : {FACTS[:60]}"},
            "vient de la personne qui a signalé",
            id="the author's words",
        ),
        pytest.param(
            AlertStep.RECEIVED,
            "recevable",
            {"alleged": f"Selon {AUTHOR_NAME}, le badge est mal employé."},
            "« Rose Témoin » vient de la personne qui a signalé",
            id="the author's name",
        ),
        pytest.param(
            AlertStep.RECEIVED,
            "irrecevable",
            {"dismissal": ""},
            "la personne qui a signalé le lira tel quel",
            id="no reason to dismiss",
        ),
        pytest.param(
            AlertStep.INQUIRY,
            "decision",
            {"outcome": "", "reason": "Vu."},
            "Choisissez une décision de la liste.",
            id="no decision",
        ),
        pytest.param(
            AlertStep.INQUIRY,
            "decision",
            {"outcome": "mise_en_conformite", "reason": "Vu.", "remedy": "Retirer.", "days": "181"},
            "Écrivez un nombre de jours, de 1 à 180.",
            id="too many days",
        ),
        pytest.param(
            AlertStep.INQUIRY,
            "decision",
            {"outcome": "mise_en_conformite", "reason": "Vu.", "remedy": "", "days": "30"},
            "la structure le lira tel quel",
            id="no remedy",
        ),
        pytest.param(
            AlertStep.REMEDY,
            "decision",
            {"outcome": "mise_en_conformite", "reason": "Vu.", "remedy": "Retirer.", "days": "9"},
            "Choisissez une décision de la liste.",
            id="a second remedy",
        ),
        pytest.param(
            AlertStep.INQUIRY,
            "decision",
            {"outcome": "classe", "reason": FACTS},
            "vient de la personne qui a signalé",
            id="reasons in the author's words",
        ),
        pytest.param(
            AlertStep.APPEALED,
            "recours",
            {"granted": "peut-être", "answer": "Vu."},
            "Dites si le recours est accepté ou rejeté.",
            id="neither yes nor no",
        ),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_written_down(
    olivia: Browser,
    company: Adherence,
    database: Database,
    step: AlertStep,
    deed: str,
    typed: dict[str, str],
    said: str,
) -> None:
    told = await a_complaint(database, company, step=step, replied_at=NOW, reply=REPLY)

    sent = await olivia.submit(f"{told.desk}/{deed}", typed)

    assert sent.status_code == 422
    assert said in words_of(sent.text)
    texts = [typed[name].strip() for name in TEXTS if name in typed]
    assert [text for text in texts if f"\n{text}</textarea>" not in sent.text] == []
    assert await requests_about(database, told) == []


@pytest.mark.parametrize(
    ("values", "offered"),
    [
        pytest.param({}, {"classe", "mise_en_conformite"}, id="may still reply"),
        pytest.param(
            {"replied_at": NOW, "reply": REPLY},
            {"classe", "mise_en_conformite", "suspension", "radiation"},
            id="replied",
        ),
        pytest.param(
            {"age": 31 * DAY},
            {"classe", "mise_en_conformite", "suspension", "radiation"},
            id="let the time pass",
        ),
        pytest.param(
            {"step": AlertStep.REMEDY},
            {"classe", "suspension", "radiation"},
            id="after a remedy",
        ),
    ],
)
async def test_sanctions_are_offered_once_the_company_could_answer(
    olivia: Browser,
    company: Adherence,
    database: Database,
    values: dict[str, Any],
    offered: set[str],
) -> None:
    told = await a_complaint(database, company, **{"step": AlertStep.INQUIRY, **values})

    shown = (await olivia.get(told.desk)).text

    outcomes = ("classe", "mise_en_conformite", "suspension", "radiation")
    assert {each for each in outcomes if f'name="outcome" value="{each}"' in shown} == offered
    is_waiting = "La structure peut répondre jusqu'au" in words_of(shown)
    assert is_waiting == (values == {})


async def test_a_sanction_that_the_adherence_does_not_allow_is_not_offered(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.REMEDY)
    async with database.transaction() as session:
        (await session.get_one(Adherence, company.id)).state = State.SUSPENDED

    shown = (await olivia.get(told.desk)).text
    sent = await olivia.submit(
        f"{told.desk}/decision", {"outcome": "suspension", "reason": "Vu.", "remedy": "Retirer."}
    )

    assert 'value="radiation"' in shown
    assert 'value="suspension"' not in shown
    assert "une sanction qu'il ne permet pas n'est pas proposée" in words_of(shown)
    assert sent.status_code == 422


@pytest.mark.parametrize(
    ("step", "deed", "typed"),
    [
        (AlertStep.INQUIRY, "recevable", {"alleged": ALLEGED}),
        (AlertStep.INQUIRY, "irrecevable", {"dismissal": "Rien."}),
        (AlertStep.DECIDED, "recours", {"granted": "yes", "answer": "Vu."}),
    ],
)
async def test_an_act_out_of_its_time_is_refused_and_nothing_is_kept(
    olivia: Browser,
    company: Adherence,
    database: Database,
    step: AlertStep,
    deed: str,
    typed: dict[str, str],
) -> None:
    told = await a_complaint(database, company, step=step, outcome="radiation", reason="R.")

    sent = await olivia.submit(f"{told.desk}/{deed}", typed)
    unknown = await olivia.submit(f"{told.desk}/autre", typed)

    assert (sent.status_code, unknown.status_code) == (409, 404)
    assert await requests_about(database, told) == []


async def test_a_decision_that_was_taken_meanwhile_is_refused(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(database, company, step=AlertStep.CLOSED, outcome="classe")

    sent = await olivia.submit(f"{told.desk}/decision", DECISION)

    assert sent.status_code == 409
    assert "Ce signalement n'attend pas de décision." in words_of(sent.text)
    assert await requests_about(database, told) == []


async def test_the_story_names_who_acted_and_what_an_appeal_became(
    olivia: Browser, company: Adherence, database: Database
) -> None:
    told = await a_complaint(
        database, company, step=AlertStep.CLOSED, outcome="radiation", reason="Emballages."
    )
    await a_turn(database, told, AlertAct.DECIDE, outcome="radiation", reason="Emballages.")
    await a_turn(database, told, AlertAct.ANSWER_APPEAL, granted="yes", reason="Prouvé.")

    words = words_of((await olivia.get(told.desk)).text)

    assert "Décision : Radiation de l'adhésion Olivia Charte" in words
    assert "Réponse au recours : Recours accepté Olivia Charte" in words
    assert "Annulée par le recours" in words
