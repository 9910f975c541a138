"""Deciding on files, reports and adherents: the real workflows, and what a bad form leaves as it was."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import col
from temporalio.client import Client

from domain.charter.situation import Step
from domain.charter.states import State
from settings import Settings
from storage.database import Database
from storage.tables.charter import Report, Review
from storage.tables.letters import Letter
from tests.api.pages.charter_desk_world import (
    BASE,
    a_filed_file,
    a_sent_report,
    an_inquiry,
    an_organiser,
    at_work,
    goes_on,
    moved,
    the_row,
)
from tests.api.pages.company_world import hidden, words_of
from tests.browser import Browser
from tests.charters import Adherent, a_signatory, an_open_report
from tests.conftest import SignIn
from tests.workflows.postbox import Postbox

TODAY = datetime.now(UTC)
LONG_AGO = TODAY - timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Bureau:
    """A browser of the organiser, the database, and the application with its engine."""

    browser: Browser
    database: Database
    app: FastAPI

    async def begins(self, adherent: Adherent) -> str:
        """Start the workflow; the id of the adherence."""
        await goes_on(self.app.state.engine, self.database, adherent)
        return str(adherent.adherence.id)

    async def state_of(self, adherence: str) -> State:
        """Where it stands now."""
        return State((await the_row(self.database, UUID(adherence))).state)

    async def reviews(self) -> list[tuple[str, str]]:
        """The decisions that were kept."""
        async with self.database.transaction() as session:
            rows = await session.execute(select(Review).order_by(col(Review.at)))
            return [(each.decision, each.reason) for each in rows.scalars()]

    async def letters(self) -> set[str]:
        """The kinds of letter that were planned."""
        async with self.database.transaction() as session:
            return set((await session.execute(select(col(Letter.kind)))).scalars())

    async def report(self) -> Report:
        """The only report."""
        async with self.database.transaction() as session:
            return (await session.execute(select(Report))).scalar_one()


@pytest.fixture
async def engine(
    temporal_client: Client, database: Database, configured: Settings
) -> AsyncIterator[Postbox]:
    async with at_work(temporal_client, database, configured) as postbox:
        yield postbox


@pytest.fixture
async def bureau(
    engine: Postbox, signed_in: SignIn, application: FastAPI, database: Database
) -> Bureau:
    assert engine.host
    return Bureau(await an_organiser(signed_in, application, TODAY), database, application)


@pytest.fixture
async def file(bureau: Bureau) -> str:
    async with bureau.database.transaction() as session:
        adherent = await a_filed_file(session, since=TODAY - timedelta(days=3))
    return await bureau.begins(adherent)


@pytest.fixture
async def signatory(bureau: Bureau) -> str:
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=TODAY - timedelta(days=60))
    return await bureau.begins(adherent)


@pytest.fixture
async def sent(bureau: Bureau) -> str:
    """A report that arrived five days ago; its id."""
    async with bureau.database.transaction() as session:
        adherent, report = await a_sent_report(
            session,
            accepted=LONG_AGO,
            year=TODAY.year,
            opened=TODAY - timedelta(days=30),
            sent=TODAY - timedelta(days=5),
        )
    await bureau.begins(adherent)
    return str(report.id)


def a_form(**fields: str) -> dict[str, str | list[str]]:
    return {"request_id": str(uuid4()), **fields}


async def test_the_file_shows_what_was_signed_and_what_the_register_says(
    bureau: Bureau, file: str
) -> None:
    shown = await bureau.browser.get(f"{BASE}/dossiers/{file}")

    words = words_of(shown.text)
    assert "E5 · Recruter des personnes éloignées de l'emploi" in words
    assert "I5.1 · Recrutements issus d'un parcours 0 2 personnes 31/12/2028" in words
    assert "Dirigeant signataire Ada Martin , Gérante" in words.replace("Martin,", "Martin ,")
    assert "Établissement en activité." in words
    assert "3 jours d'attente sur 21 promis" in words


async def test_a_file_is_accepted(bureau: Bureau, file: str) -> None:
    done = await bureau.browser.submit(
        f"{BASE}/dossiers/{file}/accepter", a_form(note="Pièces vues.")
    )

    assert done.headers["location"] == f"{BASE}/dossiers/{file}"
    assert await bureau.state_of(file) is State.ACTIVE
    assert await bureau.reviews() == [("accepter", "Pièces vues.")]


async def test_the_same_form_sent_twice_decides_once(bureau: Bureau, file: str) -> None:
    form = a_form(note="Pièces vues.")

    answers = [
        await bureau.browser.submit(f"{BASE}/dossiers/{file}/accepter", form) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await bureau.reviews() == [("accepter", "Pièces vues.")]


async def test_a_file_is_refused_with_its_reasons(bureau: Bureau, file: str) -> None:
    await bureau.browser.submit(
        f"{BASE}/dossiers/{file}/refuser", a_form(reason="Cibles sans objet.")
    )

    assert await bureau.state_of(file) is State.REFUSED
    assert await bureau.reviews() == [("refuser", "Cibles sans objet.")]
    assert "charter_refused" in await bureau.letters()


async def test_complements_are_asked_with_their_date(bureau: Bureau, file: str) -> None:
    await bureau.browser.submit(
        f"{BASE}/dossiers/{file}/complements", a_form(missing="La lettre de mission.")
    )

    row = await the_row(bureau.database, UUID(file))
    assert row.state == State.COMPLEMENTS
    assert row.complements_until is not None
    assert row.complements_until - TODAY > timedelta(days=29)
    shown = await bureau.browser.get(f"{BASE}/dossiers/{file}")
    assert "Compléments attendus" in words_of(shown.text)


@pytest.mark.parametrize(("decision", "field"), [("refuser", "reason"), ("complements", "missing")])
async def test_a_decision_without_its_words_decides_nothing(
    bureau: Bureau, file: str, decision: str, field: str
) -> None:
    shown = await bureau.browser.submit(
        f"{BASE}/dossiers/{file}/{decision}", a_form(**{field: " "})
    )

    assert shown.status_code == 422
    assert f'href="#field-{field}"' in shown.text
    assert await bureau.state_of(file) is State.FILED


async def test_words_that_are_too_long_are_kept_in_the_form(bureau: Bureau, file: str) -> None:
    words = "Non. " * 500

    shown = await bureau.browser.submit(f"{BASE}/dossiers/{file}/refuser", a_form(reason=words))

    assert shown.status_code == 422
    assert words.strip() in shown.text


async def test_a_file_that_was_decided_meanwhile_is_refused_on_the_page(
    bureau: Bureau, file: str
) -> None:
    await bureau.browser.submit(f"{BASE}/dossiers/{file}/accepter", a_form())

    shown = await bureau.browser.submit(f"{BASE}/dossiers/{file}/refuser", a_form(reason="Non."))

    assert shown.status_code == 409
    assert "Ce dossier n'attend pas de décision." in words_of(shown.text)
    assert await bureau.state_of(file) is State.ACTIVE


async def test_the_report_shows_last_year_the_target_and_the_evidence_beside_the_value(
    bureau: Bureau, sent: str
) -> None:
    shown = await bureau.browser.get(f"{BASE}/bilans/{sent}")

    words = words_of(shown.text)
    assert f"Valeur {TODAY.year - 1} 3 Valeur {TODAY.year - 2} – Départ 0 Cible 2" in words
    assert "Échéance à venir" in words
    assert "Justificatifs Aucun." in words


async def test_a_report_is_validated_at_the_level_of_each_indicator(
    bureau: Bureau, sent: str
) -> None:
    levels = {"level": "justifie", "level.I5.1": "atteste", "level.I1.2": "declaratif"}

    done = await bureau.browser.submit(
        f"{BASE}/bilans/{sent}/valider", a_form(**levels, note="Vu.") | {"level.X": "atteste"}
    )

    report = await bureau.report()
    assert done.headers["location"] == f"{BASE}/bilans/{sent}"
    assert (report.step, report.level) == (Step.ACCEPTED, "justifie")
    assert report.levels == {"I1.2": "declaratif", "I5.1": "atteste"}
    assert await bureau.reviews() == [("valider_bilan", "Vu.")]


async def test_a_level_that_does_not_exist_validates_nothing(bureau: Bureau, sent: str) -> None:
    shown = await bureau.browser.submit(
        f"{BASE}/bilans/{sent}/valider", a_form(level="certifie", note="Vu.")
    )

    assert shown.status_code == 422
    assert "Choisissez un niveau de vérification." in words_of(shown.text)
    assert ">Vu.<" in shown.text.replace("\n", "")
    assert (await bureau.report()).step == Step.SUBMITTED


async def test_a_report_is_returned_once_with_its_date(bureau: Bureau, sent: str) -> None:
    await bureau.browser.submit(
        f"{BASE}/bilans/{sent}/retourner", a_form(missing="La preuve de I5.1.")
    )

    report = await bureau.report()
    shown = words_of((await bureau.browser.get(f"{BASE}/bilans/{sent}")).text)
    assert (report.step, report.returned_reason) == (Step.RETURNED, "La preuve de I5.1.")
    assert report.return_until is not None
    assert "Ce bilan a été retourné une fois La preuve de I5.1." in shown
    assert "Retourner à la structure" not in shown


async def test_an_extension_is_granted_once_and_for_so_many_days(bureau: Bureau) -> None:
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=LONG_AGO)
        opened = datetime(TODAY.year + 1, 2, 1, 8, tzinfo=UTC)
        report = await an_open_report(session, adherent, TODAY.year + 1, opened)
    await bureau.begins(adherent)
    page = f"{BASE}/bilans/{report.id}/delai"
    before = report.closes_at

    too_long = await bureau.browser.submit(page, a_form(days="90", why="Incendie."))
    granted = await bureau.browser.submit(page, a_form(days="20", why="Incendie."))

    after = await bureau.report()
    assert too_long.status_code == 409
    assert "Un délai est de 1 à 30 jours." in words_of(too_long.text)
    assert granted.status_code == 303
    assert timedelta(days=20) <= after.closes_at - before < timedelta(days=24)
    assert after.extension_reason == "Incendie."


@pytest.mark.parametrize("days", ["", "vingt", "-3", "1.5", "99999999999999", "²"])
async def test_days_that_are_no_number_are_refused_beside_their_field(
    bureau: Bureau, sent: str, days: str
) -> None:
    shown = await bureau.browser.submit(
        f"{BASE}/bilans/{sent}/delai", a_form(days=days, why="Incendie.")
    )

    assert shown.status_code == 422
    assert "Donnez un nombre de jours, sans autre signe." in words_of(shown.text)


async def test_a_draft_report_stays_with_its_company(bureau: Bureau) -> None:
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=LONG_AGO)
        report = await an_open_report(session, adherent, TODAY.year, TODAY)
        report.answers = {"narratives": {"done": "Pas encore relu."}, "values": {}}

    shown = await bureau.browser.get(f"{BASE}/bilans/{report.id}")

    assert "Rien n'a encore été transmis" in words_of(shown.text)
    assert "Pas encore relu." not in shown.text


async def test_a_suspension_without_a_complaint_under_inquiry_is_refused(
    bureau: Bureau, signatory: str
) -> None:
    page = f"{BASE}/adherents/{signatory}/suspendre"
    before = words_of((await bureau.browser.get(page)).text)

    shown = await bureau.browser.submit(
        page, a_form(reason="Badge détourné.", remedy="Le retirer.")
    )

    assert "Aucun signalement n'est en instruction" in before
    assert shown.status_code == 409
    assert "Aucune sanction avant que la structure ait pu répondre" in words_of(shown.text)
    assert "Badge détourné." in shown.text
    assert await bureau.state_of(signatory) is State.ACTIVE


async def test_a_suspension_gives_its_reason_and_a_plan_and_is_lifted(bureau: Bureau) -> None:
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=TODAY - timedelta(days=60))
        await an_inquiry(session, adherent)
    known = await bureau.begins(adherent)
    page = f"{BASE}/adherents/{known}"

    form = a_form(reason="Badge détourné.", remedy="Le retirer des emballages.")
    await bureau.browser.submit(f"{page}/suspendre", form)
    halted = await bureau.state_of(known)
    told = words_of((await bureau.browser.get(page)).text)
    await bureau.browser.submit(f"{page}/lever", a_form(reason="Badge retiré."))

    assert halted is State.SUSPENDED
    assert "Plan de remise en conformité Le retirer des emballages." in told
    assert await bureau.state_of(known) is State.ACTIVE


async def test_a_suspension_without_a_plan_suspends_nobody(bureau: Bureau, signatory: str) -> None:
    shown = await bureau.browser.submit(
        f"{BASE}/adherents/{signatory}/suspendre", a_form(reason="Badge détourné.", remedy="")
    )

    assert shown.status_code == 422
    assert 'href="#field-remedy"' in shown.text
    assert "Badge détourné." in shown.text


async def test_a_removal_for_a_breach_follows_a_hearing(bureau: Bureau) -> None:
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=TODAY - timedelta(days=60))
        await an_inquiry(session, adherent)
    known = await bureau.begins(adherent)

    await bureau.browser.submit(
        f"{BASE}/adherents/{known}/radier", a_form(reason="Fausse attestation.")
    )

    row = await the_row(bureau.database, UUID(known))
    assert (row.state, row.for_fault) == (State.REMOVED, True)


async def test_a_successor_is_confirmed(bureau: Bureau) -> None:
    successor = "00010007300014"
    async with bureau.database.transaction() as session:
        adherent = await a_signatory(session, accepted=TODAY - timedelta(days=60))
        await moved(session, adherent, "ceased", TODAY.date(), TODAY)
        adherent.adherence.successor_siret = successor
    known = await bureau.begins(adherent)
    page = f"{BASE}/adherents/{known}/successeur"
    asked = words_of((await bureau.browser.get(page)).text)

    await bureau.browser.submit(page, a_form())

    row = await the_row(bureau.database, UUID(known))
    assert "au SIRET 000 100 073 00014" in asked
    assert (row.state, row.siret, row.successor_siret) == (State.ACTIVE, successor, None)


async def test_an_act_that_the_state_does_not_allow_is_neither_shown_nor_done(
    bureau: Bureau, signatory: str
) -> None:
    shown = await bureau.browser.get(f"{BASE}/adherents/{signatory}")

    answer = await bureau.browser.submit(f"{BASE}/adherents/{signatory}/lever", a_form())

    assert "Lever la suspension" not in words_of(shown.text)
    assert answer.status_code == 409
    assert "Cette adhésion n'est pas suspendue." in words_of(answer.text)


async def test_a_form_carries_a_request_of_its_own(bureau: Bureau, file: str) -> None:
    page = f"{BASE}/dossiers/{file}"

    first, second = [hidden((await bureau.browser.get(page)).text, "request_id") for _ in range(2)]

    assert first
    assert first != second
