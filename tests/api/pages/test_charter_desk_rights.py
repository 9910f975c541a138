"""Who finds the desk of the charter: those who organise everything, and nobody else."""

from uuid import uuid4

import pytest
from fastapi import FastAPI

from domain.phases import Phase
from settings import Settings
from storage.database import Database
from tests.api.pages.charter_desk_world import (
    BASE,
    ORGANISER,
    a_charter_letter,
    a_filed_file,
    a_number,
    a_sent_report,
    a_trace,
    an_evidence,
    an_inquiry,
    an_organiser,
)
from tests.api.pages.desk_world import a_cycle_in
from tests.browser import Browser
from tests.conftest import SignIn

PAGES = (
    "",
    "?annee=2027",
    "/dossiers",
    "/dossiers/{file}",
    "/bilans",
    "/bilans?annee=2027&etape=deposes",
    "/bilans/{report}",
    "/bilans/{report}/preuves/{evidence}",
    "/adherents",
    "/adherents?cherche=atelier&etat=active&territoire=REG-53",
    "/adherents.csv",
    "/adherents/{file}",
    "/adherents/{signatory}",
    "/adherents/{signatory}/suspendre",
    "/adherents/{signatory}/lever",
    "/adherents/{signatory}/radier",
    "/adherents/{signatory}/successeur",
    "/lettres",
    "/lettres/registre",
    "/lettres/registre?etat=sent",
    "/versions",
    "/versions/1.yaml",
)
POSTS = (
    "/dossiers/{file}/accepter",
    "/dossiers/{file}/refuser",
    "/dossiers/{file}/complements",
    "/bilans/{report}/valider",
    "/bilans/{report}/retourner",
    "/bilans/{report}/delai",
    "/adherents/{signatory}/suspendre",
    "/adherents/{signatory}/radier",
    "/lettres/registre",
    "/versions",
    "/versions/enregistrer",
)
NOWHERE = (
    "/dossiers/{nobody}",
    "/dossiers/pas-un-identifiant",
    "/bilans/{nobody}",
    "/bilans/{report}/preuves/{nobody}",
    "/adherents/{nobody}",
    "/adherents/{signatory}/detruire",
    "/versions/99.yaml",
)


@pytest.fixture
async def known(database: Database, configured: Settings) -> dict[str, str]:
    async with database.transaction() as session:
        filed = await a_filed_file(session, siret=a_number(1))
        signatory, report = await a_sent_report(session, siret=a_number(2))
        evidence = await an_evidence(session, configured, report)
        await an_inquiry(session, signatory)
        await a_charter_letter(session, signatory)
        await a_trace(session, signatory, "accepter", after="active")
    return {
        "file": str(filed.adherence.id),
        "signatory": str(signatory.adherence.id),
        "report": str(report.id),
        "evidence": str(evidence.id),
        "nobody": str(uuid4()),
    }


@pytest.mark.parametrize("page", PAGES)
async def test_who_organises_everything_reads_every_page(
    signed_in: SignIn, application: FastAPI, known: dict[str, str], page: str
) -> None:
    browser = await an_organiser(signed_in, application)

    shown = await browser.get(BASE + page.format(**known))

    assert shown.status_code == 200


@pytest.mark.parametrize("page", PAGES)
async def test_who_organises_one_cycle_does_not(
    signed_in: SignIn, database: Database, known: dict[str, str], page: str
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get(BASE + page.format(**known))

    assert shown.status_code == 403


@pytest.mark.parametrize("page", PAGES)
async def test_somebody_who_is_not_signed_in_is_asked_to(
    client: Browser, known: dict[str, str], page: str
) -> None:
    shown = await client.get(BASE + page.format(**known))

    assert shown.status_code == 303
    assert shown.headers["location"].startswith("/connexion?next=")


@pytest.mark.parametrize("page", POSTS)
async def test_nobody_else_decides(signed_in: SignIn, known: dict[str, str], page: str) -> None:
    browser = await signed_in("ada@exemple.fr")

    shown = await browser.submit(BASE + page.format(**known), {"reason": "Pour voir."})

    assert shown.status_code == 403


@pytest.mark.parametrize("page", NOWHERE)
async def test_what_does_not_exist_is_not_found(
    signed_in: SignIn, application: FastAPI, known: dict[str, str], page: str
) -> None:
    browser = await an_organiser(signed_in, application)

    shown = await browser.get(BASE + page.format(**known))

    assert shown.status_code == 404


async def test_the_desk_is_reached_from_the_list_of_cycles(
    signed_in: SignIn, application: FastAPI
) -> None:
    browser = await an_organiser(signed_in, application)

    shown = await browser.get("/organisation")

    assert f'href="{BASE}"' in shown.text


async def test_who_organises_one_cycle_sees_no_way_there(
    signed_in: SignIn, database: Database
) -> None:
    cycle = await a_cycle_in(database, Phase.OPEN)
    browser = await signed_in(ORGANISER, organises=[cycle.id])

    shown = await browser.get("/organisation")

    assert f'href="{BASE}"' not in shown.text
