"""The task list: what is done, what is left, until when, and what comes next."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI

from domain.applications import Act, Status
from domain.phases import Phase
from domain.regrouping import RegroupKind
from storage.database import Database
from storage.reads.company import my_applications
from storage.tables.applications import Application, Attachment, Screening
from storage.tables.cycles import Cycle, Edition, Regrouping
from tests.api.pages.company_world import (
    COMPLETE,
    EDITOR,
    OWNER,
    STRANGER,
    a_call,
    a_member,
    an_application_of,
    words_of,
)
from tests.browser import Browser
from tests.builders import a_calendar, a_cycle
from tests.conftest import SignIn
from tests.counting import queries


@pytest.fixture
async def call(database: Database) -> Cycle:
    return await a_call(database)


@pytest.fixture
async def row(database: Database, call: Cycle) -> Application:
    return await an_application_of(database, call)


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(OWNER, name="Paul Bois")


def home(row: Application) -> str:
    return f"/candidatures/{row.id}"


async def test_the_sections_of_the_category_are_listed_with_how_far_they_are(
    browser: Browser, row: Application
) -> None:
    response = await browser.get(home(row))

    shown = words_of(response.text)
    assert response.status_code == 200
    assert "Vos parcours" in shown
    assert "Votre partenariat" not in shown
    assert "Réponses nécessaires : 1 sur 4" in shown
    assert "Facultatif : 5 pièces au plus" in shown
    assert "il reste 9 jours" in shown


async def test_a_complete_draft_is_ready_to_leave(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, answers=COMPLETE)

    shown = words_of((await browser.get(home(row))).text)

    assert "Un tuteur pour chacun" in shown
    assert "À commencer" in shown
    assert "À corriger" not in shown
    assert "En cours" not in shown


async def test_a_wrong_answer_is_seen_from_the_list(
    browser: Browser, database: Database, call: Cycle
) -> None:
    row = await an_application_of(database, call, answers=COMPLETE | {"website": "x"})

    assert "À corriger" in (await browser.get(home(row))).text


@pytest.mark.parametrize(
    ("status", "phase", "sentence"),
    [
        (Status.DRAFT, Phase.OPEN, "relisez et envoyez avant la clôture"),
        (Status.SUBMITTED, Phase.OPEN, "Vous pouvez encore la modifier et la renvoyer"),
        (Status.SUBMITTED, Phase.SCREENING, "vérifie que votre candidature est recevable"),
        (Status.ADMITTED, Phase.EVALUATION, "Votre candidature est recevable"),
        (Status.ADMITTED, Phase.DECIDED, "sous embargo jusqu'au"),
        (Status.ADMITTED, Phase.PUBLISHED, "Le palmarès de ce cycle est publié"),
        (Status.LAPSED, Phase.SCREENING, "n'a pas été envoyé avant la clôture"),
        (Status.WITHDRAWN, Phase.OPEN, "Vous avez retiré cette candidature"),
    ],
)
async def test_each_state_says_what_comes_next(
    browser: Browser, database: Database, status: Status, phase: Phase, sentence: str
) -> None:
    call = await a_call(database, phase=phase)
    row = await an_application_of(database, call, status=status)

    response = await browser.get(home(row))

    assert response.status_code == 200
    assert sentence in words_of(response.text)


@pytest.mark.parametrize(
    ("status", "act"),
    [(Status.COMPLEMENTS, Act.ASK_COMPLEMENTS), (Status.REFUSED, Act.REFUSE)],
)
async def test_what_the_organiser_decided_is_said_with_its_reason(
    browser: Browser, database: Database, row: Application, status: Status, act: Act
) -> None:
    async with database.transaction() as session:
        kept = await session.get_one(Application, row.id)
        kept.status = status
        kept.complements_until = datetime.now(UTC) + timedelta(days=3)
        session.add(
            Screening(
                application_id=row.id,
                decision=act,
                rules=["R02"],
                reason="Le SIRET est celui d'un site fermé.",
                by_person=browser.person_id,
                at=datetime.now(UTC),
                request_id=uuid4(),
            )
        )

    shown = words_of((await browser.get(home(row))).text)

    assert "Établissement en activité" in shown
    assert "Le SIRET est celui d'un site fermé." in shown


async def test_a_company_that_the_register_did_not_confirm_is_marked_to_check(
    browser: Browser, database: Database, row: Application
) -> None:
    async with database.transaction() as session:
        (await session.get_one(Application, row.id)).registry_facts = {"found": False}

    assert "Structure à vérifier" in (await browser.get(home(row))).text


async def test_a_stranger_an_organiser_and_nobody_do_not_see_it(
    client: Browser, row: Application, call: Cycle, signed_in: SignIn
) -> None:
    stranger = await signed_in(STRANGER)
    organiser = await signed_in("orga@exemple.fr", organises=[call.id])

    answers = [await one.get(home(row)) for one in (client, stranger, organiser)]

    assert [answer.status_code for answer in answers] == [303, 404, 404]


async def test_an_id_that_is_none_is_not_found(browser: Browser) -> None:
    assert (await browser.get("/candidatures/pas-un-id")).status_code == 404
    assert (await browser.get(f"/candidatures/{uuid4()}")).status_code == 404


async def test_three_colleagues_and_three_files_cost_as_many_queries_as_one(
    browser: Browser, database: Database, row: Application, application: FastAPI
) -> None:
    await browser.get(home(row))
    with queries(application) as alone:
        await browser.get(home(row))
    for number in range(3):
        await a_member(database, row, f"{number}@boreale.example", "editor")
        async with database.transaction() as session:
            session.add(
                Attachment(
                    application_id=row.id,
                    name=f"{number}.pdf",
                    media_type="application/pdf",
                    size=10,
                    sha256=str(number) * 64,
                    added_by=browser.person_id,
                )
            )

    with queries(application) as together:
        await browser.get(home(row))

    assert together.count == alone.count


async def test_a_person_has_the_list_of_their_applications_only(
    browser: Browser, database: Database, row: Application, call: Cycle
) -> None:
    second = await an_application_of(database, call, category="INN", status=Status.SUBMITTED)
    await an_application_of(database, call, owner=EDITOR, siret="00010014900012")

    async with database.transaction() as session:
        mine = await my_applications(session, browser.person_id)

    assert [(one.id, one.status) for one in mine] == [
        (second.id, Status.SUBMITTED),
        (row.id, Status.DRAFT),
    ]
    assert mine[0].category.fr == "Innovation sociale"


async def test_the_task_list_is_in_english_for_who_prefers_it(
    browser: Browser, row: Application
) -> None:
    browser.cookies.set("language", "en")

    shown = words_of((await browser.get(home(row))).text)

    assert "Quality of pathways to employment" in shown
    assert "Open for applications" in shown
    assert "Responsable" not in shown


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (RegroupKind.NEIGHBOUR, "un jury voisin la juge (Corse)"),
        (RegroupKind.CARRIED, "elle est jugée directement en finale (Finale nationale)"),
    ],
)
async def test_a_file_of_a_category_given_away_reads_the_dates_of_the_jury_that_judges_it(
    browser: Browser, database: Database, kind: RegroupKind, sentence: str
) -> None:
    call = await a_call(database, phase=Phase.EVALUATION)
    row = await an_application_of(database, call, answers=COMPLETE, status=Status.ADMITTED)
    later = a_calendar(datetime(2031, 3, 1, 9, tzinfo=UTC))
    async with database.transaction() as session:
        edition = await session.get_one(Edition, call.edition_id)
        others = [
            await a_cycle(session, edition=edition, territory=code, calendar=later)
            for code in ("REG-94", "national")
        ]
        others[0].name, others[1].name = "Corse", "Finale nationale"
        into = others[0].id if kind is RegroupKind.NEIGHBOUR else None
        session.add(
            Regrouping(
                cycle_id=call.id,
                category=row.category,
                kind=kind,
                into_cycle_id=into,
                request_id=uuid4(),
            )
        )

    shown = words_of((await browser.get(home(row))).text)

    assert sentence in shown
    assert f"{later.publishes_at:%-d} mars 2031" in shown
    assert "Calendrier" not in shown
