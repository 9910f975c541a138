"""What anybody reads of the charter: true at the moment of reading, and no longer than the rules say."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI

from domain.charter.states import State
from domain.charter.verifying import in_groups, parse_code
from storage.database import Database
from storage.tables.charter import Adherence, Report
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.charters import a_draft, a_report, a_signatory
from tests.counting import queries

NOW = datetime.now(UTC)
SIRETS = ("00010007300014", "00010014900012", "00010021400014")


@pytest.fixture
async def signatory(database: Database) -> Adherence:
    return await _a_signatory(database)


async def _a_signatory(
    database: Database, siret: str = SIRETS[0], company: str = "Atelier des Lices"
) -> Adherence:
    async with database.transaction() as session:
        adherent = await a_signatory(
            session,
            accepted=NOW - timedelta(days=400),
            siret=siret,
            company=company,
            email=f"{siret}@exemple.fr",
        )
    return adherent.adherence


async def _becomes(database: Database, adherence: Adherence, **values: object) -> None:
    async with database.transaction() as session:
        row = await session.get_one(Adherence, adherence.id)
        for name, value in values.items():
            setattr(row, name, value)


async def _reported(database: Database, adherence_id: UUID, **values: str) -> None:
    async with database.transaction() as session:
        session.add(
            Report(
                adherence_id=adherence_id,
                year=NOW.year,
                closes_at=NOW,
                step="accepte",
                sent=a_report(**values),
                accepted_at=NOW,
                level="justifie",
            )
        )


async def test_the_charter_in_force_is_read_with_its_articles_and_its_history(
    client: Browser,
) -> None:
    shown = await client.get("/charte")
    same = await client.get("/charte/versions/1")

    words = words_of(shown.text)
    assert (shown.status_code, same.status_code) == (200, 200)
    assert "Charte des engagements volontaires d'insertion" in words
    assert "Version 1, en vigueur depuis le" in words
    assert "Porter l'insertion au niveau de la direction" in words
    assert (await client.get("/charte/versions/9")).status_code == 404


async def test_the_directory_is_empty_before_the_first_signatory(client: Browser) -> None:
    shown = await client.get("/signataires")

    assert "Aucune structure n'a encore signé" in words_of(shown.text)


@pytest.mark.parametrize("count", [1, 3])
async def test_the_directory_asks_the_same_questions_whatever_its_length(
    client: Browser, database: Database, application: FastAPI, count: int
) -> None:
    for siret in SIRETS[:count]:
        await _a_signatory(database, siret)
    await client.get("/signataires")

    with queries(application) as counted:
        shown = await client.get("/signataires")

    assert shown.text.count('role="rowheader"') == count
    assert counted.count == 3


async def test_a_file_that_nobody_accepted_is_nowhere(client: Browser, database: Database) -> None:
    async with database.transaction() as session:
        draft = (await a_draft(session)).adherence

    assert "Atelier des Lices" not in (await client.get("/signataires")).text
    assert (await client.get(f"/signataires/{draft.id}")).status_code == 404
    assert (await client.get(f"/verifier/{draft.verification_code}")).status_code == 404


async def test_somebody_is_found_by_a_part_of_its_name_or_by_its_siren(
    client: Browser, database: Database
) -> None:
    for siret, company in zip(SIRETS, ("Bois d'Or", "Clair 100 %", "Vélo_Vert"), strict=True):
        await _a_signatory(database, siret, company)

    by_name = await client.get("/signataires", params={"q": "100 %"})
    by_number = await client.get("/signataires", params={"q": "000 100 214"})
    nobody = await client.get("/signataires", params={"q": "%"})

    assert ("Clair 100 %" in words_of(by_name.text), "Bois" in by_name.text) == (True, False)
    assert "Vélo_Vert" in by_number.text
    assert nobody.text.count('role="rowheader"') == 1


@pytest.mark.parametrize(
    ("state", "left", "named"),
    [
        (State.REMOVED, 11 * 30, True),
        (State.REMOVED, 370, False),
        (State.WITHDRAWN, 80, True),
        (State.WITHDRAWN, 95, False),
        (State.FORMER, 1, False),
        (State.UNREPORTED, 0, True),
        (State.SUSPENDED, 0, True),
    ],
)
async def test_who_left_is_named_for_the_time_that_the_rules_give(
    client: Browser,
    database: Database,
    signatory: Adherence,
    *,
    state: State,
    left: int,
    named: bool,
) -> None:
    ended = (NOW - timedelta(days=left)).date() if left else None
    await _becomes(database, signatory, state=state, ended_on=ended)

    shown = await client.get("/signataires")
    sheet = await client.get(f"/signataires/{signatory.id}")

    assert ("Atelier des Lices" in shown.text) is named
    assert (sheet.status_code == 200) is named


async def test_a_sheet_says_what_was_promised_and_kept_and_never_a_small_count(
    client: Browser, database: Database, signatory: Adherence
) -> None:
    await _reported(database, signatory.id, **{"I5.1": "3"})

    words = words_of((await client.get(f"/signataires/{signatory.id}")).text)

    assert "Recruter des personnes éloignées de l'emploi" in words
    assert "< 5" in words
    assert " : 3" not in words


@pytest.mark.parametrize(
    ("state", "sentence", "status"),
    [
        (State.ACTIVE, "est signataire de la Charte", 200),
        (State.TO_COMPLETE, "à jour", 200),
        (State.UNREPORTED, "bilan non transmis", 404),
        (State.SUSPENDED, "adhésion suspendue", 404),
        (State.REMOVED, "n'est plus signataire", 404),
    ],
)
async def test_an_attestation_is_worth_what_it_is_when_it_is_read(
    client: Browser,
    database: Database,
    signatory: Adherence,
    *,
    state: State,
    sentence: str,
    status: int,
) -> None:
    await _becomes(database, signatory, state=state, ended_on=date(2026, 11, 2))
    code = signatory.verification_code

    page = await client.get(f"/verifier/{code}")
    pdf = await client.get(f"/verifier/{code}/attestation.pdf")
    badge = await client.get(f"/verifier/{code}/badge.svg")

    assert sentence in words_of(page.text)
    assert page.headers["cache-control"] == "no-store"
    assert pdf.status_code == status
    assert ("n'est plus valable" in words_of(badge.text)) is (status == 404)
    assert badge.headers["cache-control"] == "no-store"


async def test_the_document_is_a_pdf_that_says_no_more_than_the_rules(
    client: Browser, signatory: Adherence
) -> None:
    pdf = await client.get(f"/verifier/{signatory.verification_code}/attestation.pdf")

    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-1.7")
    assert b"pdfuaid:part" in pdf.content


async def test_a_code_is_taken_however_it_was_typed(client: Browser, signatory: Adherence) -> None:
    typed = in_groups(parse_code(signatory.verification_code)).lower()

    shown = await client.get("/verifier", params={"code": typed})

    assert "Cette attestation est valable" in words_of(shown.text)


async def test_a_slip_is_told_apart_from_a_code_of_nobody(
    client: Browser, database: Database, signatory: Adherence
) -> None:
    code = signatory.verification_code
    slip = code[:-1] + ("2" if code[-1] != "2" else "3")

    mistyped = await client.get("/verifier", params={"code": slip})
    await _becomes(database, signatory, verification_code="222222222222")
    nobody = await client.get(f"/verifier/{code}")

    assert mistyped.status_code == 422
    assert "faute de frappe" in words_of(mistyped.text) or "erreur de frappe" in words_of(
        mistyped.text
    )
    assert slip in mistyped.text
    assert (nobody.status_code, "n'est celui d'aucune attestation" in words_of(nobody.text)) == (
        404,
        True,
    )


async def test_the_open_data_names_everybody_of_the_directory(
    client: Browser, database: Database
) -> None:
    await _a_signatory(database, SIRETS[0], "=Bois")
    await _a_signatory(database, SIRETS[1], "Clair")

    lines = (await client.get("/signataires.csv")).text.splitlines()

    assert [line.split(";")[1] for line in lines[1:]] == ["'=Bois", "Clair"]
