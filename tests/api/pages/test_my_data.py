"""My data: somebody reads, takes away, corrects and erases what the service keeps of them."""

import pytest
from sqlalchemy import func, select

from domain.applications import Status
from domain.erasure import Hold, nowhere
from domain.phases import Phase
from storage.acts.holding import holds_on
from storage.database import Database
from storage.tables.juries import Juror
from storage.tables.people import LoginLink, Person, SignedIn
from storage.tables.records import JournalLine
from tests.api.pages.company_world import words_of
from tests.browser import Browser
from tests.builders import NOON, a_cycle, a_juror, an_application, an_edition, an_organiser
from tests.charters import a_signatory
from tests.conftest import SignIn

ME = "mona@exemple.fr"
PAGE, ERASING = "/mes-donnees", "/mes-donnees/effacement"


@pytest.fixture
async def browser(signed_in: SignIn) -> Browser:
    return await signed_in(ME, name="Mona Lys")


async def test_somebody_reads_and_takes_away_what_is_theirs_and_nothing_of_others(
    browser: Browser, database: Database
) -> None:
    async with database.transaction() as session:
        cycle = await a_cycle(session)
        await an_application(
            session,
            cycle,
            company="Menuiserie 100 % hêtre",
            answers={"story": "Un parrain"},
            by=browser.person_id,
        )
        await an_application(session, cycle, siret="21350238800019", company="Autre Maison")

    page = words_of((await browser.get(PAGE)).text)
    taken = await browser.get(f"{PAGE}/telecharger")

    assert "Menuiserie 100 % hêtre" in page
    assert "Autre Maison" not in page + taken.text
    assert taken.headers["content-disposition"] == 'attachment; filename="mes-donnees.json"'
    assert taken.headers["cache-control"] == "no-store"
    (file,) = taken.json()["applications"]
    assert (file["company"], file["answers"]) == ("Menuiserie 100 % hêtre", {"story": "Un parrain"})
    assert taken.json()["person"][0]["email"] == ME
    # What would let somebody in is not in it.
    assert "fingerprint" not in taken.text


async def test_a_name_and_a_language_are_corrected_and_a_name_too_long_is_still_there(
    browser: Browser, database: Database
) -> None:
    corrected = await browser.submit(PAGE, {"name": "  Mona   Lisa ", "language": "en"})
    refused = await browser.submit(PAGE, {"name": "x" * 121, "language": "en"})

    async with database.transaction() as session:
        person = await session.get_one(Person, browser.person_id)
    assert (corrected.status_code, person.name, person.language) == (303, "Mona Lisa", "en")
    assert refused.status_code == 422
    assert "x" * 121 in refused.text
    assert "120 characters at most" in words_of(refused.text)


async def test_somebody_signs_out_everywhere_else_and_stays_here(
    browser: Browser, signed_in: SignIn
) -> None:
    elsewhere, somebody_else = await signed_in(ME), await signed_in("autre@exemple.fr")

    done = await browser.submit(f"{PAGE}/connexions")
    again = await browser.submit(f"{PAGE}/connexions")
    answers = [(await each.get(PAGE)).status_code for each in (browser, elsewhere, somebody_else)]

    assert (done.status_code, again.status_code, answers) == (303, 303, [200, 303, 200])


async def test_somebody_erases_themselves_by_typing_their_address(
    browser: Browser, database: Database
) -> None:
    refused = await browser.submit(ERASING, {"address": "autre@exemple.fr"})
    done = await browser.submit(ERASING, {"address": f" {ME.upper()}"})
    afterwards = await browser.get(PAGE)

    assert refused.status_code == 422
    assert "autre@exemple.fr" in refused.text
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert afterwards.headers["location"].startswith("/connexion")
    async with database.transaction() as session:
        person = await session.get_one(Person, browser.person_id)
        left = [
            await session.scalar(select(func.count()).select_from(table))
            for table in (SignedIn, LoginLink)
        ]
        line = (await session.scalars(select(JournalLine))).one()
    assert (person.email, person.name) == (nowhere(browser.person_id), "")
    assert person.erased_at is not None
    assert left == [0, 0]
    assert (line.act, line.subject) == ("erase_person", f"person:{browser.person_id}")


async def test_whom_others_count_on_is_told_what_to_settle_first(
    signed_in: SignIn, database: Database
) -> None:
    async with database.transaction() as session:
        edition = await an_edition(session)
        cycle = await a_cycle(session, edition=edition, phase=Phase.EVALUATION)
        juror = await a_juror(session, cycle, email="ines@exemple.fr")
        over = await a_cycle(session, edition=edition, territory="REG-11", phase=Phase.PUBLISHED)
        await a_juror(session, over, email="past@exemple.fr")
        organiser = await an_organiser(session, cycle, "orga@exemple.fr")
        head = (await a_signatory(session, accepted=NOON)).head
        file = await an_application(session, cycle, status=Status.ADMITTED, by=organiser.id)
        file.version = 1
        past = (
            await session.scalars(select(Juror.person_id).where(Juror.cycle_id == over.id))
        ).one()
        held = {
            "juror": await holds_on(session, juror.person_id),
            "organiser": await holds_on(session, organiser.id),
            "head": await holds_on(session, head.id),
            "past juror": await holds_on(session, past),
        }
    browser = await signed_in("ines@exemple.fr")
    page = await browser.submit(ERASING, {"address": "ines@exemple.fr"})

    assert held == {
        "juror": (Hold.JUDGES,),
        "organiser": (Hold.ORGANISES, Hold.APPLIES),
        "head": (Hold.HEADS,),
        "past juror": (),
    }
    assert page.status_code == 409
    assert "d'un jury dont le palmarès n'est pas publié" in words_of(page.text)
